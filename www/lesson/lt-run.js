/**
 * `<lt-run>`: says which run the page shows, and runs it here. It knows a run only by the few verbs of {@link Runner}, so that
 * nothing of the engine is fetched before the button is pressed.
 */
import { LitElement, html, nothing } from 'lit';
import { count, decimal } from '../figures/format.js';
import { said } from '../strings/index.js';
import { en, fill } from './words.js';

/**
 * @typedef {object} Progress
 * @property {'loading' | 'running' | 'paused' | 'finished' | 'failed'} phase
 * @property {number} fraction        0 … 1, of all the work of the run
 * @property {number | null} secondsLeft   from the measured rate; null before there is one
 * @property {number} round
 * @property {number} rounds
 * @property {number} seed
 * @property {number} seconds         since the start, pauses left out
 * @property {string} [fingerprint]   of the last ticket, once it is trained
 * @property {string} [message]       why it failed
 */

/**
 * @typedef {object} Runner
 * @property {() => Promise<void>} start
 * @property {() => void} pause
 * @property {() => void} resume
 * @property {() => void} stop        back to the recorded run
 */

export class LtRun extends LitElement {
  static properties = {
    runner: { attribute: false },
    progress: { attribute: false },
    recorded: { attribute: false },
    words: { attribute: false },
    spoken: {},
    large: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {Runner | null} */
    this.runner = null;
    /** @type {Progress | null} null: nothing runs, the recorded run is shown */
    this.progress = null;
    /** @type {import('./recorded.js').RecordedSource | null} */
    this.recorded = null;
    /** @type {Record<string, any>} */
    this.words = en;
    this.spoken = 'en';
    /** In the hero: a large button, and the whole label. */
    this.large = false;
  }

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    this.held = this.contains(document.activeElement);
  }

  /** A button that gives way to another leaves it the keyboard's place. */
  updated() {
    if (this.held && !this.contains(document.activeElement)) this.querySelector('button')?.focus();
  }

  label() {
    const { words, spoken, recorded } = this;
    if (!recorded) return '';
    const { date, config, seed, seeds } = recorded.recording;
    const day = new Date(`${date}T12:00:00Z`);
    const said = Number.isNaN(day.valueOf()) ? date : new Intl.DateTimeFormat(spoken, { dateStyle: this.large ? 'long' : 'medium', timeZone: 'UTC' }).format(day);
    if (!this.large) return fill(words.recordedShort, { date: said, seeds: seeds.length });
    return [
      fill(words.recorded, { date: said, seeds: seeds.length, preset: config.preset }),
      fill(words.recordedMore, {
        seed,
        seeds: seeds.length,
        examples: count(spoken, config.examples),
        steps: count(spoken, config.steps),
        rounds: config.rounds,
      }),
    ].join(' ');
  }

  /** Whether the reader's ticket is the recorded one, to the last bit. @param {Progress} progress */
  isSame({ seed, rounds, fingerprint }) {
    const known = this.recorded?.results().find((r) => r.seed === seed && r.arm === 'ticket' && r.round === rounds)?.fingerprint;
    return known !== undefined && known === fingerprint;
  }

  /** How the run stands. @param {Progress} progress */
  sentence({ phase, round, rounds, seed, seconds, message = '' }) {
    const { words, spoken } = this;
    if (phase === 'finished') return fill(words.liveDone, { seed, seconds: decimal(spoken, seconds, 1) });
    if (phase === 'failed') return fill(words.failedRun, { message: said(spoken, message) });
    return phase === 'loading' ? words.loading : fill(words.running, { round, rounds });
  }

  /** What is read aloud: once a round, and at the end. */
  said() {
    const { progress } = this;
    return this.large && progress && progress.phase !== 'loading' && progress.phase !== 'paused' ? this.sentence(progress) : '';
  }

  state() {
    const { words, progress } = this;
    if (!progress) return html`<span class="run-state">${this.label()}</span>`;
    const { phase, fraction, secondsLeft } = progress;
    const what = this.sentence(progress);
    if (phase === 'failed') return html`<span class="run-state run-failed">${what}</span>`;
    if (phase === 'finished') {
      return html`<span class="run-state">${what} ${this.large && this.isSame(progress) ? html`<b>${words.sameBits}</b>` : nothing}</span>`;
    }
    const left = secondsLeft === null || phase === 'paused' ? '' : fill(words.left, { seconds: Math.max(1, Math.ceil(secondsLeft)) });
    return html`<progress max="1" .value=${fraction} aria-label=${what}></progress>
      <span class="run-state">${what}${left ? html` · ${left}` : nothing}</span>`;
  }

  buttons() {
    const { words, progress, runner } = this;
    const primary = this.large ? 'button button-primary' : 'button button-small button-primary';
    const plain = this.large ? 'button' : 'button button-small';
    if (!runner) return nothing;
    if (!progress) return html`<button class=${primary} @click=${() => runner.start()}>${words.run}</button>`;
    const { phase } = progress;
    return html`
      ${phase === 'running' ? html`<button class=${plain} @click=${() => runner.pause()}>${words.pause}</button>` : nothing}
      ${phase === 'paused' ? html`<button class=${plain} @click=${() => runner.resume()}>${words.resume}</button>` : nothing}
      ${phase === 'finished' || phase === 'failed'
        ? html`<button class=${plain} @click=${() => runner.start()}>${phase === 'failed' ? words.run : words.runAgain}</button>`
        : nothing}
      <button class=${plain} @click=${() => runner.stop()}>${words.stop}</button>
    `;
  }

  render() {
    return html`<div class="run">${this.large ? html`${this.buttons()} ${this.state()}` : html`${this.state()} ${this.buttons()}`}</div>
      ${this.large ? html`<p class="visually-hidden" role="status">${this.said()}</p>` : nothing}`;
  }
}

customElements.define('lt-run', LtRun);
