/** Starts the lesson: fetches the recorded run, fills the page from it, and swaps in a run of the reader's own when there is one. */
import '../figures/connections.js';
import '../figures/digit.js';
import '../figures/ladder.js';
import '../figures/movement.js';
import '../figures/pixels.js';
import '../figures/race.js';
import '../figures/scatter.js';
import '../figures/units.js';
import '../figures/weights.js';
import './lt-hero.js';
import './lt-lesson.js';
import './lt-run.js';
import { loadLanguage, loadSaid, said } from '../strings/index.js';
import { loadRecording } from './recorded.js';
import { makeRunner } from './runner.js';
import { translatePage } from './translate.js';
import { fill, loadWords } from './words.js';

const lesson = /** @type {import('./lt-lesson.js').LtLesson} */ (document.querySelector('lt-lesson'));
const hero = /** @type {import('./lt-hero.js').LtHero} */ (document.querySelector('lt-hero'));
const runs = /** @type {import('./lt-run.js').LtRun[]} */ ([...document.querySelectorAll('lt-run')]);

const parts = [lesson, hero, ...runs];

/** @param {import('./lt-lesson.js').Source} source */
function show(source) {
  lesson.source = source;
  hero.source = source;
}

/** Why the recorded run is not shown. */
let failure = '';

async function speak() {
  const spoken = document.documentElement.lang || 'en';
  // The figures' words too: a figure asks for them only when it is made.
  const [words] = await Promise.all([loadWords(spoken), (failure ? loadSaid : loadLanguage)(spoken)]);
  for (const part of parts) Object.assign(part, { words, spoken });
  translatePage(spoken, words);
  delete document.documentElement.dataset.waiting;
  if (!failure) return;
  const note = /** @type {HTMLElement} */ (document.querySelector('[data-recording-failed]'));
  note.textContent = fill(words.noRecording, { message: said(spoken, failure) });
  note.hidden = false;
}

async function begin() {
  for (const part of parts) part.spoken = document.documentElement.lang || 'en';
  const address = new URL('recorded/lesson.json', document.baseURI);
  try {
    const recorded = await loadRecording(address.href);
    for (const part of [lesson, ...runs]) part.recorded = recorded;
    show(recorded);
    const runner = makeRunner({
      onProgress: (progress) => {
        for (const run of runs) run.progress = progress;
      },
      onSource: (source) => show(source ?? recorded),
    });
    for (const run of runs) run.runner = runner;
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    await speak();
  }
}

lesson.addEventListener('lt-round-chosen', (event) => {
  hero.round = /** @type {CustomEvent} */ (event).detail.round;
});
new MutationObserver(speak).observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
void begin();
if (!document.documentElement.lang.startsWith('en')) void speak();
