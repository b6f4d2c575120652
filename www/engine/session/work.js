/**
 * Who does what: tasks are given to workers, the most urgent first, until nothing is open, somebody stops it, or something fails.
 */
import { Refused, WorkerDied } from '../client.js';
import { isSettled, runnable, tickets } from '../plan.js';
import { messageOf } from '../protocol.js';
import { keyOf } from '../state.js';
import { DataError } from '../unpack.js';
import { halt, hold, keepLine, keepTicket, lose, OBEY_PAUSE_MS, OBEY_RESET_MS, position, train } from './lines.js';
import { prepare } from './supplies.js';
import { shelfOf } from './workshop.js';

/**
 * @typedef {import('./workshop.js').Workshop} Workshop
 * @typedef {import('../crew.js').Member} Member
 * @typedef {import('../plan.js').Task} Task
 */

/**
 * Trains every line up to a round, or by one step.
 * @param {Workshop} shop
 * @param {number} target
 * @param {boolean} singly
 */
export function go(shop, target, singly) {
  shop.stepped = singly ? new Set() : null;
  shop.dispatch({ type: 'went', target });
  shop.tell('statechange', { phase: 'training' });
  assign(shop);
}

/** Gives every free worker the most urgent task; called whenever something ended. @param {Workshop} shop */
function assign(shop) {
  const { state, crew } = shop;
  if (!state.going) return;
  const taken = new Set(crew.members.flatMap(({ task }) => (task ? [task.key] : [])));
  const open = runnable(state).filter(({ key }) => !taken.has(key) && !shop.stepped?.has(key));
  if (open.length === 0 && taken.size === 0) {
    shop.dispatch({ type: 'halted' });
    shop.tell('statechange', { phase: isSettled(shop.state) ? 'trained' : 'paused' });
  }
  for (const task of open) {
    if (taken.has(task.key)) continue;
    const member = crew.free(task, (key) => open.some((other) => other.key === key) || !state.lines[key]?.control);
    if (!member) {
      hire(shop);
      return;
    }
    taken.add(task.key);
    member.task = task;
    void work(shop, member, task, state.run);
  }
  if (crew.wanted) void giveUpIdle(shop);
}

/** @param {Workshop} shop */
function hire(shop) {
  shop.crew.hire()?.then(
    () => assign(shop),
    (error) => report(shop, error),
  );
}

/**
 * One round of one line on one worker, as far as it goes before somebody stops it.
 * @param {Workshop} shop
 * @param {Member} member
 * @param {Task} task
 * @param {number} run
 */
async function work(shop, member, task, run) {
  try {
    await prepare(shop, member);
    const { masks } = shop.state;
    if (shop.isCurrent(run)) await position(shop, member, task, run);
    if (shop.isCurrent(run) && shop.state.going) {
      // New masks are work for others.
      if (shop.state.masks !== masks) assign(shop);
      const reason = await train(shop, member, run);
      if (!shop.isCurrent(run)) return;
      if (reason === 'limit') shop.stepped?.add(task.key);
      if (reason === 'round') await keepTicket(shop, member, task, run);
      if (reason === 'diverged') fail(shop, new Error(`The arm ${task.arm} diverged: its loss is no longer a number. Try a smaller learning rate.`));
    }
  } catch (error) {
    report(shop, error, run);
  } finally {
    member.task = null;
    assign(shop);
  }
}

/**
 * Runs something on every seed's ticket while nothing trains.
 * @param {Workshop} shop
 * @param {(member: Member, line: {key: string, seed: number, round: number}, run: number) => Promise<void>} act
 * @returns {Promise<boolean | void>} whether it was done
 */
export async function withTickets(shop, act) {
  const { run } = shop.state;
  try {
    for (const { seed, arm, round } of tickets(shop.state)) {
      const task = { key: keyOf(seed, arm), seed, arm, round, control: false };
      const member = shop.crew.holderOf(task.key) ?? (await shop.crew.any());
      await prepare(shop, member);
      await hold(shop, member, task, run);
      await act(member, task, run);
    }
    return shop.isCurrent(run);
  } catch (error) {
    report(shop, error, run);
  }
}

// --- stopping ----------------------------------------------------------------------------------------------------------------

/** Whoever is at work stops. @param {Workshop} shop @param {number} [patience]  milliseconds */
export function haltAll(shop, patience = OBEY_PAUSE_MS) {
  for (const member of shop.crew.members) if (member.task) void halt(shop, member, patience);
}

/** The run is over: its workers stop, and what they still say is dropped. @param {Workshop} shop */
export function abandon(shop) {
  shop.shelf = shelfOf();
  shop.stepped = null;
  haltAll(shop, OBEY_RESET_MS);
  for (const member of shop.crew.members) Object.assign(member, { holds: '', viewing: null });
}

/** @param {Workshop} shop @param {Member} member @param {WorkerDied} error */
export function bury(shop, member, error) {
  member.stopped?.('died');
  lose(shop, member);
  fail(shop, error);
}

/** A worker that died was reported when it did, and of a run that is over nothing is. @param {Workshop} shop @param {unknown} error @param {number} [run] */
export function report(shop, error, run = shop.state.run) {
  if (shop.isCurrent(run) && !(error instanceof WorkerDied)) fail(shop, error);
}

/** @param {Workshop} shop @param {unknown} error */
function fail(shop, error) {
  const message = messageOf(error);
  if (error instanceof DataError || (error instanceof Refused && shop.state.data.status === 'loading')) {
    shop.dispatch({ type: 'data', data: { status: 'failed', error: message } });
    shop.dispatch({ type: 'halted' });
  } else {
    shop.dispatch({ type: 'failed', message });
  }
  haltAll(shop);
  shop.tell('error', { message });
}

/** Somebody else on the page waits for a worker: those that do nothing go back, with what they hold set aside. @param {Workshop} shop */
export async function giveUpIdle(shop) {
  for (const member of [...shop.crew.members]) {
    if (member.task !== null) continue;
    await keepLine(shop, member).catch(() => {});
    // It may have been given work meanwhile.
    if (member.task !== null) continue;
    member.holds = '';
    shop.crew.release([member]);
  }
}
