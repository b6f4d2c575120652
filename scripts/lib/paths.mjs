// Where things are: the project's own folders, and the per-user cache that outlives a clone.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, with a slash at neither end of what is joined to it. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** @param {string[]} parts  below the project's root */
export const inProject = (...parts) => join(root, ...parts);

const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

/** @param {string[]} parts  below the per-user cache */
export const inCache = (...parts) => join(cacheHome, 'lottery-ticket', ...parts);
