// The figures of the laboratory, and what the reader does in them.
import { html, nothing } from 'lit';
import { makeFigure } from '../figures/make.js';
import { LOOKS } from './board.js';

/**
 * @param {object} view
 * @param {import('./board.js').Board} view.board
 * @param {import('./words.js').Words} view.words
 * @param {(choice: {round: number, arm?: string, seed?: number}) => void} view.select
 * @param {() => void} view.update
 * @param {(where: import('../figures/types.js').CutDetail) => void} view.pruneBy
 * @param {() => void} view.undoPrune
 */
export function figures({ board, words, select, update, pruneBy, undoPrune }) {
  const { data } = board;
  const { seed, arm, round } = data.shown ?? board.shown;
  // Whose network is looked into: figures are given its weights and cannot know.
  const whose = data.connections ? words.t('figure.whose', { arm: words.t(`arm.${round ? arm : 'dense'}`), round, seed }) : '';
  const choose = (/** @type {CustomEvent} */ event) => select(event.detail);
  const look = (/** @type {import('./board.js').Look} */ name) => () => {
    board.show(name);
    update();
  };
  return html`<section class="figures" part="figures" aria-label=${words.t('section.results')}>
    <lt-ladder part="figure ladder" .data=${data.ladder ?? null} @lt-select=${choose}></lt-ladder>
    <lt-race part="figure race" .data=${data.race ?? null}></lt-race>
    <lt-connections class="wide" part="figure connections" .note=${whose} .data=${data.connections ?? null}></lt-connections>
    <lt-rounds class="wide" part="figure rounds" .data=${data.rounds ?? null} @lt-select=${choose}></lt-rounds>
    ${data.overlaps?.[0] ? html`<p class="wide help">${shared(data.overlaps, words)}</p>` : nothing}
    <div class="wide">
      <fieldset class="look">
        <legend>${words.t('section.look')}</legend>
        ${LOOKS.map((name) => html`<label><input type="radio" name="look" .checked=${board.look === name} @change=${look(name)} />${words.t(`look.${name}`)}</label>`)}
      </fieldset>
      ${lookedInto(board, whose, pruneBy, undoPrune)}
    </div>
  </section>`;
}

/**
 * @param {{shared: number, chance: number}[][]} overlaps  with each other seed, layer by layer
 * @param {import('./words.js').Words} words
 */
function shared(overlaps, words) {
  const each = (/** @type {'shared' | 'chance'} */ which) =>
    overlaps[0].map((_, layer) => words.percent(overlaps.reduce((sum, overlap) => sum + (100 * overlap[layer][which]) / overlaps.length, 0))).join(', ');
  return words.t('rounds.shared', { others: overlaps.length, shared: each('shared'), chance: each('chance') });
}

/** The six that are looked into, each made when it is first asked for. @type {WeakMap<import('./board.js').Board, Map<string, ReturnType<typeof makeFigure>>>} */
const made = new WeakMap();

/**
 * @param {import('./board.js').Board} board
 * @param {string} note
 * @param {(where: import('../figures/types.js').CutDetail) => void} pruneBy
 * @param {() => void} undoPrune
 */
function lookedInto(board, note, pruneBy, undoPrune) {
  const { look } = board;
  const known = made.get(board) ?? new Map();
  made.set(board, known);
  const ask = (/** @type {import('./board.js').Board['digit']} */ digit) => {
    board.digit = digit;
    board.refresh();
  };
  const element = known.get(look) ?? makeFigure(look, {
    'lt-cut': ({ detail }) => board.fadeBelow(detail.cut, detail.layer),
    'lt-cut-commit': ({ detail }) => pruneBy(detail),
    'lt-undo': undoPrune,
    'lt-pick': ({ detail }) => ask({ index: detail.index }),
    'lt-digit': ({ detail }) => ask({ pixels: detail.pixels }),
  });
  known.set(look, element);
  element.part = `figure ${look}`;
  element.note = note;
  element.data = board.data[look] ?? null;
  return element;
}
