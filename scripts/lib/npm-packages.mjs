// The npm packages of package-lock.json, installed when node_modules is missing or older than the lock file.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { inProject } from './paths.mjs';
import { run, which } from './run.mjs';
import { Sentence, step } from './say.mjs';

export async function ensureNpmPackages() {
  const lock = createHash('sha256').update(await readFile(inProject('package-lock.json'))).digest('hex');
  // In node_modules, so that it goes when they go.
  const stamp = inProject('node_modules', '.lottery-ticket-lock');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === lock) return;
  if (!which('npm')) throw new Sentence('npm is needed, and none is on PATH: it comes with Node from https://nodejs.org/.');
  await step('Installing the npm packages', 'half a minute', async () => {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: inProject() });
    await writeFile(stamp, lock);
  });
}
