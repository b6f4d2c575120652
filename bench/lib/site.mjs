// What the bench's page is served from: its build, the whole IDX files, and the order of the images.
import { createServer } from 'node:http';
import { inProject } from '../../scripts/lib/paths.mjs';
import { serveFile } from '../../scripts/lib/serve.mjs';

/** Where each folder's files are. The first that fits. */
const FOLDERS = [
  { prefix: '/data/shards', folder: inProject('www', 'public', 'data', 'mnist') },
  { prefix: '/data', folder: inProject('data', 'mnist') },
  { prefix: '', folder: inProject('bench', 'dist') },
];

/**
 * @param {() => Promise<Buffer>} order  indices into the training file as little-endian u32, batch after batch
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serveBench(order) {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    const answer = async () => {
      if (path === '/data/order') {
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(await order());
        return;
      }
      const { prefix, folder } = FOLDERS.find(({ prefix }) => path.startsWith(`${prefix}/`)) ?? FOLDERS[2];
      await serveFile(folder, path.slice(prefix.length), request, response);
    };
    answer().catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({ url: `http://localhost:${port}/`, close: () => server.close() });
    });
  });
}
