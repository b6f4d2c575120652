// Processor time of the page's workers, where Linux tells it: on a machine that others use too, a worker waits for a
// core again and again, and the clock on the wall counts that as its own.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Sentence } from '../../scripts/lib/say.mjs';

/** What the kernel says of a process or thread, or nothing when it has just ended. @param {string} file */
function told(file) {
  try {
    return readFileSync(`/proc/${file}`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** @param {string} process @returns {string[]} */
const threadsOf = (process) => (existsSync(`/proc/${process}/task`) ? readdirSync(`/proc/${process}/task`) : []);

/**
 * Nanoseconds that each thread of a process and of those it started has run.
 * @param {string} process
 * @returns {Map<string, number>}
 */
function times(process) {
  const found = new Map();
  for (const thread of threadsOf(process)) {
    const at = `${process}/task/${thread}`;
    found.set(thread, Number(told(`${at}/schedstat`).split(' ')[0]));
    for (const child of told(`${at}/children`).split(' ').filter(Boolean)) {
      for (const [key, time] of times(child)) found.set(key, time);
    }
  }
  return found;
}

/**
 * Runs `work` and gives the milliseconds that the browser's busiest thread ran meanwhile: the worker's.
 * @template T
 * @param {import('puppeteer-core').Browser} browser
 * @param {() => Promise<T>} work
 */
export async function withProcessorTime(browser, work) {
  const process = String(browser.process()?.pid);
  const before = times(process);
  if (before.size === 0) throw new Sentence('--cpu-time needs Linux, whose /proc tells the time of each thread.');
  const result = await work();
  const ran = [...times(process)].map(([thread, after]) => after - (before.get(thread) ?? after));
  return { result, milliseconds: Math.max(...ran) / 1e6 };
}
