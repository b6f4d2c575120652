// What can be taken away, and brought back: the link, the ticket, the numbers.
import { html, nothing } from 'lit';
import { seedsOf } from '../engine/state.js';
import { saveBlob } from '../figures/save.js';
import { toCsv, toJson } from './downloads.js';

/**
 * @param {object} view
 * @param {import('../engine/state.js').State} view.state
 * @param {import('./words.js').Words} view.words
 * @param {boolean} view.hasTicket  the round that is shown can be saved
 * @param {(form: 'dense' | 'sparse') => void} view.saveTicket
 * @param {() => void} view.savePoster
 * @param {(file: File) => void} view.openTicket
 * @param {string} view.refusal  why the last file was not opened
 * @param {{copyLink: () => void, embed: () => void} | null} view.own  on the page itself
 */
export function resultsPanel({ state, words, hasTicket, saveTicket, savePoster, openTicket, refusal, own }) {
  const results = Object.values(state.lines).flatMap((line) => line.results);
  const some = results.length > 0;
  const save = (/** @type {string} */ kind, /** @type {string} */ type, /** @type {string} */ content) =>
    saveBlob(new Blob([content], { type }), `lottery-ticket-seed-${seedsOf(state)[0] ?? 0}.${kind}`);
  const button = (/** @type {string} */ verb, /** @type {() => void} */ act, can = true) => html`<button
    type="button"
    part="button"
    aria-disabled=${can ? 'false' : 'true'}
    aria-describedby=${can ? nothing : 'why-results'}
    @click=${() => can && act()}
  >${words.t(`verb.${verb}`)}</button>`;
  const choose = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.files?.[0]) openTicket(input.files[0]);
    input.value = '';
  };
  return html`<section class="section" part="results">
    <h3>${words.t('section.take')}</h3>
    <div class="row">
      ${own && html`${button('copyLink', own.copyLink)}<button type="button" part="button" aria-haspopup="dialog" @click=${own.embed}>${words.t('embed.embed')}</button>`}
      ${button('saveTicket', () => saveTicket('dense'), hasTicket)}
      ${button('saveSparse', () => saveTicket('sparse'), hasTicket)}
      <label class="file">${words.t('verb.openTicket')}<input type="file" accept=".safetensors" @change=${choose} /></label>
      ${button('savePoster', savePoster, some)}
      ${button('saveCsv', () => save('csv', 'text/csv', toCsv(results)), some)}
      ${button('saveJson', () => save('json', 'application/json', toJson(state.config, seedsOf(state), results)), some)}
      <span id="why-results" class="said">${words.t('why.trainFirst')}</span>
    </div>
    <p class="help">${words.t('help.ticket')}</p>
    ${refusal ? html`<p class="refusal" role="alert">${refusal}</p>` : nothing}
  </section>`;
}
