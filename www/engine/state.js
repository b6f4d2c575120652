/**
 * Everything the page knows about its experiment, in one plain object, and the one pure function that changes it. What an
 * abandoned run still says is dropped here, by its number.
 */

/**
 * @typedef {import('./protocol.js').Config} Config
 * @typedef {import('./protocol.js').Field} Field
 * @typedef {import('./protocol.js').EngineEvent} EngineEvent
 * @typedef {import('./protocol.js').EngineSummary} EngineSummary
 * @typedef {import('../figures/types.js').RoundResult} RoundResult
 * @typedef {import('../figures/types.js').CurvePoint} CurvePoint
 *
 * One arm of one seed. A *line* prunes for itself and goes from round to round; a *control* trains on the masks of its seed's
 * ticket, each round for itself.
 * @typedef {object} Line
 * @property {number} seed
 * @property {string} arm
 * @property {boolean} control
 * @property {'idle' | 'ready' | 'training' | 'trained' | 'pruned' | 'diverged'} phase
 * @property {number} round
 * @property {number} step
 * @property {number | null} remaining
 * @property {number[]} survivors
 * @property {number | null} loss        of the last batch
 * @property {number} rate               samples a second, now
 * @property {CurvePoint[]} curve        of the round that is being trained
 * @property {RoundResult[]} results     in order of rounds
 * @property {Record<number, number>} rates  samples a second of training steps alone, by round
 * @property {number} stepRate           the same, of the round that is being trained
 * @property {Record<number, number>} together  how many lines trained side by side at the end of each round, this one among them
 *
 * @typedef {object} DataState
 * @property {'none' | 'loading' | 'ready' | 'failed'} status
 * @property {number} bytes
 * @property {number} total
 * @property {number} train   images at hand
 * @property {number} test
 * @property {string} source  'mnist', or the name of the reader's own file
 * @property {string | null} error
 *
 * `masks`: the round through whose masks it is looked at, 0 for its own; without it as it was known when the round ended.
 * @typedef {{seed: number, arm: string, round: number, masks?: number}} Selection
 *
 * @typedef {object} State
 * @property {number} run
 * @property {Field[]} fields
 * @property {Config | null} config
 * @property {number} seeds          how many, counted up from the config's seed
 * @property {string[]} corrections  what was wrong with the address, a sentence each
 * @property {DataState} data
 * @property {boolean} going
 * @property {number} target         the round up to which the lines train
 * @property {Record<string, Line>} lines
 * @property {Record<number, number>} masks  the highest round whose masks are known, by seed
 * @property {Selection | null} selection    null: the newest round of the ticket
 * @property {string | null} error
 * @property {string} [restart]      by what hand the present round began, where it was not the arm's own way
 *
 * @typedef {{type: 'fields', fields: Field[]}
 *   | {type: 'configured', config: Config, seeds: number, corrections: string[]}
 *   | {type: 'widened', config: Config, seeds: number}
 *   | {type: 'reset'}
 *   | {type: 'data', data: Partial<DataState>}
 *   | {type: 'went', target: number}
 *   | {type: 'aimed', target: number}
 *   | {type: 'halted'}
 *   | {type: 'events', run: number, key: string, events: EngineEvent[], rate: number, stepRate: number, summary: EngineSummary}
 *   | {type: 'summary', run: number, key: string, summary: EngineSummary}
 *   | {type: 'masks', run: number, seed: number, round: number}
 *   | {type: 'restored', run: number, key: string, line: Line, summary: EngineSummary | null}
 *   | {type: 'lost', run: number, key: string, summary: EngineSummary | null}
 *   | {type: 'selected', selection: Selection | null, corrections?: string[]}
 *   | {type: 'failed', message: string}
 * } Message
 */

/** The arms that make masks of their own. All others train on the ticket's. */
export const LINES = new Set(['ticket', 'one-shot', 'continued', 'fine-tune', 'lr-rewind', 'late']);

/** @param {number} seed @param {string} arm */
export const keyOf = (seed, arm) => `${seed}/${arm}`;

/** @returns {State} */
export function initialState() {
  return {
    run: 0,
    fields: [],
    config: null,
    seeds: 1,
    corrections: [],
    data: { status: 'none', bytes: 0, total: 0, train: 0, test: 0, source: 'mnist', error: null },
    going: false,
    target: 0,
    lines: {},
    masks: {},
    selection: null,
    error: null,
  };
}

/** @param {State} state */
export function seedsOf(state) {
  const { config, seeds } = state;
  return config ? Array.from({ length: seeds }, (_, index) => config.seed + index) : [];
}

/**
 * The arms that run: those asked for, and the ticket for its masks where a control needs them.
 * @param {Config} config
 */
export function armsOf({ arms }) {
  return arms.includes('ticket') || arms.every((arm) => LINES.has(arm)) ? arms : ['ticket', ...arms];
}

/** @param {State} state @returns {Record<string, Line>} */
function freshLines(state) {
  /** @type {Record<string, Line>} */
  const lines = {};
  for (const seed of seedsOf(state)) {
    for (const arm of state.config ? armsOf(state.config) : []) {
      const key = keyOf(seed, arm);
      lines[key] = {
        seed, arm, control: !LINES.has(arm), phase: 'idle', round: 0, step: 0, remaining: null, survivors: [], loss: null,
        rate: 0, stepRate: 0, curve: [], results: [], rates: {}, together: {},
      };
    }
  }
  return lines;
}

/** @param {State} state @returns {State} */
const begun = (state) => ({
  ...state, run: state.run + 1, going: false, target: 0, masks: {}, selection: null, error: null, lines: freshLines(state),
  data: state.data.status === 'failed' ? { ...state.data, status: 'none', error: null } : state.data,
});

/**
 * @param {State} state
 * @param {Message} message
 * @returns {State}
 */
export function reduce(state, message) {
  if ('run' in message && message.run !== state.run) return state;
  switch (message.type) {
    case 'fields':
      return { ...state, fields: message.fields };
    case 'configured': {
      const { config, seeds, corrections } = message;
      return begun({ ...state, config, seeds, corrections });
    }
    case 'widened':
      return widen({ ...state, config: message.config, seeds: message.seeds });
    case 'reset':
      return begun(state);
    case 'data':
      return { ...state, data: { ...state.data, ...message.data } };
    case 'went':
      return { ...state, going: true, target: Math.max(state.target, message.target), error: null };
    case 'aimed':
      return { ...state, target: message.target };
    case 'halted':
      return { ...state, going: false };
    case 'masks':
      return { ...state, masks: { ...state.masks, [message.seed]: message.round } };
    case 'selected':
      return { ...state, selection: message.selection, corrections: message.corrections ?? state.corrections };
    case 'failed':
      return { ...state, going: false, error: message.message };
    default: {
      const line = state.lines[message.key];
      return line ? { ...state, lines: { ...state.lines, [message.key]: reduceLine(line, message, Object.values(state.lines).filter(({ phase }) => phase === 'training').length) } } : state;
    }
  }
}

/**
 * More rounds, arms or seeds than before: what was computed stays.
 * @param {State} state
 * @returns {State}
 */
function widen(state) {
  const fresh = freshLines(state);
  for (const key of Object.keys(fresh)) if (state.lines[key]) fresh[key] = state.lines[key];
  return { ...state, lines: fresh };
}

/**
 * @param {Line} line
 * @param {Extract<Message, {key: string}>} message
 * @param {number} together  lines in training
 * @returns {Line}
 */
function reduceLine(line, message, together) {
  switch (message.type) {
    case 'summary':
      return summarised(line, message.summary);
    case 'events': {
      const next = summarised(line, message.summary);
      for (const event of message.events) happen(next, event, message.stepRate || message.rate, together);
      return { ...next, rate: message.rate || next.rate, stepRate: message.stepRate };
    }
    case 'restored':
      return { ...setBack({ ...line, ...message.line }, message.summary), curve: message.line.curve, rate: 0 };
    case 'lost':
      return setBack(line, message.summary);
  }
}

/**
 * @param {Line} line
 * @param {EngineSummary} summary
 * @returns {Line}
 */
function summarised(line, { phase, round, step, remaining, survivors }) {
  const known = /** @type {Line['phase']} */ (phase === 'finished' ? 'trained' : phase);
  const begins = round !== line.round || (step === 0 && line.step > 0);
  return { ...line, phase: known, round, step, remaining, survivors, curve: begins ? [] : line.curve };
}

/**
 * As it was set aside, or before its first step.
 * @param {Line} line
 * @param {EngineSummary | null} summary
 * @returns {Line}
 */
const setBack = (line, summary) => ({
  ...line, ...(summary ? summarised(line, summary) : { phase: 'idle', step: 0, round: 0 }), curve: [], loss: null,
});

/**
 * Writes one event into a line that is already a copy.
 * @param {Line} line
 * @param {EngineEvent} event
 * @param {number} rate
 * @param {number} together
 */
function happen(line, event, rate, together) {
  switch (event.kind) {
    case 'progress':
      line.loss = event.loss;
      break;
    case 'evaluation': {
      const { step, valLoss, valAccuracy, trainLoss } = event;
      line.curve = [...line.curve.filter((point) => point.step < step), { step, valLoss, valAccuracy, trainLoss }];
      break;
    }
    case 'round': {
      const { result } = event;
      line.results = [...line.results.filter(({ round }) => round !== result.round), result].sort((a, b) => a.round - b.round);
      line.rates = { ...line.rates, [result.round]: rate };
      line.together = { ...line.together, [result.round]: together };
      if (result.curve && result.round === line.round) line.curve = result.curve;
      break;
    }
    case 'diverged':
      line.phase = 'diverged';
      break;
  }
}
