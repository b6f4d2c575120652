// Child processes: look one up, run it, and keep what it printed for the day it fails.
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Sentence } from './say.mjs';

/**
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]  the whole environment; the present one when absent
 * @property {boolean} [show]  let its output through as it comes
 * @property {number} [timeout]  milliseconds after which it is stopped
 *
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {number | null} code
 * @property {string} stdout
 * @property {string} output  stdout and stderr as they came
 */

/**
 * The full path of a program, or null.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 */
export function which(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // not in this folder
    }
  }
  return null;
}

/**
 * Runs a program to its end; never throws, whatever the outcome.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Outcome>}
 */
export function tryRun(program, args, { cwd, env = process.env, show = false, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
      if (show) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (show) process.stderr.write(text);
    });
    child.on('error', (error) => resolve({ ok: false, code: null, stdout, output: output + error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, code, stdout, output }));
  });
}

/**
 * Runs a program that must succeed; when it does not, its last lines are shown with the command.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options]
 */
export async function run(program, args, options = {}) {
  const outcome = await tryRun(program, args, options);
  if (outcome.ok) return outcome;
  const tail = options.show ? '' : `\n${outcome.output.trimEnd().split('\n').slice(-40).join('\n')}\n`;
  throw new Sentence(`${tail}This command failed: ${[program, ...args].join(' ')}`);
}
