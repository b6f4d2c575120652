/**
 * The session and the address bar, kept alike: what is chosen is written there, and what is typed, pasted or gone back to is
 * obeyed. Changes of the config make history entries; looking at another round, seed or figure does not.
 */
import { readAddress, writeAddress } from '../engine/page-address.js';
import { armsOf } from '../engine/state.js';
import { LOOKS } from './board.js';

/** @typedef {import('../engine/session.js').Session} Session */

export class AddressBinding {
  #session;
  #board;
  #read = () => void this.read();
  /** What the address said or was made to say last. */
  #written = '';

  #opened;

  /**
   * @param {Session} session
   * @param {Pick<import('./board.js').Board, 'look' | 'show'>} board
   * @param {() => Promise<void>} opened  called when another run was opened from the address
   */
  constructor(session, board, opened) {
    this.#session = session;
    this.#board = board;
    this.#opened = opened;
  }

  /** Opens what the address says, and listens from then on. */
  async begin() {
    addEventListener('popstate', this.#read);
    addEventListener('hashchange', this.#read);
    await this.read(true);
  }

  end() {
    removeEventListener('popstate', this.#read);
    removeEventListener('hashchange', this.#read);
  }

  async read(first = false) {
    const { hash } = location;
    if (!first && hash === this.#written) return;
    const { engine, anchor } = readAddress(hash);
    // An anchor leads somewhere on the page and says nothing about the run that is there.
    if (anchor !== null && anchor !== '' && !first) return;
    // At once, because one step through the history is told twice: as popstate and as hashchange.
    this.#written = hash;
    const session = this.#session;
    const before = session.state.config ? await this.#engineAddress() : null;
    const asked = await session.engine('config_from_address', engine);
    const now = await session.engine('config_to_address', asked.config);
    // Somebody was faster, by Back and Forward or in the settings.
    if (this.#written !== hash) return;
    const { page, corrections } = readAddress(hash, asked.config, LOOKS);
    if (before !== now || session.state.seeds !== page.seeds || asked.corrections.length > 0) {
      await session.open(engine, { seeds: page.seeds, corrections });
      if (!first) await this.#opened();
    }
    const arms = armsOf(asked.config);
    const arm = page.arm ?? (arms.includes('ticket') ? 'ticket' : arms[0]);
    const selection = page.round === null ? null : { seed: page.atSeed ?? asked.config.seed, arm, round: page.round };
    session.select(selection, [...corrections, ...asked.corrections]);
    this.#board.show(/** @type {import('./board.js').Look} */ (page.figure ?? LOOKS[0]));
  }

  /**
   * Writes what is chosen.
   * @param {{push?: boolean}} [options]  push: a history entry of its own
   */
  async write({ push = false } = {}) {
    const hash = await this.link();
    if (hash === this.#written) return;
    this.#written = hash;
    history[push ? 'pushState' : 'replaceState'](null, '', hash);
  }

  /** The fragment that leads to what is shown. */
  async link() {
    const { config, seeds, selection } = this.#session.state;
    const { look } = this.#board;
    return writeAddress(await this.#engineAddress(), {
      seeds,
      round: selection?.round ?? null,
      arm: selection?.arm ?? null,
      atSeed: selection && selection.seed !== config?.seed ? selection.seed : null,
      figure: look === LOOKS[0] ? null : look,
    });
  }

  #engineAddress() {
    return this.#session.engine('config_to_address', this.#session.state.config);
  }
}
