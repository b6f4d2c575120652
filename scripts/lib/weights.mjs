// What the built site weighs, gzipped, against what it may weigh. Lower a limit when you made something lighter; raise one only for
// a fault that cannot be mended without. Where a limit is above its goal, ARCHITECTURE.md ("What the page weighs") says what takes the room.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inProject } from './paths.mjs';
import { Sentence } from './say.mjs';

const KB = 1000;

/** Strings of the languages that an English reader does not load. @param {string} name */
const translation = (name) => /(^|\.)(de|fr)-[\w-]+\.js$/.test(name);

/** @param {string} folder  below dist/ @param {(name: string) => boolean} wanted */
const files = (folder, wanted) => readdirSync(inProject('dist', folder)).filter(wanted).map((name) => join(folder, name));

/** @param {string} file  below dist/ */
const weight = (file) => gzipSync(readFileSync(inProject('dist', file)), { level: 9 }).length;

/** What a reader of the lesson loads, until the laboratory comes near: for the first picture, and for a run besides. Files below dist/. */
export function lesson() {
  const linked = readFileSync(inProject('dist', 'index.html'), 'utf8').match(/(?:assets\/[^"]+|before)\.(?:js|css)/g) ?? [];
  return { first: ['index.html', ...linked], run: files('assets', (name) => /^(engine|worker|rolldown-runtime)-.*\.js$/.test(name)) };
}

/** @returns {{what: string, goal: number, limit: number, files: string[]}[]}  goals and limits in kilobytes */
function budgets() {
  const { first, run } = lesson();
  const styles = files('assets', (name) => name.endsWith('.css'));
  const scripts = files('assets', (name) => name.endsWith('.js') && !translation(name));
  return [
    { what: 'HTML, CSS and JavaScript of the first picture', goal: 90, limit: 70, files: first },
    { what: 'HTML, CSS and JavaScript of the lesson and a run', goal: 90, limit: 90, files: [...first, ...run] },
    { what: 'HTML, CSS and JavaScript, laboratory, frame, dialogs and all', goal: 90, limit: 113.5, files: ['index.html', 'before.js', ...styles, ...scripts] },
    { what: 'the recorded run', goal: 60, limit: 60, files: ['recorded/lesson.json'] },
    { what: 'the engine', goal: 60, limit: 104, files: files('assets', (name) => name.endsWith('.wasm')) },
  ];
}

/** Says what everything weighs, and fails where it is too much. */
export function weigh() {
  const heavy = [];
  for (const { what, goal, limit, files } of budgets()) {
    if (files.length === 0) throw new Sentence(`dist/ has nothing to weigh for: ${what}`);
    const kilobytes = files.reduce((sum, file) => sum + weight(file), 0) / KB;
    console.log(`${kilobytes.toFixed(1).padStart(7)} KB  ${what} (limit ${limit}, goal ${goal})`);
    if (kilobytes > limit) heavy.push(what);
  }
  if (heavy.length > 0) throw new Sentence(`too heavy: ${heavy.join('; ')}`);
}
