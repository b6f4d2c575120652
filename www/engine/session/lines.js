/**
 * One line on one worker: taken up, brought to where a round begins, trained, stopped, set aside. What is set aside is taken up by
 * any other worker to the same bits.
 */
import { leadLine } from '../plan.js';
import { portrait } from '../portrait.js';

/**
 * @typedef {import('./workshop.js').Workshop} Workshop
 * @typedef {import('../crew.js').Member} Member
 * @typedef {import('../plan.js').Task} Task
 */

/** A worker that has not obeyed by then is ended. */
export const OBEY_RESET_MS = 100;
export const OBEY_PAUSE_MS = 2000;

/**
 * A question to the engine that trains.
 * @param {Member} member
 * @param {number} run
 * @param {string} what
 * @param {...any} args
 */
export const askTraining = (member, run, what, ...args) => member.client.request({ type: 'ask', run, engine: 'training', what, args });

/** @param {Workshop} shop @param {string} key @param {number} run @param {import('../protocol.js').EngineSummary} summary */
export const note = (shop, key, run, summary) => shop.dispatch({ type: 'summary', run, key, summary });

// --- taking up ---------------------------------------------------------------------------------------------------------------

/**
 * Makes a worker hold a line: its own still, or one set aside, or a fresh one.
 * @param {Workshop} shop
 * @param {Member} member
 * @param {Task} task
 * @param {number} run
 */
export async function hold(shop, member, task, run) {
  if (member.holds === task.key && member.run === run) return;
  await leave(shop, member);
  const other = shop.crew.holderOf(task.key);
  if (other && other !== member && other.run === run) await leave(shop, other);
  const config = /** @type {import('../protocol.js').Config} */ ({ ...shop.state.config, seed: task.seed });
  const saved = shop.shelf.saved.get(task.key);
  const fits = saved && (!task.control || saved.summary.round === task.round);
  const summary = fits
    ? await member.client.request({ type: 'resume', run, config, arm: task.arm, checkpoint: saved.checkpoint })
    : await member.client.request({ type: 'start', run, config, arm: task.arm });
  const begun = fits || !task.control;
  Object.assign(member, { holds: task.key, run, round: begun ? summary.round : 0 });
  if (begun) note(shop, task.key, run, summary);
}

/**
 * Brings a worker's engine to where a task begins or goes on.
 * @param {Workshop} shop
 * @param {Member} member
 * @param {Task} task
 * @param {number} run
 */
export async function position(shop, member, task, run) {
  const { client } = member;
  await hold(shop, member, task, run);
  const line = shop.state.lines[task.key];
  if (task.control) {
    if (member.round === task.round && line?.phase === 'training') return;
    const age = shop.shelf.ages.get(task.seed);
    if (!age) throw new Error(`The masks of seed ${task.seed} are missing.`);
    note(shop, task.key, run, await client.request({ type: 'begin-round', run, round: task.round, age }));
  } else if (line?.phase === 'trained' && line.round < task.round) {
    const leads = line === leadLine(shop.state);
    const summary = await client.request({ type: 'next-round', run });
    const { round, survivors } = summary;
    note(shop, task.key, run, summary);
    if (task.arm === 'ticket') await takeMasks(shop, member, task.seed, round, run);
    const { schedule, restart, rounds } = /** @type {import('../protocol.js').Config} */ (shop.state.config);
    if (leads && shop.isCurrent(run)) {
      // The same as is told of a cut and a restart by hand.
      shop.tell('prune', { round: round - 1, survivors });
      shop.tell('rewind', { kind: schedule === 'continued' && round < rounds ? 'lr-rewind' : restart, round });
    }
  }
  member.round = task.round;
}

/**
 * @param {Workshop} shop
 * @param {Member} member
 * @param {number} seed
 * @param {number} round  the first that trains on them
 * @param {number} run
 */
export async function takeMasks(shop, member, seed, round, run) {
  const age = await askTraining(member, run, 'age');
  if (!shop.isCurrent(run)) return;
  shop.shelf.ages.set(seed, age);
  for (const other of shop.crew.members) other.viewing = null;
  shop.dispatch({ type: 'masks', run, seed, round });
}

// --- training ----------------------------------------------------------------------------------------------------------------

/**
 * @param {Workshop} shop
 * @param {Member} member
 * @param {number} run
 * @returns {Promise<string>} why it stopped
 */
export async function train(shop, member, run) {
  const ended = new Promise((resolve) => {
    member.stopped = resolve;
  });
  member.client.onEvents = (said) => hear(shop, member, said);
  await member.client.request({ type: 'train', run, steps: shop.stepped ? 1 : null });
  // Paused between the request and its answer: the worker has to be told again.
  if (!shop.state.going) void halt(shop, member, OBEY_PAUSE_MS);
  return ended;
}

/**
 * @param {Workshop} shop
 * @param {Member} member
 * @param {import('../client.js').Events} said
 */
function hear(shop, member, { run, events, rate, stepRate, summary, stopped }) {
  shop.dispatch({ type: 'events', run, key: member.holds, events, rate, stepRate, summary });
  const line = shop.state.lines[member.holds];
  if (shop.isCurrent(run) && line && events.length > 0) {
    shop.tell('progress', { seed: line.seed, arm: line.arm, round: line.round, step: line.step, loss: line.loss, rate });
  }
  if (stopped) {
    member.stopped?.(stopped);
    member.stopped = null;
  }
}

/**
 * Tells a worker to stop, and ends it when it does not.
 * @param {Workshop} shop
 * @param {Member} member
 * @param {number} patience  milliseconds
 */
export async function halt(shop, member, patience) {
  const asked = Promise.allSettled([member.client.request({ type: 'pause', run: member.run })]);
  if (await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patience, null))])) return;
  if (!shop.crew.members.includes(member)) return;
  shop.crew.discard(member);
  lose(shop, member);
}

/** Its worker is gone: a line goes back to where it was last set aside. @param {Workshop} shop @param {Member} member */
export function lose(shop, { holds, run }) {
  shop.dispatch({ type: 'lost', run, key: holds, summary: shop.shelf.saved.get(holds)?.summary ?? null });
}

// --- setting aside -----------------------------------------------------------------------------------------------------------

/** Takes a member's line away, to be taken up by any other. @param {Workshop} shop @param {Member} member */
async function leave(shop, member) {
  await keepLine(shop, member);
  member.holds = '';
}

/** Sets aside what a member holds, if it is still of use. @param {Workshop} shop @param {Member} member */
export async function keepLine(shop, member) {
  const { holds, run } = member;
  const line = shop.state.lines[holds];
  if (line && shop.isCurrent(run) && (!line.control || line.phase === 'training')) await setAside(shop, member);
}

/** Whoever takes the line up again goes on from here. @param {Workshop} shop @param {Member} member */
export async function setAside(shop, member) {
  const { holds, run } = member;
  const [checkpoint, summary] = await Promise.all([askTraining(member, run, 'checkpoint'), askTraining(member, run, 'status')]);
  if (shop.isCurrent(run)) shop.shelf.saved.set(holds, { checkpoint, summary });
}

/**
 * Keeps what the figures need to show a finished round later.
 * @param {Workshop} shop
 * @param {Member} member
 * @param {Task} task
 * @param {number} run
 */
export async function keepTicket(shop, member, task, run) {
  const name = `${task.key}/${task.round}`;
  const file = await askTraining(member, run, 'ticketFile', 'sparse-trained');
  if (!shop.isCurrent(run)) return;
  const { shelf } = shop;
  shelf.kept.set(name, file);
  if (task.control) {
    shelf.saved.delete(task.key);
  } else {
    const questions = portrait((shop.state.config?.sizes.length ?? 1) - 1);
    await Promise.all(questions.map(async (question) => shelf.portraits.set(`${name} ${JSON.stringify(question)}`, await askTraining(member, run, ...question))));
    await setAside(shop, member);
  }
  if (!shop.isCurrent(run)) return;
  const result = shop.state.lines[task.key]?.results.find(({ round }) => round === task.round);
  shop.tell('round', { ...result, curve: undefined });
}
