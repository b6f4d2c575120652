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
 * @param {string} view.hint  a sentence, or the verb that is pointed at: what can be said of it changes
 * @param {(verb: Verb) => void} view.act
 * @param {(verb: Verb | '') => void} view.explain
 * @param {(verb: Verb) => boolean} view.shows
 */
export function toolbar({ state, words, hint, act, explain, shows }) {
  const why = obstacles(state);
  const about = (/** @type {Verb} */ verb) => words.t(why[verb] ? `why.${why[verb]}` : `about.${verb}`);
  const button = (/** @type {Verb} */ verb) => {
    const say = () => explain(verb);
    return html`<button
        type="button"
        part="button ${verb}"
        class=${verb === 'findTicket' ? 'primary' : nothing}
        aria-disabled=${why[verb] ? 'true' : 'false'}
        aria-describedby="why-${verb}"
        @click=${() => (why[verb] ? say() : act(verb))}
        @pointerenter=${say}
        @focus=${say}
      >${words.t(`verb.${verb}`)}</button><span id="why-${verb}" class="said">${about(verb)}</span>`;
  };
  return html`<div class="toolbar" part="toolbar" role="group" aria-label=${words.t('section.controls')} @pointerleave=${() => explain('')}>
      ${GROUPS.map((group) => group.filter(shows)).filter((group) => group.length > 0).map((group) => html`<span class="group">${group.map(button)}</span>`)}
    </div>
    <p class="hint" aria-hidden="true">${hint in why ? `${words.t(`verb.${hint}`)}: ${about(/** @type {Verb} */ (hint))}` : hint}</p>`;
}
