// Medians, because the machine is rarely alone.

/** @param {number[]} values @param {number} share  0 is the least, 1 the greatest */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/** Half the distance between the quartiles, in percent of the median. @param {number[]} values */
export const spread = (values) => (50 * (quantile(values, 0.75) - quantile(values, 0.25))) / median(values);
