// The verbs, as buttons. What cannot be done now stays focusable and says why.
import { html, nothing } from 'lit';
import { obstacles } from '../engine/plan.js';

/** @typedef {'train' | 'pause' | 'step' | 'prune' | 'rewind' | 'reinitialise' | 'reset' | 'findTicket'} Verb */

/** @type {Verb[][]} */
const GROUPS = [['findTicket'], ['train', 'pause', 'step'], ['prune', 'rewind', 'reinitialise'], ['reset']];
export const VERBS = GROUPS.flat();

/**
 * @param {object} view
 * @param {import('../engine/state.js').State} view.state
 * @param {import('./words.js').Words} view.words
 * @param {string} view.hint
 * @param {(verb: Verb) => void} view.act
 * @param {(hint: string) => void} view.explain
 * @param {(verb: Verb) => boolean} view.shows
 */
export function toolbar({ state, words, hint, act, explain, shows }) {
  const why = obstacles(state);
  const button = (/** @type {Verb} */ verb) => {
    const reason = why[verb] && words.t(`why.${why[verb]}`);
    const about = `${words.t(`verb.${verb}`)}: ${reason ?? words.t(`about.${verb}`)}`;
    const say = () => explain(about);
    return html`<button
        type="button"
        part="button ${verb}"
        class=${verb === 'findTicket' ? 'primary' : nothing}
        aria-disabled=${reason ? 'true' : 'false'}
        aria-describedby="why-${verb}"
        @click=${() => (reason ? say() : act(verb))}
        @pointerenter=${say}
        @focus=${say}
      >${words.t(`verb.${verb}`)}</button><span id="why-${verb}" class="said">${reason ?? words.t(`about.${verb}`)}</span>`;
  };
  return html`<div class="toolbar" part="toolbar" role="group" aria-label=${words.t('section.controls')} @pointerleave=${() => explain('')}>
      ${GROUPS.map((group) => group.filter(shows)).filter((group) => group.length > 0).map((group) => html`<span class="group">${group.map(button)}</span>`)}
    </div>
    <p class="hint" aria-hidden="true">${hint}</p>`;
}
