/**
 * Keeps the session's run on the device while it goes, takes it up again after a reload, and lists the kept ones.
 */
import { html } from 'lit';
import { leadLine, phaseOf } from '../engine/plan.js';
import { KeptRuns } from './kept-runs.js';

/** @typedef {import('./kept-runs.js').KeptRun} KeptRun */

const FIRST_MS = 2000;
const EVERY_MS = 10_000;
/** Writing megabytes takes time from the page: short rounds are written a few at once. */
const SELDOM_MS = 4000;

/** Whether the page was left and is there again, rather than opened. */
const isBack = () => /** @type {PerformanceNavigationTiming} */ (performance.getEntriesByType('navigation')[0])?.type !== 'navigate';

/** @param {string} id */
const lockOf = (id) => `lottery-ticket ${id}`;

/**
 * Says whether no other tab trains a run; none begins to by itself meanwhile. A browser without locks knows of no other.
 * @param {string} id
 * @param {(alone: boolean) => void} act
 */
const whileAlone = async (id, act) => (navigator.locks ? navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => act(lock !== null)) : act(true));

export class Keeper {
  #session;
  #update;
  #kept = new KeptRuns();
  /** @type {KeptRun[]} */ #list = [];
  #id = '';
  /** When a run in progress is written next; null: it has just begun. @type {number | null} */ #due = null;
  #unwatch;
  #unsubscribe;
  /** While it trains. @type {(() => void) | null} */ #letGo = null;
  /** @type {{round: number, step: number, said: string} | null} where a restored run stood, and what is said of it */ restored = null;

  /**
   * @param {import('../engine/session.js').Session} session
   * @param {() => void} update
   */
  constructor(session, update) {
    this.#session = session;
    this.#update = update;
    this.#unwatch = session.watch((name, detail) => {
      const now = performance.now();
      if (name === 'statechange' || name === 'round') this.restored = null;
      if (name === 'statechange' && detail.phase === 'training') this.#due = null;
      if (name === 'statechange' && ['paused', 'trained'].includes(detail.phase)) void this.#save();
      if (name !== 'progress' && name !== 'round') return;
      this.#due ??= now + FIRST_MS;
      if (now > this.#due - (name === 'round' ? EVERY_MS - SELDOM_MS : 0)) void this.#save();
    });
    this.#unsubscribe = session.subscribe(({ going }) => this.#hold(going));
  }

  /** @param {string} id @param {{restore: boolean}} options */
  async begin(id, { restore }) {
    this.#id = id;
    this.#list = await this.#kept.list();
    if (restore && this.#list.some((run) => run.id === id)) await this.#restore(id, isBack());
    this.#update();
  }

  /** @param {string} id */
  name(id) {
    if (id === this.#id) return;
    this.#hold(false);
    this.#id = id;
    this.restored = null;
  }

  /** Another run was opened: what is kept of it is taken up. @param {string} id */
  async take(id) {
    this.name(id);
    if (this.#list.some((run) => run.id === id)) await this.#restore(id);
    this.#update();
  }

  end() {
    this.#unwatch();
    this.#unsubscribe();
    this.#hold(false);
  }

  /** What trains here goes on by itself in no other tab. @param {boolean} going */
  #hold(going) {
    if (going === Boolean(this.#letGo)) return;
    this.#letGo?.();
    this.#letGo = null;
    if (!going) return;
    const held = new Promise((/** @type {(value: void) => void} */ letGo) => {
      this.#letGo = letGo;
    });
    navigator.locks?.request(lockOf(this.#id), { mode: 'shared' }, () => held).catch(() => {});
  }

  /** @param {string} id @param {boolean} [goOn]  what the reader had asked for and did not stop */
  async #restore(id, goOn = false) {
    const snapshot = await this.#kept.load(id);
    if (!snapshot) return;
    await whileAlone(id, (alone) => {
      if (!this.#session.restore(snapshot, goOn && alone)) return;
      const { going } = this.#session.state;
      const lead = leadLine(this.#session.state);
      const said = going ? 'runs.goesOn' : alone ? 'runs.restored' : 'runs.elsewhere';
      if (lead && (going || lead.phase !== 'idle')) this.restored = { round: lead.round, step: lead.step, said };
    });
  }

  async #save() {
    const id = this.#id;
    const { state } = this.#session;
    const lead = leadLine(state);
    // One's own images are not kept, so neither is a run on them: it could not go on.
    if (!state.config || !lead || id === '' || state.config.data === 'own' || this.#kept.works === false) return;
    this.#due = performance.now() + EVERY_MS;
    const snapshot = await this.#session.snapshot();
    if (id !== this.#id) return;
    /** @type {KeptRun} */
    const run = {
      id, when: Date.now(), seed: state.config.seed, seeds: state.seeds, preset: String(state.config.preset), rounds: state.config.rounds,
      round: lead.round, step: lead.step, finished: phaseOf(this.#session.state) === 'finished',
    };
    await this.#kept.save(run, snapshot);
    this.#list = await this.#kept.list();
    this.#update();
  }

  /** @param {string} id */
  async #forget(id) {
    await this.#kept.forget(id);
    this.#list = await this.#kept.list();
    this.#update();
  }

  /** @param {import('./words.js').Words} words */
  render(words) {
    const when = new Intl.DateTimeFormat(words.lang, { dateStyle: 'medium', timeStyle: 'short' });
    const link = (/** @type {KeptRun} */ { id }) => `#${id.replace(/&seeds=1$/, '')}`;
    return html`<section class="section" part="runs">
      <h3>${words.t('section.runs')}</h3>
      ${this.#kept.works === false
        ? html`<p>${words.t('runs.blocked')}</p>`
        : this.#list.length === 0
          ? html`<p class="help">${words.t('runs.none')}</p>`
          : html`<ul class="runs">${this.#list.map((run) => html`<li>
              <span><a href=${link(run)}>${words.t('runs.one', { seed: run.seed, preset: run.preset, round: run.round, rounds: run.rounds })}</a>, ${when.format(run.when)}</span>
              <button type="button" part="button" aria-label=${`${words.t('verb.forget')}: ${words.t('runs.one', { seed: run.seed, preset: run.preset, round: run.round, rounds: run.rounds })}, ${when.format(run.when)}`} @click=${() => void this.#forget(run.id)}>${words.t('verb.forget')}</button>
            </li>`)}</ul>`}
    </section>`;
  }
}
