// The settings, made from the engine's table of fields: each with its range, its help and, when refused, the engine's sentence.
import { html, nothing } from 'lit';
import { MOST_SEEDS } from '../engine/page-address.js';

/** @typedef {import('../engine/protocol.js').Field & {choiceHelp?: string[], optional?: boolean}} Field */

/** Those that everybody sees; the others are behind "All settings". */
export const FIRST_FIELDS = ['preset', 'seed', 'rate', 'steps', 'examples', 'rounds', 'sizes'];

/** Widths of the paper's figure 31, and the one it is about. */
const NETWORKS = ['25-9', '50-17', '100-30', '150-50', '200-67', '250-75', '300-100', '400-134', '500-167', '600-200', '700-233', '800-267', '900-300', '1000-333'];

/**
 * @param {Field} field
 * @param {any} value
 */
export const textOf = (field, value) => {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(field.kind === 'sizes' ? '-' : ',') : String(value);
};

/**
 * @param {object} view
 * @param {Field} view.field
 * @param {any} view.value
 * @param {string} view.refusal  the engine's sentence about what was last typed here
 * @param {import('./words.js').Words} view.words
 * @param {(name: string, text: string) => void} view.change
 */
export function fieldControl({ field, value, refusal, words, change }) {
  const { name } = field;
  const id = `field-${name}`;
  const text = textOf(field, value);
  const send = (/** @type {Event} */ event) => change(name, /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value);
  const described = `${id}-help${refusal ? ` ${id}-refusal` : ''}`;
  const input = () => {
    if (field.kind === 'choice') {
      return html`<select id=${id} aria-describedby=${described} @change=${send}>
        ${field.choices?.map((choice) => html`<option value=${choice} .selected=${choice === text}>${words.said(choice)}</option>`)}
      </select>`;
    }
    if (field.kind === 'sizes') return networkSelect(id, described, text, send);
    const number = field.kind === 'integer' || field.kind === 'number';
    return html`<input
      id=${id}
      type=${number ? 'number' : 'text'}
      inputmode=${field.kind === 'integer' ? 'numeric' : number ? 'decimal' : nothing}
      min=${number ? (field.min ?? nothing) : nothing}
      max=${number ? (field.max ?? nothing) : nothing}
      step=${field.kind === 'integer' ? '1' : number ? 'any' : nothing}
      placeholder=${field.optional ? words.t('field.auto') : nothing}
      autocomplete="off"
      aria-describedby=${described}
      aria-invalid=${refusal ? 'true' : nothing}
      .value=${text}
      @change=${send}
    />`;
  };
  const chosen = field.choiceHelp?.[field.choices?.indexOf(text) ?? -1];
  const label = words.t(`field.${name}`);
  return html`<div class="field" part="field">
    <label for=${id}>${label}</label>
    ${input()}
    <p class="help" id="${id}-help">${words.said(field.help)}${chosen ? html` <em>${words.said(chosen)}</em>` : nothing}</p>
    ${refusal ? html`<p class="refusal" id="${id}-refusal">${words.said(refusal).replace(new RegExp(`\\b${name}\\b`), label)}</p>` : nothing}
  </div>`;
}

/**
 * @param {string} id
 * @param {string} described
 * @param {string} text
 * @param {(event: Event) => void} send
 */
function networkSelect(id, described, text, send) {
  const [inputs] = text.split('-');
  const known = NETWORKS.map((hidden) => `${inputs}-${hidden}-10`);
  const all = known.includes(text) ? known : [text, ...known];
  return html`<select id=${id} aria-describedby=${described} @change=${send}>
    ${all.map((sizes) => html`<option value=${sizes} .selected=${sizes === text}>${sizes}</option>`)}
  </select>`;
}

/**
 * How many seeds.
 * @param {{seeds: number, words: import('./words.js').Words, change: (seeds: number) => void}} view
 */
export function seedsControl({ seeds, words, change }) {
  const send = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const value = Math.round(Math.min(MOST_SEEDS, Math.max(1, Number(input.value) || 1)));
    input.value = String(value);
    change(value);
  };
  return html`<div class="field" part="field">
    <label for="field-seeds">${words.t('field.seeds')}</label>
    <input id="field-seeds" type="number" inputmode="numeric" min="1" max=${MOST_SEEDS} step="1" autocomplete="off" aria-describedby="field-seeds-help" .value=${String(seeds)} @change=${send} />
    <p class="help" id="field-seeds-help">${words.t('help.seeds')}</p>
  </div>`;
}

/**
 * Which lines the experiment has.
 * @param {object} view
 * @param {Field} view.field
 * @param {string[]} view.value
 * @param {string} view.refusal
 * @param {import('./words.js').Words} view.words
 * @param {(arm: string) => string} view.armName
 * @param {(name: string, text: string) => void} view.change
 */
export function armsControl({ field, value, refusal, words, armName, change }) {
  const toggle = (/** @type {string} */ arm) => (/** @type {Event} */ event) => {
    const on = /** @type {HTMLInputElement} */ (event.target).checked;
    // In the table's order, so that the address of a choice does not depend on the clicks.
    const now = (field.choices ?? []).filter((other) => (other === arm ? on : value.includes(other)));
    change('arms', now.join(','));
  };
  return html`<fieldset class="arms" part="field">
    <legend>${words.t('section.arms')}</legend>
    <p class="help">${words.said(field.help)}</p>
    ${field.choices?.map((arm, at) => html`<div class="arm">
      <input type="checkbox" id="arm-${arm}" .checked=${value.includes(arm)} aria-describedby="arm-${arm}-help" @change=${toggle(arm)} />
      <label for="arm-${arm}">${armName(arm)}</label>
      <p class="help" id="arm-${arm}-help">${words.said(field.choiceHelp?.[at] ?? '')}</p>
    </div>`)}
    ${refusal ? html`<p class="refusal" role="alert">${words.said(refusal)}</p>` : nothing}
  </fieldset>`;
}
