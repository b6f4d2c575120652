// Versions that Cargo.lock settled.
import { readFileSync } from 'node:fs';
import { inProject } from './paths.mjs';
import { Sentence } from './say.mjs';

/** @param {string} name  a crate's name */
export function lockedVersion(name) {
  const found = new RegExp(`^name = "${name}"\\nversion = "([^"]+)"`, 'm').exec(
    readFileSync(inProject('Cargo.lock'), 'utf8'),
  );
  if (!found) throw new Sentence(`Cargo.lock names no ${name}: run \`cargo update ${name}\` or restore the file.`);
  return found[1];
}
