// Processor time of the page's workers, where Linux tells it: on a machine that others use too, a worker waits for a
// core again and again, and the clock on the wall counts that as its own.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Sentence } from '../../scripts/lib/say.mjs';

/** Nanoseconds that each thread of the processes has run. @param {number[]} processes @returns {Map<string, number>} */
function threads(processes) {
  const times = new Map();
  for (const process of processes) {
    const folder = `/proc/${process}/task`;
    for (const thread of existsSync(folder) ? readdirSync(folder) : []) {
      try {
        times.set(thread, Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]));
      } catch {
        // The thread has ended since it was listed.
      }
    }
  }
  return times;
}

/**
 * Runs `work` and gives the milliseconds that the busiest thread of the renderers ran meanwhile: the worker's.
 * @template T
 * @param {import('puppeteer-core').Browser} browser
 * @param {() => Promise<T>} work
 */
export async function withProcessorTime(browser, work) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const before = threads(renderers);
  if (before.size === 0) throw new Sentence('--cpu-time needs Linux, whose /proc tells the time of each thread.');
  const result = await work();
  const ran = [...threads(renderers)].map(([thread, after]) => after - (before.get(thread) ?? after));
  return { result, milliseconds: Math.max(...ran) / 1e6 };
}
