/**
 * `<lottery-ticket>`: the experiment as an element. Several may be on one page: they share workers and data.
 *
 * Attributes: every field of the config (`seed="7" rounds="5"`, `eval-every="100"`), `seeds`, and `address`, with which the
 * element reads and writes the page's address. Property `state`: {@link import('./engine/public-state.js').PublicState}, read-only
 * plain JSON. Methods: the verbs. Events, all bubbling and composed:
 *
 * - `lt-ready` {config}: the engine has started and knows the config
 * - `lt-progress` {seed, arm, round, step, loss, rate}: training went on
 * - `lt-round` {…RoundResult without its curve}: an arm finished a round
 * - `lt-prune` {round, survivors}: weights were removed
 * - `lt-rewind` {kind: 'rewind' | 'reinit', round}: the survivors were restarted
 * - `lt-error` {message}: a sentence for the reader
 * - `lt-statechange` {phase}: the phase in `state` changed
 *
 * This module defines the class and registers nothing; `define.js` does.
 */
import { LitElement, html, nothing } from 'lit';
import { missingFeatures } from './engine/features.js';
import { createSession } from './engine/index.js';
import { publicState } from './engine/public-state.js';
import { languageOf, loadLabLanguage } from './strings/lab.js';
import { Laboratory } from './lab/laboratory.js';
import { styles } from './lab/styles.js';
import { wordsIn } from './lab/words.js';

/** Attributes that are fields of the config, as they are written in HTML. */
export const CONFIG_ATTRIBUTES = [
  'preset', 'seed', 'data', 'examples', 'validation', 'test', 'sizes', 'init', 'batch', 'steps', 'optimizer', 'lr', 'lr-schedule',
  'momentum', 'rate', 'output-rate', 'layer-rates', 'target', 'rounds', 'schedule', 'scope', 'score', 'restart', 'rewind-to', 'noise',
  'eval-every', 'arms',
];

const VERBS = ['train', 'pause', 'step', 'prune', 'rewind', 'reinitialise', 'reset', 'findTicket'];

export class LotteryTicket extends LitElement {
  static styles = [styles];
  static properties = {
    address: { type: Boolean },
    seeds: { type: Number },
    controls: { type: String },
    manifest: { type: String },
  };

  static get observedAttributes() {
    return [...super.observedAttributes, ...CONFIG_ATTRIBUTES];
  }

  constructor() {
    super();
    /** Whether the page's address is read and written. */
    this.address = false;
    /** @type {number | undefined} how many seeds */
    this.seeds = undefined;
    /** @type {string | null} which verbs are shown, by name and space; all when unset */
    this.controls = null;
    /** @type {string | undefined} where the data are, relative to the page */
    this.manifest = undefined;
    /** @type {import('./engine/session.js').Session | null} */
    this.session = null;
    /** @type {Laboratory | null} @private */
    this._laboratory = null;
    /** @private @type {(() => void) | null} */
    this._endLanguage = null;
    /** @private What the browser lacks. */
    this._missing = missingFeatures();
    /** @private A tick between attributes that change together and the config that they make. */
    this._reconfigure = 0;
  }

  /** Where the experiment stands. Read-only: a copy, plain JSON. @returns {import('./engine/public-state.js').PublicState | null} */
  get state() {
    return this.session ? publicState(this.session.state) : null;
  }

  // --- verbs -------------------------------------------------------------------------------------------------------------------

  /** Trains the present round to its end. */
  train() {
    this.session?.train();
  }

  /** Stops training; nothing is lost. */
  pause() {
    this.session?.pause();
  }

  /** One training step. */
  step() {
    this.session?.step();
  }

  /** Removes the smallest weights of the trained round. */
  prune() {
    return this._laboratory?.prune();
  }

  /** Puts the survivors back to the weights they were born with. */
  rewind() {
    return this._laboratory?.rewind();
  }

  /** Gives the survivors fresh random weights. */
  reinitialise() {
    return this.session?.reinitialise();
  }

  /** Everything back to before the first step. */
  reset() {
    this.session?.reset();
  }

  /** Train, prune, rewind, round after round to the last. */
  findTicket() {
    return this.session?.findTicket();
  }

  /**
   * A finished round as a ticket file (safetensors); null while there is none.
   * @param {{seed?: number, arm?: string, round?: number, form?: 'dense' | 'sparse' | 'sparse-trained'}} [which]  the round that is
   *   shown in its dense form, unless told
   * @returns {Promise<Uint8Array | null>}
   */
  async exportTicket({ form = 'dense', ...which } = {}) {
    return (await this._laboratory?.ticket(which, form)) ?? null;
  }

  /**
   * Changes fields of the config; rejects with the engine's sentence when they are refused.
   * @param {Record<string, any>} fields
   */
  configure(fields) {
    return this._laboratory?.configure(fields);
  }

  // --- life --------------------------------------------------------------------------------------------------------------------

  connectedCallback() {
    super.connectedCallback();
    this._speak();
    const heard = new MutationObserver(() => this._speak());
    heard.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
    heard.observe(this, { attributes: true, attributeFilter: ['lang'] });
    this._endLanguage = () => heard.disconnect();
    if (this._missing.length > 0 || this.session) return;
    const session = createSession({ data: this.manifest });
    this.session = session;
    session.subscribe(() => this.requestUpdate());
    session.watch((name, detail) => {
      this.dispatchEvent(new CustomEvent(`lt-${name}`, { detail, bubbles: true, composed: true }));
    });
    this._laboratory = new Laboratory(this, session);
    void this._laboratory.begin({ address: this.address, config: this._attributes(), seeds: this.seeds ?? 1 });
  }

  /** @private */
  _speak() {
    this.requestUpdate();
    void loadLabLanguage(languageOf(this)).then((news) => news && this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this._endLanguage?.();
    // Moved within the page, not taken away: the same task puts it back.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this._laboratory?.end();
      this.session?.dispose();
      this._laboratory = null;
      this.session = null;
    });
  }

  /** @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    super.attributeChangedCallback(name, old, value);
    if (old === value || !CONFIG_ATTRIBUTES.includes(name) || !this._laboratory || this.address) return;
    const mine = ++this._reconfigure;
    queueMicrotask(() => {
      if (mine === this._reconfigure) void this._laboratory?.open(this._attributes(), this.seeds ?? 1);
    });
  }

  /** The config's attributes in the form of an address. @private */
  _attributes() {
    return CONFIG_ATTRIBUTES.filter((name) => this.hasAttribute(name))
      .map((name) => `${name.replaceAll('-', '_')}=${encodeURIComponent(this.getAttribute(name) ?? '')}`)
      .join('&');
  }

  render() {
    const words = wordsIn(languageOf(this));
    if (this._missing.length > 0) {
      return html`${this._missing.map(({ name, since }) => html`<p class="note warn" role="alert">${words.t('error.missing', { name, since })}</p>`)}<slot></slot>`;
    }
    const shown = this.controls === null ? VERBS : this.controls.split(/\s+/);
    return this._laboratory?.render(words, (verb) => shown.includes(verb)) ?? nothing;
  }
}
