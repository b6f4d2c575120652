// What to paste into a page of one's own, shown live, with its weight.
import { LitElement, css, html, nothing } from 'lit';
import { home } from '../engine/home.js';
import { t } from '../strings/index.js';
import { expectedBytes } from '../lab/progress.js';
import { styles } from '../lab/styles.js';
import { wordsIn } from '../lab/words.js';
import { FIGURES } from './picture.js';
import { elementSnippet, frameAddress, frameSnippet } from './snippets.js';

/** @typedef {Record<string, {bytes: number, gzip: number}>} Weights */

export class LtEmbed extends LitElement {
  static properties = { wishes: { attribute: false }, poster: { attribute: false }, figure: { state: true }, form: { state: true }, weights: { state: true }, said: { state: true } };
  static styles = [
    styles,
    css`
      dialog {
        inline-size: min(52rem, calc(100vw - 2rem));
        max-block-size: calc(100vh - 2rem);
        padding: 1rem 1.25rem;
        border: 1px solid var(--_line);
        border-radius: 8px;
        background: var(--_bg);
        color: var(--_fg);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.5);
      }
      .top {
        flex-wrap: nowrap;
        justify-content: space-between;
        margin-block-end: 0.75rem;
      }
      .choices {
        column-gap: 1.5rem;
      }
      .choices * {
        max-inline-size: 100%;
      }
      .choices select {
        inline-size: auto;
      }
      textarea {
        display: block;
        inline-size: 100%;
        block-size: 9.5rem;
        margin-block: 0.75rem;
        padding: 0.5rem;
        border: 1px solid var(--_strong-line);
        border-radius: 6px;
        background: var(--_surface);
        color: inherit;
        font: 0.8125rem/1.5 var(--lt-mono, ui-monospace, monospace);
        resize: vertical;
        white-space: pre;
      }
      .preview {
        margin-block-start: 1rem;
        padding: 0.75rem;
        border: 1px dashed var(--_strong-line);
      }
      iframe {
        inline-size: 100%;
        border: 0;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Record<string, string>} fields of the config that differ from the preset */
    this.wishes = {};
    /** '' is the whole laboratory. */
    this.figure = 'race';
    /** @type {'element' | 'frame'} */
    this.form = 'element';
    /** Saves the run that is shown as a picture; null while there is none. @type {(() => void) | null} */
    this.poster = null;
    /** @type {Weights | null} */
    this.weights = null;
    this.said = '';
    /** @private @type {{sign: string, element: HTMLElement} | null} what is previewed */
    this._shown = null;
    /** @private @param {MessageEvent} event */
    this._hear = ({ source, origin, data }) => {
      const frame = this.renderRoot.querySelector('iframe');
      if (!frame || source !== frame.contentWindow || origin !== location.origin) return;
      if (data?.type === 'lottery-ticket:height' && data.height > 0 && data.height < 10_000) frame.height = String(Math.ceil(data.height));
    };
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('message', this._hear);
    void this._weigh();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('message', this._hear);
  }

  /** @private */
  async _weigh() {
    try {
      const response = await fetch(new URL('standalone/weights.json', home()));
      if (response.ok) this.weights = await response.json();
    } catch {
      // Without a connection the snippet is as good; only its weight is not known.
    }
  }

  firstUpdated() {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  /** @private @param {string} key @param {Record<string, string | number>} [params] */
  _t(key, params) {
    return t(this.lang || 'en', `embed.${key}`, params);
  }

  /** @private */
  get _wishes() {
    return { ...(this.figure ? { figure: this.figure } : {}), ...this.wishes };
  }

  /** @private */
  get _snippet() {
    const site = new URL('.', home()).href;
    return this.form === 'element' ? elementSnippet(site, this._wishes) : frameSnippet(site, this._wishes);
  }

  /** @private */
  async _copy() {
    try {
      await navigator.clipboard.writeText(this._snippet);
      this.said = this._t('copied');
    } catch {
      this.renderRoot.querySelector('textarea')?.select();
      this.said = this._t('notCopied');
    }
  }

  /** @private */
  _close() {
    this.renderRoot.querySelector('dialog')?.close();
  }

  render() {
    const figures = [...FIGURES, ''];
    const form = (/** @type {'element' | 'frame'} */ name, /** @type {string} */ label) =>
      html`<label class="row"><input type="radio" name="form" .checked=${this.form === name} @change=${() => { this.form = name; this.said = ''; }} />${label}</label>`;
    const choose = (/** @type {Event} */ event) => {
      this.figure = /** @type {HTMLSelectElement} */ (event.target).value;
      this.said = '';
    };
    return html`<dialog aria-labelledby="title" @close=${() => this.remove()}>
      <div class="row top">
        <h3 id="title">${this._t('title')}</h3>
        <button type="button" @click=${() => this._close()}>${this._t('close')}</button>
      </div>
      <div class="row choices">
        <label class="row">${this._t('figure')} <select @change=${choose}>${figures.map((name) => html`<option value=${name} .selected=${name === this.figure}>${name ? t(this.lang, `${name}.title`) : this._t('laboratory')}</option>`)}</select></label>
        ${form('element', this._t('asElement'))} ${form('frame', this._t('asFrame'))}
      </div>
      <textarea readonly spellcheck="false" aria-label=${this._t('snippet')} .value=${this._snippet}></textarea>
      <div class="row">
        <button type="button" class="primary" @click=${() => void this._copy()}>${this._t('copy')}</button>
        ${this.poster ? html`<button type="button" @click=${this.poster}>${this._t('poster')}</button>` : nothing}
        <span role="status">${this.said}</span>
      </div>
      ${this._weight()}
      <div class="preview" role="region" aria-label=${this._t('preview')}>${this._preview()}</div>
    </dialog>`;
  }

  /** @private */
  _weight() {
    const { weights } = this;
    if (!weights) return nothing;
    const { bytes } = wordsIn(this.lang || 'en');
    const first = weights['lottery-ticket.js'].gzip + weights['recorded/lesson.json'].gzip;
    return html`<p class="help">${this._t('weight', { first: bytes(first), engine: bytes(weights['engine.wasm'].gzip), data: bytes(expectedBytes((name) => this.wishes[name])) })}</p>`;
  }

  /** @private */
  _preview() {
    const wishes = this._wishes;
    if (this.form === 'frame') return html`<iframe title=${this._t('preview')} height="640" src=${frameAddress(new URL('.', home()).href, wishes)}></iframe>`;
    const sign = JSON.stringify(wishes);
    if (this._shown?.sign !== sign) {
      const element = document.createElement('lottery-ticket');
      for (const [name, value] of Object.entries(wishes)) element.setAttribute(name, value);
      if (this.lang) element.lang = this.lang;
      this._shown = { sign, element };
    }
    return html`${this._shown.element}`;
  }
}

/**
 * @param {Record<string, string>} wishes
 * @param {string} lang
 * @param {(() => void) | null} poster
 */
export function openEmbedDialog(wishes, lang, poster) {
  if (!customElements.get('lt-embed')) customElements.define('lt-embed', LtEmbed);
  const dialog = new LtEmbed();
  dialog.wishes = wishes;
  dialog.poster = poster;
  dialog.lang = lang;
  document.body.append(dialog);
}
