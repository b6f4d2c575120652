/**
 * What is to be done next, read off the state: pure functions, asked by the session and by the controls.
 *
 * The unit of work is one round of one line. Lines depend on nothing but themselves; a control's round needs the masks that its
 * seed's ticket made for it, and nothing else, so controls run on any worker in any order.
 */
import { keyOf, seedsOf } from './state.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Line} Line
 * @typedef {{key: string, seed: number, arm: string, round: number, control: boolean}} Task
 */

/** @param {Line} line @param {number} round */
const isDone = (line, round) => line.results.some((result) => result.round === round);

/**
 * The rounds of a line that are not trained yet, up to the target.
 * @param {State} state
 * @param {Line} line
 * @returns {number[]}
 */
function openRounds(state, line) {
  // A pruned line waits for somebody to say what it restarts from.
  if (line.phase === 'diverged' || line.phase === 'pruned') return [];
  const first = line.control ? 1 : line.phase === 'trained' ? line.round + 1 : line.round;
  const rounds = [];
  for (let round = first; round <= state.target; round += 1) {
    if (line.control ? !isDone(line, round) : true) rounds.push(round);
  }
  return rounds;
}

/**
 * Every task that could begin now, the most urgent first: seed by seed, round by round, a ticket before its controls.
 * @param {State} state
 * @returns {Task[]}
 */
export function runnable(state) {
  const seeds = seedsOf(state);
  /** @type {Task[]} */
  const tasks = [];
  for (const [key, line] of Object.entries(state.lines)) {
    const open = openRounds(state, line);
    const ready = line.control ? open.filter((round) => round <= (state.masks[line.seed] ?? 0)) : open.slice(0, 1);
    for (const round of ready) tasks.push({ key, seed: line.seed, arm: line.arm, round, control: line.control });
  }
  const rank = (/** @type {Task} */ task) => seeds.indexOf(task.seed);
  return tasks.sort((a, b) => rank(a) - rank(b) || a.round - b.round || Number(a.control) - Number(b.control));
}

/**
 * Steps done and to do, from round `from` to the target: what a progress bar shows.
 * @param {State} state
 * @param {number} [from]
 */
export function progress(state, from = 0) {
  const { config, target } = state;
  if (!config) return { done: 0, total: 0 };
  let done = 0;
  let total = 0;
  for (const line of Object.values(state.lines)) {
    for (let round = Math.max(from, line.control ? 1 : 0); round <= target; round += 1) {
      total += config.steps;
      if (isDone(line, round) && !(line.round === round && line.phase !== 'trained')) done += config.steps;
      else if (line.round === round) done += Math.min(line.step, config.steps);
    }
  }
  return { done, total };
}

/** Whether nothing is left to do up to the target. @param {State} state */
export function isSettled(state) {
  return Object.values(state.lines).every((line) => openRounds(state, line).length === 0);
}

/** @param {State} state */
export function tickets(state) {
  return seedsOf(state).map((seed) => state.lines[keyOf(seed, 'ticket')]).filter((line) => line !== undefined);
}

/**
 * The line whose numbers stand for the whole: the first seed's ticket, or the first line there is.
 * @param {State} state
 * @returns {Line | undefined}
 */
export function leadLine(state) {
  return tickets(state)[0] ?? Object.values(state.lines).find(({ control }) => !control);
}

/**
 * @param {State} state
 * @returns {'empty' | 'loading' | 'ready' | 'training' | 'paused' | 'trained' | 'pruned' | 'finished' | 'failed'}
 */
export function phaseOf(state) {
  if (state.error !== null || state.data.status === 'failed') return 'failed';
  if (!state.config) return 'empty';
  if (state.data.status === 'loading') return 'loading';
  if (state.going) return 'training';
  const lead = leadLine(state);
  if (!lead || lead.phase === 'idle') return state.data.status === 'ready' ? 'ready' : 'empty';
  if (lead.phase === 'pruned') return 'pruned';
  if (!isSettled(state)) return lead.phase === 'ready' ? 'ready' : 'paused';
  if (lead.phase === 'trained') return lead.round >= state.config.rounds ? 'finished' : 'trained';
  return lead.phase === 'ready' ? 'ready' : 'paused';
}

/**
 * How many times faster a round trains than the dense network did, here and now; null while that is not known.
 * @param {Line | undefined} line
 */
export function speedUp(line) {
  const dense = line?.rates[0];
  if (!line || !dense || line.round === 0) return null;
  const now = line.rates[line.round] ?? (line.step > 20 ? line.stepRate : 0);
  return now > 0 ? now / dense : null;
}

/**
 * A guess at the milliseconds until the target is reached: each open round at the rate measured for it, for a rate not yet known
 * that of the last known round, shared by the workers at hand. Null before anything was measured.
 * @param {State} state
 * @param {number} workers
 */
export function timeLeft(state, workers) {
  const { config } = state;
  if (!config) return null;
  let total = 0;
  let longest = 0;
  for (const line of Object.values(state.lines)) {
    let own = 0;
    for (const round of openRounds(state, line)) {
      const rate = rateFor(state, line, round);
      if (rate === null) return null;
      const steps = line.round === round && !isDone(line, round) ? config.steps - Math.min(line.step, config.steps) : config.steps;
      own += (1000 * steps * config.batch) / rate;
    }
    total += own;
    if (!line.control) longest = Math.max(longest, own);
  }
  return Math.max(longest, total / Math.max(1, workers));
}

/**
 * @param {State} state
 * @param {Line} line
 * @param {number} round
 */
function rateFor(state, line, round) {
  if (line.round === round && line.rate > 0) return line.rate;
  for (let known = round; known >= 0; known -= 1) {
    for (const other of [line, ...Object.values(state.lines)]) if (other.rates[known]) return other.rates[known];
  }
  return Object.values(state.lines).find(({ rate }) => rate > 0)?.rate ?? null;
}

/**
 * Why a verb cannot be done now, as a key into the strings; null when it can.
 * @param {State} state
 * @returns {Record<'train' | 'pause' | 'step' | 'prune' | 'rewind' | 'reinitialise' | 'reset' | 'findTicket', string | null>}
 */
export function obstacles(state) {
  const phase = phaseOf(state);
  const lead = leadLine(state);
  const broken = state.data.status === 'failed' ? 'dataFailed' : null;
  const none = phase === 'empty' && !state.config ? 'notReady' : broken;
  const busy = none ?? (state.going ? 'training' : phase === 'loading' ? 'loading' : null);
  const pruned = lead?.phase === 'pruned';
  const blocked = busy ?? (pruned ? 'restartFirst' : null);
  const done = !!lead && lead.phase === 'trained' && isSettled({ ...state, target: Math.max(state.target, lead.round) });
  const atEnd = !!lead && !!state.config && lead.round >= state.config.rounds;
  const everyTicketTrained = tickets(state).length > 0 && tickets(state).every((line) => line.phase === 'trained');
  const trains = blocked ?? (done ? (atEnd ? 'allRoundsDone' : 'pruneFirst') : null);
  const began = Object.values(state.lines).some((line) => line.phase !== 'idle');
  return {
    train: trains,
    pause: state.going ? null : 'notTraining',
    step: trains,
    prune: blocked ?? (!everyTicketTrained ? 'trainFirst' : atEnd ? 'allRoundsDone' : null),
    rewind: busy ?? (pruned ? null : 'pruneBefore'),
    reinitialise: busy ?? (pruned ? null : 'pruneBefore'),
    reset: began || state.error !== null ? null : 'nothingToReset',
    findTicket: busy ?? (done && atEnd ? 'allRoundsDone' : null),
  };
}
