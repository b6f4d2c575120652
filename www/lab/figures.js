// The figures of the laboratory, and what the reader does in them.
import { html } from 'lit';
import { LOOKS } from './board.js';

/**
 * @param {object} view
 * @param {import('./board.js').Board} view.board
 * @param {import('../engine/state.js').State} view.state
 * @param {import('./words.js').Words} view.words
 * @param {(choice: {round: number, arm?: string}) => void} view.select
 * @param {() => void} view.update
 * @param {(cut: number) => void} view.pruneBy
 * @param {() => void} view.undoPrune
 */
export function figures({ board, words, select, update, pruneBy, undoPrune }) {
  const { data } = board;
  const choose = (/** @type {CustomEvent} */ event) => select(event.detail);
  const look = (/** @type {import('./board.js').Look} */ name) => () => {
    board.show(name);
    update();
  };
  return html`<section class="figures" part="figures" aria-label=${words.t('section.results')}>
    <lt-ladder part="figure ladder" .data=${data.ladder ?? null} @lt-select=${choose}></lt-ladder>
    <lt-race part="figure race" .data=${data.race ?? null}></lt-race>
    <lt-connections class="wide" part="figure connections" .data=${data.connections ?? null}></lt-connections>
    <lt-rounds class="wide" part="figure rounds" .data=${data.rounds ?? null} @lt-select=${choose}></lt-rounds>
    <div class="wide">
      <fieldset class="look">
        <legend>${words.t('section.look')}</legend>
        ${LOOKS.map((name) => html`<label><input type="radio" name="look" .checked=${board.look === name} @change=${look(name)} />${words.t(`look.${name}`)}</label>`)}
      </fieldset>
      ${lookedInto(board, pruneBy, undoPrune)}
    </div>
  </section>`;
}

/**
 * @param {import('./board.js').Board} board
 * @param {(cut: number) => void} pruneBy
 * @param {() => void} undoPrune
 */
function lookedInto(board, pruneBy, undoPrune) {
  const data = board.data[board.look] ?? null;
  switch (board.look) {
    case 'weights':
      return html`<lt-weights
        part="figure weights"
        .data=${data}
        @lt-cut=${(/** @type {CustomEvent} */ event) => board.fadeBelow(event.detail.cut, event.detail.layer)}
        @lt-cut-commit=${(/** @type {CustomEvent} */ event) => pruneBy(event.detail.cut)}
        @lt-undo=${undoPrune}
      ></lt-weights>`;
    case 'scatter':
      return html`<lt-scatter part="figure scatter" .data=${data}></lt-scatter>`;
    case 'movement':
      return html`<lt-movement part="figure movement" .data=${data}></lt-movement>`;
    case 'units':
      return html`<lt-units part="figure units" .data=${data}></lt-units>`;
    case 'pixels':
      return html`<lt-pixels part="figure pixels" .data=${data}></lt-pixels>`;
    case 'digit': {
      const pick = (/** @type {CustomEvent} */ event) => {
        board.digit = { index: event.detail.index };
        board.refresh();
      };
      const draw = (/** @type {CustomEvent} */ event) => {
        board.digit = { pixels: event.detail.pixels };
        board.refresh();
      };
      return html`<lt-digit part="figure digit" .data=${data} @lt-pick=${pick} @lt-digit=${draw}></lt-digit>`;
    }
  }
}
