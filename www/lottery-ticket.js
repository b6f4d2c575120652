/**
 * `<lottery-ticket>`: the experiment as an element. Several may be on one page: they share workers and data, and each fails alone.
 *
 * With `figure` it is that one figure, otherwise the whole laboratory. Unless it owns the page's address it begins as a façade:
 * the recorded run and a button. The recording is fetched when the element comes near the viewport, the engine and the data when
 * the reader (or a method) asks for them, and training stops while nobody can see it.
 *
 * This module defines the class and registers nothing; `define.js` does.
 */
import { LitElement, html, nothing } from 'lit';
import { missingFeatures } from './engine/features.js';
import { createSession } from './engine/index.js';
import { phaseOf } from './engine/plan.js';
import { publicState } from './engine/public-state.js';
import { langOf, loadLanguage, loadSaid, onLanguage } from './strings/index.js';
import './strings/lab.js';
import { Exhibit, FIGURE_VERBS, unknown } from './embed/exhibit.js';
import { embedStyles } from './embed/styles.js';
import { useHome } from './engine/home.js';
import { readAddress } from './engine/page-address.js';
import { Laboratory } from './lab/laboratory.js';
import { styles } from './lab/styles.js';
import { VERBS } from './lab/toolbar.js';
import { wordsIn } from './lab/words.js';

/** Attributes that are fields of the config, as they are written in HTML. */
export const CONFIG_ATTRIBUTES = [
  'preset', 'seed', 'data', 'examples', 'validation', 'test', 'sizes', 'init', 'batch', 'steps', 'optimizer', 'lr', 'lr-schedule',
  'momentum', 'rate', 'output-rate', 'layer-rates', 'target', 'rounds', 'schedule', 'scope', 'score', 'restart', 'rewind-to', 'noise',
  'eval-every', 'arms',
];

const REFRESH_MS = 150;

/** @typedef {import('./engine/session.js').Session} Session */

/** So far from the viewport the recorded picture is fetched. */
const NEAR = '600px 0px';
/** What stands for the laboratory until it is asked for. */
const OVERVIEW = 'ladder';

/**
 * @tag lottery-ticket
 * @attr {string} preset - `lesson` (seconds) or `paper` (as published: hours). Every further field of the config is an attribute too: seed, rounds, rate, steps, arms and so on, with - for _.
 * @attr {'race' | 'ladder' | 'connections' | 'rounds' | 'weights' | 'scatter' | 'movement' | 'units' | 'pixels' | 'digit'} figure - the one figure to show; the whole laboratory when absent
 * @attr {string} lang - en, de or fr; that of the page when absent
 *
 * @fires {CustomEvent<{config: Record<string, any>}>} lt-ready - the engine has started and knows the config
 * @fires {CustomEvent<{seed: number, arm: string, round: number, step: number, loss: number, rate: number}>} lt-progress - training went on; rate in images a second
 * @fires {CustomEvent<import('./figures/types.js').RoundResult>} lt-round - an arm finished a round
 * @fires {CustomEvent<{round: number, survivors: number[]}>} lt-prune - the first seed's ticket lost weights after this round; survivors by layer
 * @fires {CustomEvent<{kind: string, round: number}>} lt-rewind - its survivors begin this round; kind is one of the config's `restart`
 * @fires {CustomEvent<{message: string}>} lt-error - a sentence for the reader
 * @fires {CustomEvent<{phase: string}>} lt-statechange - the phase in `state` changed
 *
 * @slot - what readers without scripts, or with a browser that lacks something, see instead
 *
 * @csspart exhibit - a single figure with all around it
 * @csspart figure - each figure; in the laboratory each has its name besides
 * @csspart header - of a figure: all above its picture
 * @csspart heading - of a figure: its title
 * @csspart menu - of a figure: in which form it is saved
 * @csspart tools - of a figure: the choices beside its title
 * @csspart choice - of a figure: one of these choices
 * @csspart picture - of a figure: what is drawn
 * @csspart readout - of a figure: the numbers below a chart, with the names of its lines
 * @csspart caption - of a figure: the sentence below
 * @csspart unit - of a figure: what is said of one unit
 * @csspart values - of a figure: its numbers as a table, folded away
 * @csspart controls - the button of the façade, the verbs, the progress
 * @csspart toolbar - the verbs
 * @csspart button - each button around the figures; `run` is that of the façade, and each verb has its own name
 * @csspart progress - sentence, bar and rate
 * @csspart note - what went wrong or was corrected
 * @csspart source - the line that tells a recording from a live run
 * @csspart settings - of the laboratory: everything that is set
 * @csspart field - of the laboratory: one setting, with label and help
 * @csspart figures - of the laboratory: all figures
 * @csspart results - of the laboratory: what can be saved
 * @csspart runs - of the laboratory: what is kept on this device
 * @csspart data - of the laboratory: the reader's own images
 *
 * @cssprop --lt-font - typeface; that of the page when unset
 * @cssprop --lt-bg - background
 * @cssprop --lt-surface - background of a note
 * @cssprop --lt-raised - background of buttons and fields
 * @cssprop --lt-fg - ink
 * @cssprop --lt-muted - lesser ink
 * @cssprop --lt-line - fine lines
 * @cssprop --lt-strong-line - borders of buttons and fields
 * @cssprop --lt-focus - around what the keyboard is at
 * @cssprop --lt-accent - the button of the façade
 * @cssprop --lt-on-accent - ink on that button
 * @cssprop --lt-warn - what went wrong
 * @cssprop --lt-pos - positive weights
 * @cssprop --lt-neg - negative weights
 * @cssprop --lt-ticket - the ticket's line
 * @cssprop --lt-control - the control's line
 * @cssprop --lt-dense - the dense network's line
 * @cssprop --lt-other-1 - a further arm's line
 * @cssprop --lt-other-2 - a further arm's line
 * @cssprop --lt-other-3 - a further arm's line
 * @cssprop --lt-dead - what is removed, or connected to nothing
 * @cssprop --lt-mono - typeface of the Embed dialog's snippet
 */
export class LotteryTicket extends LitElement {
  static styles = [styles, embedStyles];
  static properties = {
    address: { type: Boolean },
    seeds: { type: Number },
    controls: { type: String },
    manifest: { type: String },
    figure: { type: String },
    round: { type: Number },
    compact: { type: Boolean },
    theme: { type: String, reflect: true },
    base: { type: String },
  };

  static get observedAttributes() {
    return [...super.observedAttributes, ...CONFIG_ATTRIBUTES];
  }

  constructor() {
    super();
    /** Whether the page's address is read and written; then there is no façade. */
    this.address = false;
    /** @type {number | undefined} how many seeds */
    this.seeds = undefined;
    /** @type {string | null} which verbs are shown, by name and space or comma, `all` or `none`; those that fit the figure when unset */
    this.controls = null;
    /** @type {string | undefined} where the list of the data's files is, relative to the page */
    this.manifest = undefined;
    /** @type {'race' | 'ladder' | 'connections' | 'rounds' | 'weights' | 'scatter' | 'movement' | 'units' | 'pixels' | 'digit' | null} the one figure that is shown; the laboratory when null */
    this.figure = null;
    /** @type {number | null} the round that the figure shows; the newest when null */
    this.round = null;
    /** Without title, menu and table of numbers around the figure. */
    this.compact = false;
    /** @type {'auto' | 'light' | 'dark'} that of the page unless told */
    this.theme = 'auto';
    /** @type {string | null} folder in which engine, data and recording lie, where the page was bundled; counts for the whole page */
    this.base = null;
    /** @type {Session | null} @private */
    this.session = null;
    /** @type {Laboratory | null} @private */
    this._laboratory = null;
    /** @type {Exhibit | null} @private */
    this._exhibit = null;
    /** @type {Element | null | undefined} @private what had the focus before it was drawn anew */
    this._held = null;
    /** @type {Promise<void> | null} @private resolves when the config is known */
    this._starting = null;
    /** @private @type {(() => void)[]} */
    this._ends = [];
    /** @private What the browser lacks. */
    this._missing = missingFeatures();
    /** @private */
    this._going = false;
    /** @private Of which was told last. */
    this._phase = 'empty';
    /** @private @type {ReturnType<typeof setTimeout> | undefined} */
    this._later = undefined;
    /** @private A tick between attributes that change together and the config that they make. */
    this._reconfigure = 0;
    /** @private */
    this._visible = true;
    /** @private @type {number | null} the run that pauses while it is out of sight */
    this._resting = null;
    /** @private So near to the viewport that the recorded picture is fetched. */
    this._near = false;
  }

  /** Where the experiment stands. Read-only: a copy, plain JSON. @returns {import('./engine/public-state.js').PublicState | null} */
  get state() {
    return this.session ? publicState(this.session.state) : null;
  }

  // --- verbs: they load what they need; what cannot be done now is not done, and `state` stays as it is -----------------------

  /** Trains the present round to its end. @returns {Promise<void>} when it has begun */
  train() {
    return this._do((session) => session.train());
  }

  /** Stops training; nothing is lost. */
  pause() {
    this._resting = null;
    this.session?.pause();
    this.requestUpdate();
  }

  /** One training step. @returns {Promise<void>} when it has begun */
  step() {
    return this._do((session) => session.step());
  }

  /** Removes the smallest weights of the trained round. @returns {Promise<void>} */
  prune() {
    return this._do((session) => (this._laboratory ?? session).prune());
  }

  /** Puts the survivors back to the weights they were born with. @returns {Promise<void>} */
  rewind() {
    return this._do((session) => (this._laboratory ?? session).rewind());
  }

  /** Gives the survivors fresh random weights. @returns {Promise<void>} */
  reinitialise() {
    return this._do((session) => session.reinitialise());
  }

  /** Everything back to before the first step. */
  reset() {
    if (this.session?.state.config) this.session.reset();
    else if (this.session) void this._again();
  }

  /** Train, prune, rewind, round after round to the last. @returns {Promise<void>} when it has begun */
  findTicket() {
    return this._do((session) => session.findTicket());
  }

  /**
   * A finished round as a ticket file (safetensors); null while there is none.
   * @param {{seed?: number, arm?: string, round?: number, form?: 'dense' | 'sparse' | 'sparse-trained'}} [which]  the round that is
   *   shown in its dense form, unless told
   * @returns {Promise<Uint8Array | null>}
   */
  async exportTicket({ form = 'dense', ...which } = {}) {
    return (await this._view?.ticket(which, form)) ?? null;
  }

  /**
   * Changes fields of the config; rejects with the engine's sentence when they are refused.
   * @param {Record<string, any>} fields  by the config's name or the attribute's: eval_every, 'eval-every'
   * @returns {Promise<void>}
   */
  configure(fields) {
    const named = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replaceAll('-', '_'), value]));
    return this._do((session) => (this._laboratory ?? session).configure(named));
  }

  /** @private */
  get _view() {
    return this._laboratory ?? this._exhibit;
  }

  /** Starts the engine if need be, then acts. @private @param {(session: Session) => any} act @returns {Promise<void>} */
  async _do(act) {
    const again = this._starting !== null;
    await this._start();
    // The engine could not be started before: perhaps the connection is back.
    if (again && this.session && !this.session.state.config) await this._again();
    if (this.session) await act(this.session);
  }

  // --- life --------------------------------------------------------------------------------------------------------------------

  connectedCallback() {
    super.connectedCallback();
    this._speak();
    this._ends.push(onLanguage(() => this._speak(), this.getRootNode()));
    if (this._missing.length > 0) return;
    if (this.hasAttribute('address')) void this._start();
    else this._watchSight();
  }

  /** The session and its view, once. @private @returns {Promise<void>} */
  _start() {
    if (this._missing.length > 0) return Promise.reject(new Error(`This browser lacks ${this._missing.map(({ name }) => name).join(', ')}.`));
    this._starting ??= this._begin();
    return this._starting;
  }

  /** @private */
  async _begin() {
    // What was set a moment ago counts.
    this.requestUpdate();
    this.performUpdate();
    if (this.base !== null) useHome(this.base);
    void loadSaid(langOf(this));
    const session = createSession({ data: this.manifest });
    this.session = session;
    this._phase = 'empty';
    session.subscribe(() => this.session === session && this._refresh(session));
    session.watch((name, detail) => name === 'statechange' || this._tell(name, detail));
    // It is starting, however long that takes.
    this.requestUpdate();
    if (this.figure !== null) {
      this._exhibit?.attach(session);
      await this._open();
    } else {
      this._exhibit?.end();
      this._exhibit = null;
      this._laboratory = new Laboratory(this, session);
      await this._laboratory.begin(this.address ? null : () => this._open());
    }
  }

  /** Near: the recording is shown. Out of sight: training pauses, and goes on when it is seen again. @private */
  _watchSight() {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        if (this.base !== null) useHome(this.base);
        this._near = true;
        void this._exhibit?.show();
      },
      { rootMargin: NEAR },
    );
    const sight = new IntersectionObserver((entries) => this._seen(entries.at(-1)?.isIntersecting ?? true));
    near.observe(this);
    sight.observe(this);
    this._ends.push(() => near.disconnect(), () => sight.disconnect());
  }

  /** @private @param {boolean} visible */
  _seen(visible) {
    this._visible = visible;
    if (this.session) this._heed(this.session);
  }

  /** Pauses what nobody can see, and goes on with it, unless it was ended or another run was begun meanwhile. @private @param {Session} session */
  _heed(session) {
    const { going, run } = session.state;
    if (going === this._visible) return;
    const rests = this._resting === run;
    this._resting = going ? run : null;
    if (going) session.pause();
    else if (rests && phaseOf(session.state) !== 'failed') session.resume();
    this.requestUpdate();
  }

  /** @private @param {string} name @param {any} detail */
  _tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`lt-${name}`, { detail, bubbles: true, composed: true }));
  }

  /**
   * Draws again: at once when something was begun or ended, a few times a second while training goes on.
   * @param {Session} session
   * @private
   */
  _refresh(session) {
    this._heed(session);
    const { state } = session;
    const { going } = state;
    const phase = phaseOf(state);
    if (phase !== this._phase) {
      this._phase = phase;
      this._tell('statechange', { phase });
    }
    if (!going || !this._going) {
      this._going = going;
      this.requestUpdate();
      return;
    }
    this._later ??= setTimeout(() => {
      this._later = undefined;
      this.requestUpdate();
    }, REFRESH_MS);
  }

  /** @private */
  _speak() {
    this.requestUpdate();
    void loadLanguage(langOf(this));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this._ends.splice(0)) end();
    // Moved within the page, not taken away: the same task puts it back.
    queueMicrotask(() => {
      if (this.isConnected) return;
      const { session } = this;
      this._view?.end();
      this._laboratory = null;
      this._exhibit = null;
      this.session = null;
      session?.dispose();
      this._starting = null;
      this._resting = null;
      this._visible = true;
      this._near = false;
    });
  }

  /** @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    super.attributeChangedCallback(name, old, value);
    if (old === value || !CONFIG_ATTRIBUTES.includes(name)) return;
    this.requestUpdate();
    if (!this.session || this.address) return;
    const mine = ++this._reconfigure;
    queueMicrotask(() => {
      if (mine === this._reconfigure) void this._open();
    });
  }

  /** Once more, where the engine did not start. @private */
  _again() {
    return this._laboratory?.again() ?? this._open();
  }

  /** Begins with what the attributes say; an engine that does not start was reported by the session. @private */
  async _open() {
    const { engine, page, corrections } = this._asked();
    await this.session?.open(engine, { seeds: page.seeds, corrections }).catch(() => {});
  }

  /**
   * What the attributes say, read as an address is, with a sentence for whatever was corrected.
   * @private
   * @param {import('./engine/protocol.js').Config | null} [config]  whose rounds there are, once it is known
   */
  _asked(config) {
    const own = /** @type {const} */ (['seeds', 'round']).filter((name) => (this[name] ?? null) !== null);
    const texts = [
      ...CONFIG_ATTRIBUTES.filter((name) => this.hasAttribute(name)).map((name) => [name.replaceAll('-', '_'), this.getAttribute(name)]),
      ...own.map((name) => [name, Number.isNaN(this[name]) ? this.getAttribute(name) : this[name]]),
    ];
    return readAddress(texts.map(([name, text]) => `${name}=${encodeURIComponent(text ?? '')}`).join('&'), config);
  }

  render() {
    const words = wordsIn(langOf(this));
    if (this._missing.length > 0) {
      return html`${this._missing.map(({ name, since }) => html`<p class="note warn" role="alert">${words.t('error.missing', { name, since })}</p>`)}<slot></slot>`;
    }
    const { _exhibit: exhibit, _laboratory: laboratory } = this;
    const known = [...VERBS, 'all', 'none'];
    const odd = this._controls(known).find((name) => name && !known.includes(name));
    const note = odd ? unknown(words, 'controls', odd, known) : nothing;
    if (laboratory) return [note, laboratory.render(words, (verb) => this._shows(verb, VERBS))];
    return [note, exhibit?.render(words, {
      shows: (verb) => this._shows(verb, FIGURE_VERBS),
      act: (verb) => void this[verb](),
      started: this.session !== null,
      compact: this.compact,
      field: (name) => this.getAttribute(name),
      away: this.session !== null && this._resting === this.session.state.run,
    })];
  }

  /** The names in the attribute. @private @param {string[]} usual */
  _controls(usual) {
    return this.controls?.split(/[\s,]+/) ?? usual;
  }

  /** @private @param {string} verb @param {string[]} usual */
  _shows(verb, usual) {
    const names = this._controls(usual);
    return names.includes('all') || names.includes(verb);
  }

  /** @param {import('lit').PropertyValues<this>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    this._held = this.shadowRoot?.activeElement;
    const reseeded = changed.has('seeds');
    if (this.session && !this.address && (reseeded || changed.has('round'))) {
      void this._do(async (session) => {
        const { page, corrections } = this._asked(session.state.config);
        if (reseeded) await (this._laboratory ?? session).configure({}, page);
        const { selection, corrections: before } = session.state;
        session.select(selection, [...before.filter((sentence) => !/^(seeds|round) /.test(sentence)), ...corrections]);
      });
    }
    const gone = !this.isConnected && !this.session;
    if (gone || this._laboratory || this._missing.length > 0 || this.hasAttribute('address')) return;
    // Who takes the figure away from a run that is under way goes on seeing it.
    const figure = this.figure ?? (this.session && this._exhibit ? this._exhibit.name : OVERVIEW);
    if (this._exhibit?.name !== figure) {
      this._exhibit?.end();
      this._exhibit = new Exhibit(figure, () => this.requestUpdate());
      if (this._near) void this._exhibit.show();
      if (this.session) this._exhibit.attach(this.session);
    } else if (!changed.has('round')) return;
    this._exhibit.choose({ round: this._asked().page.round ?? undefined });
  }

  /** Whoever pressed the button of the façade by key goes on where the verbs took its place. */
  updated() {
    if (this._exhibit && this._held?.isConnected === false) /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.toolbar button'))?.focus();
  }
}
