/**
 * Changes of the config: the engine reads them, mends what it can, and says what they leave of a run.
 */
import { Refused } from '../client.js';

/**
 * @typedef {import('../crew.js').Crew} Crew
 * @typedef {import('../protocol.js').Config} Config
 * @typedef {import('../state.js').State} State
 */

/**
 * The config with some fields changed.
 * @param {Crew} crew
 * @param {State} state
 * @param {Record<string, any>} changes
 * @returns {Promise<{config: Config, corrections: string[]}>}
 */
export async function changed(crew, { config: before, fields }, changes) {
  // Another preset means its defaults, for everything but the seed.
  const base = 'preset' in changes ? { seed: before?.seed ?? 0 } : before;
  try {
    return { config: await crew.engine('config_from_json', { ...base, ...changes }), corrections: [] };
  } catch (refused) {
    // Fewer steps than lie between two evaluations: where a change is right by itself and only another field stands against it,
    // that field gives way, with a sentence.
    const [name, ...others] = Object.keys(changes);
    if (!(refused instanceof Refused) || !before || others.length > 0 || !fields.some((field) => field.name === name)) throw refused;
    const rest = (await crew.engine('config_to_address', before)).split('&').filter((/** @type {string} */ part) => !part.startsWith(`${name}=`));
    const mended = await crew.engine('config_from_address', [`${name}=${encodeURIComponent(changes[name] ?? '')}`, ...rest].join('&'));
    if (mended.corrections.some((/** @type {string} */ sentence) => sentence.startsWith(`${name} must be`))) throw refused;
    return mended;
  }
}

/**
 * Whether a change leaves finished rounds true.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} now
 */
export function onlyWidens(before, now) {
  const changes = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]));
  // With a target, the share pruned per round hangs on their number.
  return changes.every((name) => name === 'rounds' || name === 'arms') && now.target === null && now.schedule !== 'continued' && now.rounds >= before.rounds;
}
