// The reader's own images: dropped or chosen, checked, and used in place of MNIST.
import { html, nothing } from 'lit';
import { pairUp, place, readIdxFile, supplyOf } from '../engine/own-data.js';
import { messageOf } from '../engine/protocol.js';

/** @typedef {import('../engine/own-data.js').Pairs} Pairs */

let counted = 0;

export class DataDrop {
  #session;
  #update;
  #changed;
  /** @type {Pairs} */ #pairs = { train: null, test: null };
  #refusal = '';
  #over = false;

  /**
   * @param {import('../engine/session.js').Session} session
   * @param {() => void} update
   * @param {() => void} changed  the config has changed
   */
  constructor(session, update, changed) {
    this.#session = session;
    this.#update = update;
    this.#changed = changed;
  }

  /** @param {File[]} files */
  async take(files) {
    this.#over = false;
    try {
      const pairs = place(pairUp(await Promise.all(files.map(readIdxFile))), this.#pairs);
      if (pairs.train && pairs.test) await this.#use(pairs.train, pairs.test);
      this.#pairs = pairs;
      this.#refusal = '';
    } catch (error) {
      this.#refusal = messageOf(error);
    }
    this.#update();
  }

  /**
   * @param {import('../engine/own-data.js').Pair} train
   * @param {import('../engine/own-data.js').Pair} test
   */
  async #use(train, test) {
    const { config } = this.#session.state;
    counted += 1;
    this.#session.useOwnData(supplyOf(train, test, `own-${counted}`));
    const validation = Math.min(config?.validation ?? 0, Math.max(1, Math.floor(train.count / 6)));
    const examples = Math.min(config?.examples ?? 0, train.count - validation);
    await this.#session.configure({ data: 'own', validation, examples, test: Math.min(config?.test ?? 0, test.count) });
    this.#changed();
  }

  async #back() {
    this.#pairs = { train: null, test: null };
    this.#session.useOwnData(null);
    await this.#session.configure({ data: 'mnist' });
    this.#changed();
  }

  /** @param {import('./words.js').Words} words */
  render(words) {
    const hover = (/** @type {boolean} */ over) => () => {
      this.#over = over;
      this.#update();
    };
    const choose = (/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      void this.take([...(input.files ?? [])]);
      input.value = '';
    };
    return html`<section class="section" part="data">
      <h3>${words.t('section.data')}</h3>
      <div class=${this.#over ? 'drop over' : 'drop'} @dragover=${hover(true)} @dragleave=${hover(false)}>
        <p>${words.t('data.explain')}</p>
        <p class="row">
          <label class="file">${words.t('data.choose')}<input type="file" multiple @change=${choose} /></label>
          ${this.#session.state.config?.data === 'own' ? html`<button type="button" part="button" @click=${() => void this.#back()}>${words.t('data.back')}</button>` : nothing}
        </p>
        <p role="status">${this.#sentence(words)}</p>
        ${this.#refusal ? html`<p class="refusal" role="alert">${words.said(this.#refusal)}</p>` : nothing}
      </div>
    </section>`;
  }

  /** @param {import('./words.js').Words} words */
  #sentence(words) {
    const { train, test } = this.#pairs;
    if (train && test) return words.t('data.used', { train: words.number(train.count), test: words.number(test.count), name: train.images.name });
    const half = train ?? test;
    return half ? words.t(train ? 'data.half' : 'data.halfTest', { name: half.images.name, count: words.number(half.count) }) : '';
  }
}
