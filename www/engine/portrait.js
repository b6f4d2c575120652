// What is asked of every line when a round ends, because only then it can be answered in full: which weights the next pruning takes.

export const BINS = 60;
export const POINTS = 1500;

/** @typedef {[what: string, ...args: any[]]} Question */

/**
 * @param {number} layers
 * @returns {Question[]}
 */
export function portrait(layers) {
  const each = Array.from({ length: layers }, (_, layer) => layer);
  return [
    ['movement'],
    ...each.map((layer) => /** @type {Question} */ (['scatter', layer, POINTS])),
    ...[-1, ...each].map((layer) => /** @type {Question} */ (['histogram', layer, 'trained', BINS])),
  ];
}
