/**
 * What figures ask about a run: of finished rounds their kept tickets, of the present ones the engines that train them.
 */
import { keyOf } from '../state.js';
import { askTraining } from './lines.js';

/**
 * @typedef {import('./workshop.js').Workshop} Workshop
 * @typedef {import('../state.js').Selection} Selection
 */

/** Whether a round can be looked at. @param {Workshop} shop @param {Selection} selection */
export function canShow({ shelf, crew, state }, { seed, arm, round }) {
  const key = keyOf(seed, arm);
  return shelf.kept.has(`${key}/${round}`) || (crew.holderOf(key) !== undefined && state.lines[key]?.round === round);
}

/** A finished round as a ticket file. @param {Workshop} shop @param {Selection} selection */
export const ticket = ({ shelf }, { seed, arm, round }) => shelf.kept.get(`${keyOf(seed, arm)}/${round}`) ?? null;

/**
 * A question about one round of one line. Null when nobody knows.
 * @param {Workshop} shop
 * @param {Selection} selection
 * @param {string} what
 * @param {any[]} args
 */
export async function ask({ shelf, crew, state }, { seed, arm, round, masks }, what, args) {
  const key = keyOf(seed, arm);
  const { run } = state;
  const name = `${key}/${round}`;
  const known = shelf.portraits.get(`${name} ${JSON.stringify([what, ...args])}`);
  if (masks === undefined && known !== undefined) return known;
  const file = shelf.kept.get(name);
  if (file) {
    const view = masks ? `${name} ${masks}` : name;
    const member = crew.members.find(({ viewing }) => viewing === view) ?? (await crew.any());
    // Sent together: whoever asks about another round meanwhile must not come in between.
    const opened = member.viewing === view ? null : member.client.request({ type: 'view', ticket: file, age: masks ? shelf.ages.get(seed) : undefined, round: masks });
    member.viewing = view;
    opened?.catch(() => (member.viewing = null));
    const [answer] = await Promise.all([member.client.request({ type: 'ask', run, engine: 'viewing', what, args }), opened]);
    return answer;
  }
  const holder = crew.holderOf(key);
  return holder && state.lines[key]?.round === round && holder.run === run ? askTraining(holder, run, what, ...args) : null;
}

/**
 * A question about the data, to any engine that has it.
 * @param {Workshop} shop
 * @param {string} what
 * @param {any[]} args
 */
export async function askData({ crew, state: { run } }, what, args) {
  const member = crew.members.find((other) => other.run === run && other.holds);
  return member ? askTraining(member, run, what, ...args) : null;
}
