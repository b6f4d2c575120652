// The programs of bench/native, each a process that waits for a number of steps and answers how long they took.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inProject } from '../../scripts/lib/paths.mjs';
import { Sentence } from '../../scripts/lib/say.mjs';

/**
 * @param {string} python
 * @param {string[]} program  the file in bench/native and what it takes after data and order
 * @param {string} order  file of the order
 * @param {boolean} cpuTime
 */
export async function startNative(python, [file, ...rest], order, cpuTime) {
  const args = [inProject('bench', 'native', file), inProject('data', 'mnist'), order, ...rest];
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = new Promise((_, reject) => {
    child.on('error', (error) => reject(new Sentence(`${python} does not start: ${error.message}`)));
    child.on('exit', () => reject(new Sentence(`${said.trimEnd()}\n${file} ended: does ${python} have torch and jax?`)));
  });
  // Ending it at the end is no failure.
  ended.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value } = await Promise.race([lines.next(), ended]);
    return JSON.parse(value);
  };
  await answer();
  return {
    /** @param {number} steps @returns {Promise<import('./lines.mjs').Measure>} */
    async measure(steps) {
      child.stdin.write(`${steps}\n`);
      const { samples, milliseconds, cpu } = await answer();
      return { samples, milliseconds: cpuTime ? milliseconds * cpu : milliseconds };
    },
    end: () => child.kill(),
  };
}
