/**
 * The laboratory: controls, settings, figures and results around one session. It draws into the element that owns it and keeps
 * what is the view's alone: hints, refusals, which figure is looked into.
 */
import { html, nothing } from 'lit';
import { messageOf } from '../engine/protocol.js';
import { saveBlob, svgBlob } from '../figures/save.js';
import { AddressBinding } from './address-binding.js';
import { Board } from './board.js';
import { DataDrop } from './data-drop.js';
import { figures } from './figures.js';
import { FIRST_FIELDS, armsControl, fieldControl, seedsControl } from './fields.js';
import { Keeper } from './keeper.js';
import { notes } from './notes.js';
import { posterOf } from './poster.js';
import { liveSentence, progressBar, statusSentence } from './progress.js';
import { resultsPanel } from './results.js';
import { toolbar } from './toolbar.js';

/**
 * @typedef {import('../engine/session.js').Session} Session
 * @typedef {import('../engine/state.js').Selection} Selection
 * @typedef {import('./words.js').Words} Words
 */

const MOVEMENT_MS = 900;

/** A dense ticket of a network far larger than any offered here. */
const LARGEST_TICKET = 100_000_000;

const DRAGS = /** @type {const} */ (['dragover', 'drop']);

/** Fields with a control of their own. */
const OWN_CONTROLS = new Set(['arms', 'data']);

export class Laboratory {
  #host;
  #session;
  #board;
  #drop;
  #keeper;
  /** @type {AddressBinding | null} */ #address = null;
  /** @type {(() => Promise<void>) | null} */ #open = null;
  #hint = '';
  #said = '';
  /** The engine's sentence about what was typed, by field. @type {Record<string, string>} */ #refusals = {};
  /** @type {Words | null} */ #words = null;
  /** The last ticket file that was not opened, and why. @type {string[]} */
  #openRefusal = [];
  /** Whether the reader wants the run to pause while the tab is hidden, and whether it did. */
  #rests = false;
  #resting = false;
  #seen = () => this.#visibility();
  /** What is dropped would take the place of the page and of its runs; only a text may go into a field. @param {DragEvent} event */
  #dragged = (event) => {
    const { type, dataTransfer } = event;
    if (event.composedPath()[0] instanceof HTMLInputElement && !dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (type === 'drop') void this.#dropped([...(dataTransfer?.files ?? [])]);
  };
  #unwatch;

  /**
   * @param {import('lit').LitElement} host
   * @param {Session} session
   */
  constructor(host, session) {
    this.#host = host;
    this.#session = session;
    const update = () => host.requestUpdate();
    this.#board = new Board(session, update);
    this.#drop = new DataDrop(session, update, () => this.#changed());
    this.#keeper = new Keeper(session, update);
    document.addEventListener('visibilitychange', this.#seen);
    for (const name of DRAGS) host.addEventListener(name, this.#dragged);
    this.#unwatch = session.watch((name, detail) => this.#happened(name, detail));
  }

  /** @param {(() => Promise<void>) | null} open  begins the run; that of the address when null */
  async begin(open) {
    this.#open = open;
    try {
      if (open) await open();
      else {
        this.#address ??= new AddressBinding(this.#session, this.#board, async () => {
          await this.#keeper.take(await this.#id());
          this.#board.refresh();
        });
        await this.#address.begin();
      }
      await this.#keeper.begin(await this.#id(), { restore: !open });
      this.#board.refresh();
    } catch {
      // A worker that did not start was reported by the session.
    }
  }

  /** Once more, where the engine did not start. */
  again() {
    return this.begin(this.#open);
  }

  end() {
    this.#unwatch();
    document.removeEventListener('visibilitychange', this.#seen);
    for (const name of DRAGS) this.#host.removeEventListener(name, this.#dragged);
    this.#address?.end();
    this.#keeper.end();
    this.#board.dispose();
  }

  #visibility() {
    if (document.hidden && this.#rests && this.#session.state.going) {
      this.#resting = true;
      this.#session.pause();
    } else if (!document.hidden && this.#resting) {
      this.#resting = false;
      this.#session.resume();
    }
  }

  /** Names a run for the list of kept ones. */
  async #id() {
    const { state } = this.#session;
    return `${await this.#session.engine('config_to_address', state.config)}&seeds=${state.seeds}`;
  }

  /** @param {import('../engine/session.js').Happening} name @param {any} detail */
  #happened(name, detail) {
    const said = liveSentence(name, detail, this.#session.state, this.#words);
    if (said) this.#say(said);
    if (name === 'statechange' && detail.phase === 'training') void this.#address?.write();
  }

  /** @param {string} sentence  for those who listen */
  #say(sentence) {
    this.#said = sentence;
    this.#host.requestUpdate();
  }

  // --- verbs with a picture of their own ---------------------------------------------------------------------------------------

  /** @returns {any} */
  get #connections() {
    return this.#host.renderRoot.querySelector('lt-connections');
  }

  async prune() {
    this.#board.holdFor(this.#fade());
    await this.#session.prune();
  }

  /** The smallest weights fade out of the picture, up to where the rule cuts each layer. */
  async #fade() {
    const picture = this.#connections;
    if (!picture?.data?.weights || this.#board.shown.round !== this.#board.newest.round) return;
    const weights = await this.#board.ask('weights');
    const cuts = weights?.layers.slice(1).map((/** @type {any} */ { cut }) => cut ?? 0);
    if (cuts) await picture.fade?.(0, cuts, MOVEMENT_MS);
  }

  async rewind() {
    const picture = this.#connections;
    this.#board.holdFor(picture?.data?.weights && picture.rewind?.(MOVEMENT_MS));
    await this.#session.rewind();
  }

  /** @param {import('./toolbar.js').Verb} verb */
  #act(verb) {
    if (!this.#session.state.config) void this.again();
    else if (verb === 'prune') void this.prune();
    else if (verb === 'rewind') void this.rewind();
    else void this.#session[verb]();
  }

  // --- choosing ----------------------------------------------------------------------------------------------------------------

  /** @param {Record<string, any>} changes @param {{seeds?: number}} [options] */
  async configure(changes, options) {
    await this.#session.configure(changes, options);
    await this.#changed();
  }

  async #changed() {
    await this.#address?.write({ push: true });
    this.#keeper.name(await this.#id());
    this.#board.refresh();
  }

  /** @param {string} name @param {string} text */
  async #change(name, text) {
    try {
      await this.configure({ [name]: text === '' ? null : text });
      this.#refusals = {};
    } catch (error) {
      this.#refusals = { ...this.#refusals, [name]: messageOf(error) };
    }
    this.#host.requestUpdate();
  }

  /** @param {{round: number, arm?: string, seed?: number}} choice */
  select({ round, arm, seed }) {
    const { newest } = this.#board;
    this.#session.select({ seed: seed ?? newest.seed, arm: (arm !== 'dense' && arm) || newest.arm, round });
    this.#board.refresh();
    void this.#address?.write();
  }

  /**
   * A finished round as a ticket file.
   * @param {{seed?: number, arm?: string, round?: number}} which  the round that is shown, unless told
   * @param {'dense' | 'sparse' | 'sparse-trained'} form
   * @returns {Promise<Uint8Array | null>}
   */
  async ticket(which, form) {
    const selection = { ...this.#board.shown, ...which };
    return this.#session.ticket(selection) ? this.#session.ask(selection, 'ticketFile', form) : null;
  }

  /** @param {'dense' | 'sparse'} form */
  async #saveTicket(form) {
    const { seed, arm, round } = this.#board.shown;
    const file = await this.ticket({}, form);
    if (!file) return;
    const blob = new Blob([new Uint8Array(file)], { type: 'application/octet-stream' });
    saveBlob(blob, `lottery-ticket-seed-${seed}-${arm}-round-${round}-${form}.safetensors`);
  }

  async #savePoster() {
    const { config, lines } = this.#session.state;
    const words = this.#words;
    const figures = ['lt-ladder', 'lt-connections'].map((name) => /** @type {any} */ (this.#host.renderRoot.querySelector(name)));
    if (!config || !words) return;
    const { seed, round } = this.#board.shown;
    const poster = await posterOf({
      results: Object.values(lines).flatMap(({ results }) => results),
      round, config, figures, words,
      // On somebody else's page the address leads to where the run was seen, and no further: the settings are on the sheet.
      address: new URL((await this.#address?.link()) ?? '', location.href).href,
    });
    saveBlob(svgBlob(poster), `lottery-ticket-seed-${seed}.svg`);
  }

  /** @param {File} file */
  async #openTicket(file) {
    this.#openRefusal = [];
    try {
      if (file.size > LARGEST_TICKET) throw new Error(`${file.name} has ${file.size} bytes; ticket files of up to ${LARGEST_TICKET} bytes are read.`);
      const { round } = await this.#session.openTicket(new Uint8Array(await file.arrayBuffer()));
      await this.#changed();
      this.#say((this.#hint = this.#words?.t('live.opened', { name: file.name, round }) ?? ''));
    } catch (error) {
      this.#openRefusal = [file.name, messageOf(error)];
    }
    this.#host.requestUpdate();
  }

  /** @param {File[]} files */
  async #dropped(files) {
    const isTicket = (/** @type {File} */ { name }) => /\.safetensors$/i.test(name);
    const ticket = files.find(isTicket);
    const others = files.filter((file) => !isTicket(file));
    if (ticket) await this.#openTicket(ticket);
    if (!ticket || others.length > 0) await this.#drop.take(others);
    await this.#host.updateComplete;
    // What became of it may be said out of sight.
    this.#host.renderRoot.querySelector(ticket ? '[part=results] .refusal' : '.drop')?.scrollIntoView({ block: 'nearest' });
  }

  async #newSeed() {
    await this.configure({ seed: await this.#session.engine('new_seed') });
  }

  /** What differs from the preset, as attributes of an element on somebody's page. */
  async #embed() {
    const { config } = this.#session.state;
    if (!config || !this.#words) return;
    const [{ openEmbedDialog }, address] = await Promise.all([import('../embed/dialog.js'), this.#session.engine('config_to_address', config)]);
    const fields = [...new URLSearchParams(address.replace(/^#/, ''))].map(([name, value]) => [name.replaceAll('_', '-'), value]);
    const some = Object.values(this.#session.state.lines).some(({ results }) => results.length > 0);
    openEmbedDialog(Object.fromEntries(fields), this.#words.lang, some ? () => void this.#savePoster() : null);
  }

  /** @param {AddressBinding} address */
  async #copyLink(address) {
    const { round, arm, seed } = this.#board.shown;
    if (!this.#words) return;
    const hash = await address.link();
    const here = hash.includes('round=') || !this.#session.ticket({ round, arm, seed }) ? hash : `${hash}&round=${round}`;
    try {
      await navigator.clipboard.writeText(new URL(here, location.href).href);
      this.#hint = this.#words.t('live.linkCopied');
    } catch {
      history.replaceState(null, '', here);
      this.#hint = this.#words.t('live.linkNotCopied');
    }
    this.#say(this.#hint);
  }

  // --- looks -------------------------------------------------------------------------------------------------------------------

  /**
   * @param {Words} words
   * @param {(verb: string) => boolean} shows
   */
  render(words, shows) {
    this.#words = words;
    const { state } = this.#session;
    const address = this.#address;
    return html`
      ${notes({ state, words, retry: () => (state.config ? this.#session.retryData() : void this.again()), restored: this.#keeper.restored })}
      <div class="bench">
        ${toolbar({
          state, words, hint: this.#hint, shows,
          act: (verb) => this.#act(verb),
          explain: (hint) => {
            this.#hint = hint;
            this.#host.requestUpdate();
          },
        })}
        ${progressBar({ state, words, workers: this.#session.workers })}
      </div>
      <p class="live" role="status">${this.#said}</p>
      ${state.config ? this.#settings(state, words) : nothing}
      ${figures({
        board: this.#board, words,
        select: (choice) => this.select(choice),
        update: () => {
          this.#host.requestUpdate();
          void address?.write();
        },
        pruneBy: (where) => void this.#session.pruneBy(where),
        undoPrune: () => void this.#session.undoPrune().then(() => this.#say(statusSentence(this.#session.state, words))),
      })}
      ${state.config ? html`${resultsPanel({
        state, words,
        hasTicket: this.#session.ticket(this.#board.shown) !== null,
        saveTicket: (form) => void this.#saveTicket(form),
        savePoster: () => void this.#savePoster(),
        openTicket: (file) => void this.#openTicket(file),
        refusal: this.#openRefusal.map(words.said).join(': '),
        // Somebody else's page would not read the link.
        own: address && { copyLink: () => void this.#copyLink(address), embed: () => void this.#embed() },
      })}
      ${this.#drop.render(words)}
      ${this.#keeper.render(words)}` : nothing}
    `;
  }

  /** @param {import('../engine/state.js').State} state @param {Words} words */
  #settings({ fields, config, seeds }, words) {
    if (!config) return nothing;
    const control = (/** @type {import('./fields.js').Field} */ field) =>
      fieldControl({ field, value: config[field.name], refusal: this.#refusals[field.name] ?? '', words, change: (...args) => void this.#change(...args) });
    const first = FIRST_FIELDS.flatMap((name) => fields.filter((field) => field.name === name));
    const rest = fields.filter(({ name }) => !FIRST_FIELDS.includes(name) && !OWN_CONTROLS.has(name));
    const arms = fields.find(({ name }) => name === 'arms');
    return html`<section class="section" part="settings" aria-label=${words.t('section.settings')}>
      <div class="fields">${first.map(control)}</div>
      <p class="row">
        <button type="button" part="button" @click=${() => void this.#newSeed()}>${words.t('verb.newSeed')}</button>
      </p>
      <details class="more">
        <summary>${words.t('section.more')}</summary>
        ${arms ? armsControl({ field: arms, value: config.arms, refusal: this.#refusals.arms ?? '', words, armName: (arm) => words.t(`arm.${arm}`), change: (...args) => void this.#change(...args) }) : nothing}
        <div class="fields more-fields">
          ${seedsControl({ seeds, words, change: (count) => void this.configure({}, { seeds: count }) })}
          ${rest.map(control)}
        </div>
        <p class="row rests">
          <input type="checkbox" id="rests" .checked=${this.#rests} @change=${(/** @type {Event} */ event) => (this.#rests = /** @type {HTMLInputElement} */ (event.target).checked)} />
          <label for="rests">${words.t('field.rests')}</label>
        </p>
      </details>
    </section>`;
  }

}
