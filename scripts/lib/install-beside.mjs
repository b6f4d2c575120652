// All or nothing: a folder is filled beside its place and renamed into it, so that an interrupted install never counts as done.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * @param {string} place  the folder to make; replaced when it exists
 * @param {(folder: string) => Promise<unknown>} fill
 */
export async function installBeside(place, fill) {
  await mkdir(dirname(place), { recursive: true });
  const beside = await mkdtemp(join(dirname(place), `.${basename(place)}-`));
  try {
    await fill(beside);
    await rm(place, { recursive: true, force: true });
    try {
      await rename(beside, place);
    } catch (error) {
      // Another process put the same thing there in between.
      if (!existsSync(place)) throw error;
    }
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
