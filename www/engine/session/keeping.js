/**
 * A session set aside as a whole, and taken up by a later one.
 */
import { go } from './work.js';
import { setAside } from './lines.js';
import { shelfOf } from './workshop.js';

/**
 * @typedef {import('./workshop.js').Workshop} Workshop
 * @typedef {import('../state.js').State} State
 *
 * Structured-cloneable.
 * @typedef {import('./workshop.js').Shelf & {
 *   version: 2,
 *   config: State['config'],
 *   seeds: number,
 *   lines: State['lines'],
 *   masks: State['masks'],
 *   going: boolean,
 *   target: number,
 * }} Snapshot  `going`: whether it trained on, up to the round `target`
 */

/** Everything that a later session needs to go on from here to the same bits. @param {Workshop} shop @returns {Promise<Snapshot>} */
export async function snapshot(shop) {
  const { run } = shop.state;
  for (const member of shop.crew.members) {
    if (member.run === run && shop.state.lines[member.holds]?.phase === 'training') await setAside(shop, member).catch(() => {});
  }
  const { config, seeds, lines, masks, going, target } = shop.state;
  return { version: 2, config, seeds, lines, masks, going: going && !shop.stepped, target, ...shelfOf(shop.shelf) };
}

/**
 * Takes up what an earlier session left, for the config that is open now.
 * @param {Workshop} shop
 * @param {Snapshot} left
 * @param {boolean} goOn  trains on if that one did
 * @returns {boolean} whether it fits
 */
export function restore(shop, left, goOn) {
  const { run, config, seeds } = shop.state;
  if (left.version !== 2 || left.seeds !== seeds || JSON.stringify(left.config) !== JSON.stringify(config)) return false;
  const { saved, kept } = (shop.shelf = shelfOf(left));
  let reached = 0;
  for (const [key, line] of Object.entries(left.lines)) {
    const aside = saved.get(key)?.summary ?? null;
    const curve = aside ? line.curve.filter(({ step }) => step <= aside.step) : [];
    // Set aside between a result and its network: that round is trained again.
    const results = line.results.filter(({ round }) => kept.has(`${key}/${round}`));
    shop.dispatch({ type: 'restored', run, key, line: { ...line, results, curve }, summary: aside });
    reached = Math.max(reached, aside?.round ?? 0);
  }
  for (const [seed, round] of Object.entries(left.masks)) shop.dispatch({ type: 'masks', run, seed: Number(seed), round });
  shop.dispatch({ type: 'aimed', target: reached });
  if (goOn && left.going) go(shop, left.target, false);
  return true;
}
