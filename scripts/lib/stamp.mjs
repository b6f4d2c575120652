// A step is skipped when what goes into it has not changed since it last succeeded.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { inProject, root } from './paths.mjs';

/**
 * All files below the given files and folders, sorted; those that do not exist are left out.
 * @param {string[]} paths  absolute
 * @returns {Promise<string[]>}
 */
async function filesOf(paths) {
  /** @type {string[]} */
  const files = [];
  for (const path of paths) {
    if (!existsSync(path)) continue;
    if ((await stat(path)).isDirectory()) {
      const names = (await readdir(path)).sort();
      files.push(...(await filesOf(names.map((name) => join(path, name)))));
    } else {
      files.push(path);
    }
  }
  return files;
}

/**
 * @param {string[]} inputs  files and folders below the project's root
 * @param {string[]} facts  whatever else the result depends on: versions, flags
 */
export async function hashOf(inputs, facts = []) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const file of await filesOf(inputs.map((input) => inProject(input)))) {
    const content = await readFile(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Does `work` unless its inputs are those of the last success and its outputs are still there.
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.hash
 * @param {string[]} options.outputs  below the project's root
 * @param {() => Promise<unknown>} options.work
 */
export async function unlessUnchanged({ name, hash, outputs, work }) {
  const stamp = inProject('target', 'stamps', name);
  const present = outputs.every((output) => existsSync(inProject(output)));
  if (present && existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
  await rm(stamp, { force: true });
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, hash);
}
