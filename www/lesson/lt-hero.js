/** `<lt-hero>`: the first picture. A network, a slider over its rounds, and the three numbers that the page is about. */
import { LitElement, html, nothing } from 'lit';
import { count, percent } from '../figures/format.js';
import { sum } from '../figures/histogram-layout.js';
import { line } from './facts.js';
import { en, fill } from './words.js';

/** @typedef {import('./lt-lesson.js').Source} Source */

export class LtHero extends LitElement {
  static properties = {
    source: { attribute: false },
    words: { attribute: false },
    spoken: {},
    round: { state: true },
  };

  constructor() {
    super();
    /** @type {Source | null} */
    this.source = null;
    /** @type {Record<string, any>} */
    this.words = en;
    this.spoken = 'en';
    /** @type {number | null} */
    this.round = null;
    this.news = () => {
      this.requestUpdate();
      this.feed();
    };
    this.asked = 0;
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('source')) return;
    /** @type {Source | null | undefined} */ (changed.get('source'))?.removeEventListener('change', this.news);
    this.source?.addEventListener('change', this.news);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('source') || changed.has('round') || changed.has('spoken')) this.feed();
  }

  get points() {
    return this.source ? line(this.source.results(), 'ticket') : [];
  }

  /** The round chosen, or the last there is. */
  get shown() {
    const points = this.points;
    return points.find((p) => p.round === this.round) ?? points[points.length - 1];
  }

  async feed() {
    const element = /** @type {any} */ (this.querySelector('lt-connections'));
    const round = this.shown?.round;
    if (!element || !this.source || round === undefined) return;
    const number = ++this.asked;
    const data = await this.source.figure('connections', { round });
    if (number === this.asked && data) element.data = data;
  }

  /** @param {string} arm @param {number} round */
  mean(arm, round) {
    return line(this.source?.results() ?? [], arm).find((p) => p.round === round)?.accuracy ?? null;
  }

  numbers() {
    const { words, spoken, source } = this;
    const shown = this.shown;
    if (!source || !shown) return nothing;
    const say = (/** @type {number | null} */ v) => (v === null ? '–' : percent(spoken, v, 1));
    const seeds = new Set(source.results().map((r) => r.seed)).size;
    const rows = [
      ['dense', words.heroDense, say(this.mean('ticket', 0))],
      ['ticket', words.heroTicket, shown.round ? say(shown.accuracy) : '–'],
      ['control', words.heroControl, shown.round ? say(this.mean('reinit', shown.round)) : '–'],
    ];
    return html`<dl class="hero-numbers">
        ${rows.map(([look, name, value]) => html`<div class=${`is-${look}`}><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>
      <p class="small">${seeds > 1 ? fill(words.heroCaption, { seeds }) : words.heroCaptionOne}</p>`;
  }

  render() {
    const { words, spoken, source } = this;
    const points = this.points;
    const shown = this.shown;
    const survivors = source?.results().find((r) => r.arm === 'ticket' && r.round === shown?.round)?.survivors ?? [];
    const text = shown
      ? fill(words.roundText, { round: shown.round, percent: percent(spoken, shown.remaining), count: count(spoken, sum(survivors)) })
      : '';
    return html`
      <lt-connections lang=${spoken} compact .heading=${''}></lt-connections>
      <div class="hero-slider">
        <label class="visually-hidden" for="hero-round">${words.heroSlider}</label>
        <input
          id="hero-round"
          type="range"
          min="0"
          max=${Math.max(1, points.length - 1)}
          step="1"
          .value=${String(Math.max(0, points.findIndex((p) => p.round === shown?.round)))}
          aria-valuetext=${text}
          ?disabled=${points.length < 2}
          @input=${(/** @type {Event} */ event) => {
            this.round = points[Number(/** @type {HTMLInputElement} */ (event.target).value)].round;
          }}
        />
        <p class="hero-round">${text || ' '}</p>
      </div>
      ${this.numbers()}
    `;
  }
}

customElements.define('lt-hero', LtHero);
