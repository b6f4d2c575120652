// How far it is, how fast it goes, how long it will take.
import { html } from 'lit';
import { leadLine, phaseOf, progress, speedUp, timeLeft } from '../engine/plan.js';

/**
 * One sentence about where the experiment stands.
 * @param {import('../engine/state.js').State} state
 * @param {import('./words.js').Words} words
 */
export function statusSentence(state, words) {
  const { config, data } = state;
  if (!config) return state.error ? words.t('phase.failed') : words.t('phase.starting');
  const lead = leadLine(state);
  const phase = phaseOf(state);
  return words.t(`phase.${phase}`, {
    round: lead?.round ?? 0,
    rounds: config.rounds,
    remaining: words.percent(lead?.remaining ?? 100),
    step: words.number(lead?.step ?? 0),
    steps: words.number(config.steps),
    done: words.bytes(data.bytes),
    total: words.bytes(data.total),
    size: words.bytes(estimatedBytes(config)),
  });
}

/**
 * For those who listen: what a finished round of the leading arm came to, where a verb of the reader's leads from there; nothing for
 * whatever else has happened.
 * @param {import('../engine/session.js').Happening} name
 * @param {any} detail
 * @param {import('../engine/state.js').State} state
 * @param {import('./words.js').Words | null} words
 */
export function liveSentence(name, detail, state, words) {
  if (!words) return '';
  if (!state.going && (name === 'prune' || name === 'rewind')) return statusSentence(state, words);
  if (name !== 'round' || detail.arm !== leadLine(state)?.arm) return '';
  return words.t('live.round', {
    round: detail.round,
    rounds: state.config?.rounds ?? 0,
    remaining: words.percent(detail.remaining),
    accuracy: words.percent(detail.testAccuracyEarlyStop, 1),
  });
}

/** MNIST packs to about 160 bytes an image. @param {import('../engine/protocol.js').Config} config */
export const estimatedBytes = ({ examples, validation, test }) => 160 * (examples + validation + test);

/** Images of a preset. @type {Record<string, Record<string, number>>} */
const IMAGES = {
  lesson: { examples: 8500, validation: 1500, test: 7500 },
  paper: { examples: 55_000, validation: 5000, test: 10_000 },
};

/**
 * What will be fetched for a config that the engine has not read yet.
 * @param {(field: string) => string | null | undefined} field
 */
export function expectedBytes(field) {
  const images = IMAGES[field('preset') ?? ''] ?? IMAGES.lesson;
  const [examples, validation, test] = ['examples', 'validation', 'test'].map((name) => Number(field(name)) || images[name]);
  return estimatedBytes(/** @type {any} */ ({ examples, validation, test }));
}

/**
 * @param {object} view
 * @param {import('../engine/state.js').State} view.state
 * @param {import('./words.js').Words} view.words
 * @param {number} view.workers
 */
export function progressBar({ state, words, workers }) {
  const phase = phaseOf(state);
  const loading = phase === 'loading';
  const { done, total } = loading ? { done: state.data.bytes, total: state.data.total } : progress(state);
  const rate = state.going ? Object.values(state.lines).reduce((sum, line) => sum + (line.phase === 'training' ? line.rate : 0), 0) : 0;
  const left = state.going && !loading ? timeLeft(state, workers) : null;
  const lead = leadLine(state);
  const faster = speedUp(lead);
  // Dense is trained once for all arms of a seed, tickets beside their controls: cores are shared as soon as there is more than one.
  const now = Object.values(state.lines).filter((line) => line.phase === 'training').length;
  const together = lead?.together?.[lead.round] ?? now;
  const shared = together > (lead?.together?.[0] ?? 1) ? together : 0;
  const facts = [
    rate > 0 ? words.t('progress.rate', { rate: words.number(rate) }) : '',
    left !== null && rate > 0 ? words.t('progress.left', { time: words.time(left) }) : '',
    faster === null || (shared && (!state.going || faster < 1)) ? '' : words.t(shared ? 'progress.fasterShared' : 'progress.faster', { times: words.number(faster, 1), arms: shared }),
  ];
  return html`<div class="progress" part="progress">
    <p class="status">${statusSentence(state, words)}</p>
    <progress aria-label=${words.t('progress.name')} max=${Math.max(1, total)} .value=${Math.min(done, Math.max(1, total))}></progress>
    <p class="facts">${facts.filter(Boolean).join(' · ')}</p>
  </div>`;
}
