// A screen that nobody looks at, for WebKit's browser, which has no headless mode.
import { spawn } from 'node:child_process';
import { which } from '../../../scripts/lib/run.mjs';

/**
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function startXvfb() {
  if (!which('Xvfb')) throw new Error('Xvfb is not on this machine: `npm test` installs it or names the command');
  return new Promise((resolve, reject) => {
    // It picks a free display itself and writes the number to descriptor 3.
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1600x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const stop = () => {
      child.kill('SIGTERM');
    };
    process.once('exit', stop);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended at once with code ${code}`)));
    let number = '';
    /** @type {import('node:stream').Readable} */ (child.stdio[3]).setEncoding('utf8').on('data', (text) => {
      number += text;
      if (number.includes('\n')) resolve({ display: `:${number.trim()}`, stop });
    });
  });
}
