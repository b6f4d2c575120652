// Sentences above everything: what was corrected, what failed, what was restored.
import { html, nothing } from 'lit';

/**
 * @param {object} view
 * @param {import('../engine/state.js').State} view.state
 * @param {import('./words.js').Words} view.words
 * @param {() => void} view.retry
 * @param {{round: number, step: number, said: string} | null} view.restored
 */
export function notes({ state, words, retry, restored }) {
  const { corrections, error, data } = state;
  const alert = (/** @type {string} */ sentence, /** @type {unknown} */ then) => html`<div class="note warn" role="alert" part="note"><p>${words.said(sentence)}</p>${then}</div>`;
  const again = html`<button type="button" part="button" @click=${retry}>${words.t('verb.tryAgain')}</button>`;
  return html`
    ${corrections.length > 0
      ? html`<div class="note" role="note" part="note"><p>${words.t('notes.title')}</p><ul>${corrections.map((sentence) => html`<li>${words.said(sentence)}</li>`)}</ul></div>`
      : nothing}
    ${data.status === 'failed' ? alert(data.error ?? '', again) : nothing}
    ${error !== null ? alert(error, state.config ? html`<p>${words.t('error.goOn')}</p>` : again) : nothing}
    ${restored ? html`<p class="note" part="note">${words.t(restored.said, { round: restored.round, step: words.number(restored.step) })}</p>` : nothing}
  `;
}
