// What the rest of the page takes from here.
import { createWorker } from './create-worker.js';
import { sharedDownload } from './data.js';
import { dataHome } from './home.js';
import { sharedPool } from './pool.js';
import { Session } from './session.js';

export { LiveSource } from './live-source.js';
export { leadLine, phaseOf, progress, timeLeft } from './plan.js';
export { Session };

/**
 * A session on the page's shared workers and its shared download.
 * @param {object} [options]
 * @param {string} [options.data]  address of the data's manifest, relative to the page; our own unless told
 */
export function createSession({ data } = {}) {
  const manifest = data === undefined ? new URL('data/mnist/manifest.json', dataHome()) : new URL(data, document.baseURI);
  const download = sharedDownload(manifest.href);
  return new Session({ pool: sharedPool(createWorker), loadData: (wanted) => download.load(wanted) });
}
