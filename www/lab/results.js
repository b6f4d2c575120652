// What can be taken away: the link, the ticket, the numbers.
import { html } from 'lit';
import { seedsOf } from '../engine/state.js';
import { saveFile, toCsv, toJson } from './downloads.js';

/**
 * @param {object} view
 * @param {import('../engine/state.js').State} view.state
 * @param {import('./words.js').Words} view.words
 * @param {() => Uint8Array | null} view.ticket
 * @param {import('../engine/state.js').Selection} view.shown
 * @param {() => void} view.copyLink
 */
export function resultsPanel({ state, words, ticket, shown, copyLink }) {
  const results = Object.values(state.lines).flatMap((line) => line.results);
  const nothingYet = results.length === 0;
  const name = `lottery-ticket-seed-${seedsOf(state)[0] ?? 0}`;
  const saveTicket = () => {
    const file = ticket();
    if (file) saveFile(`${name}-${shown.arm}-round-${shown.round}.safetensors`, 'application/octet-stream', new Uint8Array(file));
  };
  const button = (/** @type {string} */ verb, /** @type {() => void} */ act, /** @type {boolean} */ can) => html`<button
    type="button"
    part="button"
    aria-disabled=${can ? 'false' : 'true'}
    aria-describedby=${can ? '' : 'why-results'}
    @click=${() => can && act()}
  >${words.t(`verb.${verb}`)}</button>`;
  return html`<section class="section" part="results">
    <div class="row">
      ${button('copyLink', copyLink, true)}
      ${button('saveTicket', saveTicket, ticket() !== null)}
      ${button('saveCsv', () => saveFile(`${name}.csv`, 'text/csv', toCsv(results)), !nothingYet)}
      ${button('saveJson', () => saveFile(`${name}.json`, 'application/json', toJson(state.config, seedsOf(state), results)), !nothingYet)}
      <span id="why-results" class="said">${words.t('why.trainFirst')}</span>
    </div>
  </section>`;
}
