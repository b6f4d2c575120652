/**
 * One figure on somebody's page: the recorded picture and a button first, the experiment when the reader asks for it. The same
 * face to the element as the laboratory has.
 */
import { html, nothing } from 'lit';
import { makeFigure } from '../figures/make.js';
import { notes } from '../lab/notes.js';
import { expectedBytes, liveSentence, progressBar, statusSentence } from '../lab/progress.js';
import { toolbar, VERBS } from '../lab/toolbar.js';
import { hosting } from '../engine/hosting.js';
import { leadLine } from '../engine/plan.js';
import { seedsOf } from '../engine/state.js';
import { FIGURES, OVERVIEWS, Picture } from './picture.js';
import { recordedRun } from './recording.js';

/**
 * @typedef {import('../engine/session.js').Session} Session
 * @typedef {import('../lab/words.js').Words} Words
 * @typedef {import('../lab/toolbar.js').Verb} Verb
 */

/** Verbs that are shown beside a figure unless the page chooses. */
export const FIGURE_VERBS = ['findTicket', 'pause', 'reset'];

/** What the façade's button does: the first of these that is shown later, or the first of all. */
const STARTERS = /** @type {const} */ (['findTicket', 'train', 'step']);

/** That an attribute asks for what there is not. @param {Words} words @param {string} attribute @param {string} name @param {string[]} known */
export const unknown = (words, attribute, name, known) =>
  html`<p class="note warn" role="alert" part="note">${words.t('embed.unknown', { attribute, name, known: known.join(', ') })}</p>`;

/** @param {(verb: string) => boolean} shows */
const starter = (shows) => STARTERS.find(shows) ?? STARTERS[0];

export class Exhibit {
  #update;
  #picture;
  /** @type {ReturnType<typeof makeFigure> | null} */ #element = null;
  /** @type {Session | null} */ #session = null;
  #hint = '';
  #said = '';
  /** @type {Words | null} */ #words = null;
  /** @type {(() => void)[]} */ #ends = [];
  /** @type {'none' | 'loading' | 'here' | 'failed'} */ #recording = 'none';

  /** @param {string} figure @param {() => void} update */
  constructor(figure, update) {
    this.#update = update;
    /** One of FIGURES, or what somebody took for one. */
    this.name = figure;
    this.#picture = new Picture(figure, update);
    this.#ends.push(hosting.subscribe(update));
  }

  /** Fetches the recorded picture; for when the figure comes near. */
  async show() {
    if (this.#recording === 'loading' || this.#recording === 'here' || !FIGURES.includes(this.name)) return;
    this.#recording = 'loading';
    try {
      this.#picture.useRecorded(await recordedRun());
      this.#recording = 'here';
    } catch {
      this.#recording = 'failed';
    }
    this.#update();
  }

  /** Shows what this session computes. @param {Session} session */
  attach(session) {
    this.#session = session;
    this.#picture.useLive(session);
    this.#ends.push(session.watch((name, detail) => this.#say(liveSentence(name, detail, session.state, this.#words))));
  }

  /** @param {string} sentence  for those who listen, if any */
  #say(sentence) {
    if (!sentence) return;
    this.#said = sentence;
    this.#update();
  }

  async #undoPrune() {
    await this.#session?.undoPrune();
    if (this.#session && this.#words) this.#say(statusSentence(this.#session.state, this.#words));
  }

  end() {
    this.#picture.end();
    for (const end of this.#ends.splice(0)) end();
  }

  /** @param {import('./picture.js').Choice} choice */
  choose(choice) {
    this.#picture.choose(choice);
  }

  /**
   * @param {{seed?: number, arm?: string, round?: number}} which
   * @param {'dense' | 'sparse' | 'sparse-trained'} form
   * @returns {Promise<Uint8Array | null>}
   */
  async ticket(which, form) {
    const session = this.#session;
    if (!session) return null;
    const lead = leadLine(session.state);
    const rounds = lead?.results.map(({ round }) => round) ?? [];
    const selection = { seed: seedsOf(session.state)[0] ?? 0, arm: lead?.arm ?? 'ticket', round: Math.max(0, ...rounds), ...which };
    return session.ticket(selection) ? session.ask(selection, 'ticketFile', form) : null;
  }

  /**
   * @param {Words} words
   * @param {object} how
   * @param {(verb: string) => boolean} how.shows
   * @param {(verb: Verb) => void} how.act
   * @param {boolean} how.started
   * @param {boolean} how.compact
   * @param {(name: string) => string | null} how.field  of the config, as the attributes have it
   * @param {boolean} how.away  it pauses while it is out of sight
   */
  render(words, { shows, act, started, compact, field, away }) {
    this.#words = words;
    if (!FIGURES.includes(this.name)) return html`${unknown(words, 'figure', this.name, FIGURES)}<slot></slot>`;
    return html`<div class="exhibit" part="exhibit">
      ${this.#figure(compact)}
      ${this.#source(words)}
      ${started && this.#session ? this.#controls(this.#session, words, shows, act) : this.#invitation(shows, act, words, field)}
      ${away ? html`<p class="help" part="note">${words.t('embed.away')}</p>` : nothing}
      <p class="live" role="status">${this.#said}</p>
    </div>`;
  }

  /** @param {boolean} compact */
  #figure(compact) {
    const picture = this.#picture;
    this.#element ??= makeFigure(this.name, {
      'lt-select': ({ detail }) => picture.choose({ round: detail.round }),
      'lt-layer': ({ detail }) => picture.choose({ layer: detail.layer }),
      'lt-pick': ({ detail }) => picture.choose({ index: detail.index, pixels: undefined }),
      'lt-digit': ({ detail }) => picture.choose({ pixels: detail.pixels }),
      'lt-cut-commit': ({ detail }) => void this.#session?.pruneBy(detail),
      'lt-undo': () => void this.#undoPrune(),
    });
    this.#element.part = 'figure';
    Object.assign(this.#element, { compact, data: picture.data });
    return this.#element;
  }

  /** What is shown, honestly: a recording, or nothing yet. @param {Words} words */
  #source(words) {
    const { shows, recorded } = this.#picture;
    if (shows === 'live') return nothing;
    if (shows === 'recorded' && recorded) {
      const date = new Intl.DateTimeFormat(words.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(recorded.recording.date));
      const said = OVERVIEWS.includes(this.name) ? words.t('embed.recordedSeeds', { date, count: recorded.seeds.length }) : words.t('embed.recorded', { date, seed: recorded.recording.seed });
      return html`<p class="help source" part="source">${said}</p>`;
    }
    return html`<p class="help source" part="source">${this.#recording === 'failed' ? words.t('embed.noRecording') : words.t('embed.loading')}</p>`;
  }

  /** @param {(verb: string) => boolean} shows @param {(verb: Verb) => void} act @param {Words} words @param {(name: string) => string | null} field */
  #invitation(shows, act, words, field) {
    if (!VERBS.some(shows)) return nothing;
    return html`<div class="bench" part="controls">
      <button type="button" class="primary" part="button run" @click=${() => act(starter(shows))}>${words.t('embed.run')}</button>
      <p class="help">${words.t('embed.runHint', { size: words.bytes(expectedBytes(field)) })}</p>
    </div>`;
  }

  /** @param {Session} session @param {Words} words @param {(verb: string) => boolean} shows @param {(verb: Verb) => void} act */
  #controls(session, words, shows, act) {
    const { state } = session;
    const explain = (/** @type {string} */ hint) => {
      this.#hint = hint;
      this.#update();
    };
    return html`${notes({ state, words, retry: () => (state.config ? session.retryData() : act(starter(shows))), restored: null })}
      ${hosting.place === 'page' ? html`<p class="note" role="note" part="note">${words.t('embed.noWorkers')}</p>` : nothing}
      <div class="bench" part="controls">
        ${toolbar({ state, words, hint: this.#hint, shows, act, explain })}
        ${progressBar({ state, words, workers: session.workers })}
      </div>`;
  }
}
