/** How an arm is told apart, in every figure alike: a colour token, a dash and a shape, never by colour alone. */

/** @typedef {{token: string, dash: string, shape: 'circle' | 'square' | 'diamond' | 'triangle'}} ArmLook */

/** @type {Record<string, ArmLook>} */
const looks = {
  dense: { token: 'dense', dash: '', shape: 'diamond' },
  ticket: { token: 'ticket', dash: '', shape: 'circle' },
  reinit: { token: 'control', dash: '6 3', shape: 'square' },
  'reinit-survivors': { token: 'other-1', dash: '6 3', shape: 'square' },
  sign: { token: 'other-2', dash: '2 3', shape: 'triangle' },
  noise: { token: 'other-3', dash: '2 3', shape: 'diamond' },
  shuffle: { token: 'other-1', dash: '2 3', shape: 'triangle' },
  random: { token: 'other-2', dash: '6 3', shape: 'diamond' },
  'fine-tune': { token: 'other-3', dash: '', shape: 'square' },
  'lr-rewind': { token: 'other-1', dash: '', shape: 'diamond' },
  'one-shot': { token: 'other-2', dash: '', shape: 'triangle' },
  continued: { token: 'other-3', dash: '6 3', shape: 'triangle' },
  late: { token: 'other-1', dash: '', shape: 'triangle' },
};

/** The order in which arms are drawn and listed. */
const ARM_ORDER = Object.keys(looks);

/** @param {string} arm @returns {ArmLook} */
export const lookOf = (arm) => looks[arm] ?? { token: 'other-1', dash: '1 3', shape: 'circle' };

/**
 * The arms found, in their fixed order, unknown ones last.
 * @param {Iterable<string>} found
 */
export function orderArms(found) {
  const rank = (/** @type {string} */ arm) => (ARM_ORDER.indexOf(arm) + ARM_ORDER.length + 1) % (ARM_ORDER.length + 1);
  return [...new Set(found)].sort((a, b) => rank(a) - rank(b));
}

/**
 * The outline of a shape around 0,0 as an SVG path.
 * @param {ArmLook['shape']} shape
 * @param {number} r
 */
export function shapePath(shape, r) {
  switch (shape) {
    case 'square':
      return `M${-r * 0.9},${-r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`;
    case 'diamond':
      return `M0,${-r * 1.2}L${r * 1.2},0L0,${r * 1.2}L${-r * 1.2},0z`;
    case 'triangle':
      return `M0,${-r * 1.2}L${r * 1.15},${r * 0.9}L${-r * 1.15},${r * 0.9}z`;
    default:
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  }
}
