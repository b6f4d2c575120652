// Our engine, asked as the page's worker asks it: shards in, start, advance.
import init, { Engine, Probe, config_from_json, config_table } from '../../pkg/lottery_ticket.js';
import { answer } from '../lib/answer.js';
import { BATCH } from '../lib/batches.js';
import { addShards } from '../lib/shards.js';
import { countWork } from '../lib/work.js';

/** No evaluation within a turn: they are measured apart. */
const NEVER = 50_000;

/** Steps a round while tickets are made; afterwards a turn starts anew from the round's beginning when they are used up. */
const ROUND = 1000;

/** @type {Record<string, number>}  percent remaining: after how many rounds of 20 % (10 % in the output layer) */
const TICKETS = { '21.1': 7, '3.6': 15, '1.2': 20 };

/** @type {{ memory: WebAssembly.Memory }} */
let wasm;
/** @type {Engine} */
let engine;
/** @type {Probe} */
let probe;
/** @type {any} */
let dense;
/** @type {any} */
let short;
/** @type {Record<string, Uint8Array>}  task: the state that its steps go on from */
const states = {};
/** @type {{ task: string, left: number } | null} */
let current = null;

function configs() {
  const paper = Object.fromEntries(config_table().map(({ name, defaults }) => [name, defaults.paper]));
  dense = config_from_json({ ...paper, steps: NEVER, eval_every: NEVER });
  short = config_from_json({ ...paper, steps: ROUND, eval_every: ROUND });
}

/** Goes to the beginning of a task's round. @param {string} task */
function restart(task) {
  if (task === 'dense') engine.start(dense, 'ticket');
  else engine.resume(short, 'ticket', states[task]);
  current = { task, left: (task === 'dense' ? NEVER : ROUND) - 1 };
}

/** @param {number} most */
function advance(most) {
  const events = engine.advance(most);
  if (events.some(({ kind }) => kind === 'diverged')) throw new Error('training diverged');
  return events;
}

answer({
  async prepare() {
    wasm = await init();
    probe = new Probe();
    engine = new Engine();
    await addShards(engine);
    configs();
    restart('dense');
    advance(200);
    return { wasm: wasm.memory.buffer.byteLength, data: engine.dataInfo() };
  },

  /** The images of the run's first batches, as indices into the training file. @param {{ batches: number }} how */
  order: ({ batches }) => Array.from(engine.benchOrder(batches)),

  /** Finds tickets as the paper does, with short rounds: train, prune, rewind. Returns the percent remaining of each. */
  makeTickets() {
    engine.start(short, 'ticket');
    const last = Math.max(...Object.values(TICKETS));
    const remaining = {};
    for (let round = 1; round <= last; round++) {
      while (!advance(ROUND).some(({ kind }) => kind === 'round'));
      engine.nextRound();
      const task = Object.keys(TICKETS).find((key) => TICKETS[key] === round);
      if (task) {
        states[task] = engine.checkpoint();
        remaining[task] = engine.status().remaining;
      }
    }
    current = null;
    return remaining;
  },

  /** @param {{ task: string, steps: number }} how */
  measure({ task, steps }) {
    let milliseconds = 0;
    for (let done = 0; done < steps; ) {
      if (current?.task !== task || current.left === 0) restart(task);
      const now = Math.min(steps - done, current.left);
      const started = performance.now();
      advance(now);
      milliseconds += performance.now() - started;
      current.left -= now;
      done += now;
    }
    return { samples: steps * BATCH, milliseconds };
  },

  /** Forward only, on the test set, of the network as it is: dense in a worker that was asked for no ticket. @param {{ steps: number }} how  evaluations */
  evaluate({ steps }) {
    const started = performance.now();
    let samples = 0;
    let hits = 0;
    for (let time = 0; time < steps; time++) {
      const [images, correct] = engine.benchEvaluate();
      samples += images;
      hits += correct;
    }
    return { samples, milliseconds: performance.now() - started, accuracy: hits / samples };
  },

  /** @param {{ probe: 'multiplyAdds' | 'adamUpdates', steps: number }} how  passes */
  probe({ probe: name, steps }) {
    const started = performance.now();
    const samples = probe[name](steps);
    return { samples, milliseconds: performance.now() - started };
  },

  /** Vector operations that a dense step and an evaluation need, counted on the network as it is now. */
  work: () => countWork(engine),

  memory: () => wasm.memory.buffer.byteLength,
});
