/**
 * One engine behind the protocol: takes requests, trains in slices, says what happens. Knows neither `self` nor wasm: the engine,
 * the clock and the way to yield are handed in, so that it runs in node under test.
 */
import { Pace, Rate } from './pace.js';
import { PROTOCOL, messageOf, transferables } from '../protocol.js';
import { unpack } from '../unpack.js';

/**
 * @typedef {import('../protocol.js').Request} Request
 * @typedef {import('../protocol.js').Reply} Reply
 * @typedef {import('../protocol.js').EngineEvent} EngineEvent
 * @typedef {import('../protocol.js').EngineSummary} EngineSummary
 * @typedef {import('../protocol.js').StopReason} StopReason
 * @typedef {any} Engine  the wasm class of src/wasm.rs, or a test's stand-in
 *
 * @typedef {object} Surroundings
 * @property {() => Engine} createEngine
 * @property {Record<string, (...args: any[]) => any>} functions  the engine's functions that need no run
 * @property {(reply: Reply, transfer: ArrayBuffer[]) => void} post
 * @property {() => number} now
 * @property {(next: () => void) => void} yieldThen  runs `next` after waiting messages were read
 */

/** Methods of the engine that only look, and may therefore be asked for by name. */
const QUESTIONS = new Set([
  'status', 'weights', 'age', 'histogram', 'scatter', 'movement', 'fanOut', 'overlap', 'units', 'placement', 'predict', 'sample',
  'meanImage', 'ticketFile', 'checkpoint', 'dataInfo', 'activePath',
]);

export class Host {
  /** @type {Surroundings} */ #around;
  /** @type {Engine} */ #training;
  /** @type {Engine | null} */ #viewing = null;
  #run = 0;
  #batch = 0;
  /** Training goes on; a number counts the slices' owner, so that a stale slice knows itself. */
  #going = 0;
  #slices = 0;
  /** @type {number | null} */ #stepsLeft = null;
  #pace = new Pace();
  #rate = new Rate();
  /** Of training steps alone, in this round: evaluations left out. */
  #stepping = { round: -1, lastStep: 0, samples: 0, ms: 0 };
  /** Requests are served one after another, also those that take time. */
  #queue = Promise.resolve();
  #dead = false;

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
    this.#training = around.createEngine();
  }

  /** @param {Request} request */
  take(request) {
    // Pausing must not wait behind a shard that is being unpacked.
    if (request.type === 'pause') this.#pause();
    this.#queue = this.#queue.then(() => this.#serve(request));
    return this.#queue;
  }

  /** @param {Request} request */
  async #serve(request) {
    if (this.#dead) return;
    try {
      const value = await this.#do(request);
      const owned = request.type === 'ask' || request.type === 'function' ? transferables(value) : [];
      this.#around.post({ type: 'answer', id: request.id, value }, owned);
    } catch (error) {
      if (this.#isFatal(error)) return;
      this.#around.post({ type: 'refused', id: request.id, message: messageOf(error) }, []);
    }
  }

  /**
   * A trap (panic, out of memory) leaves the module's memory in an unknown state: nothing more is asked of it.
   * @param {unknown} error
   */
  #isFatal(error) {
    if (!(error instanceof WebAssembly.RuntimeError) && !(error instanceof RangeError)) return false;
    this.#dead = true;
    this.#going = 0;
    this.#around.post({ type: 'died', message: messageOf(error) }, []);
    return true;
  }

  /**
   * @param {Request} request
   * @returns {Promise<any>}
   */
  async #do(request) {
    const engine = this.#training;
    switch (request.type) {
      case 'hello':
        if (request.protocol !== PROTOCOL) {
          throw new Error(`The page speaks version ${request.protocol} to a worker of version ${PROTOCOL}: reload the page.`);
        }
        return { protocol: PROTOCOL, version: this.#around.functions.engine_version?.() ?? null };
      case 'function': {
        const call = this.#around.functions[request.name];
        if (!call) throw new Error(`The engine has no function "${request.name}".`);
        return call(...request.args);
      }
      case 'shard': {
        const [images, labels] = await Promise.all([
          unpack(request.images, `The ${request.kind} images`),
          unpack(request.labels, `The ${request.kind} labels`),
        ]);
        engine.addShard(request.kind, images, labels);
        return engine.dataInfo();
      }
      case 'clear-data':
        this.#pause();
        engine.clearData();
        return null;
      case 'start':
        this.#begin(request.run, request.config);
        engine.start(request.config, request.arm);
        return this.#summary();
      case 'resume':
        this.#begin(request.run, request.config);
        engine.resume(request.config, request.arm, request.checkpoint);
        return this.#summary();
      case 'view':
        this.#viewing ??= this.#around.createEngine();
        return this.#viewing.loadTicket(request.ticket, request.age, request.round);
      case 'end':
        this.#run = 0;
        this.#going = 0;
        return null;
      case 'ask': {
        if (request.engine === 'training') this.#expect(request.run);
        return this.#ask(request.engine === 'viewing' ? this.#viewing : engine, request.what, request.args);
      }
      default:
        this.#expect(request.run);
        return this.#act(request);
    }
  }

  /** @param {Extract<Request, {type: 'begin-round' | 'train' | 'pause' | 'prune' | 'prune-by' | 'undo-prune' | 'restart' | 'next-round'}>} request */
  #act(request) {
    const engine = this.#training;
    if (request.type !== 'train') this.#pause();
    switch (request.type) {
      case 'begin-round':
        engine.beginRound(request.round, request.age);
        break;
      case 'train':
        this.#stepsLeft = request.steps;
        this.#go();
        break;
      case 'prune':
        engine.prune();
        break;
      case 'prune-by':
        engine.pruneBy(request.layer, request.threshold);
        break;
      case 'undo-prune':
        engine.undoPrune();
        break;
      case 'restart':
        engine.restart(request.kind);
        break;
      case 'next-round':
        engine.nextRound();
        break;
      case 'pause':
        break;
    }
    return this.#summary();
  }

  /**
   * @param {Engine | null} engine
   * @param {string} what
   * @param {any[]} args
   */
  #ask(engine, what, args) {
    if (!engine) throw new Error('No ticket was opened for viewing yet.');
    if (!QUESTIONS.has(what)) throw new Error(`"${what}" is no question that the engine answers.`);
    return engine[what](...args);
  }

  /**
   * @param {number} run
   * @param {import('../protocol.js').Config} config
   */
  #begin(run, config) {
    this.#pause();
    this.#run = run;
    this.#batch = config.batch;
    this.#rate = new Rate();
    this.#stepping = { round: -1, lastStep: 0, samples: 0, ms: 0 };
  }

  /** @param {number} run */
  #expect(run) {
    if (run !== this.#run) throw new Error(`Run ${run} is over.`);
  }

  #pause() {
    if (this.#going === 0) return;
    this.#going = 0;
    this.#say([], 'paused');
  }

  #go() {
    if (this.#going !== 0) return;
    this.#slices += 1;
    const mine = this.#slices;
    this.#going = mine;
    const next = () => {
      if (this.#going !== mine || this.#dead) return;
      try {
        this.#slice();
      } catch (error) {
        this.#going = 0;
        if (!this.#isFatal(error)) {
          this.#dead = true;
          this.#around.post({ type: 'died', message: messageOf(error) }, []);
        }
        return;
      }
      if (this.#going === mine) this.#around.yieldThen(next);
    };
    this.#around.yieldThen(next);
  }

  /** A slice of training: as many calls as fit, then one message with all that happened. */
  #slice() {
    const { now } = this.#around;
    const began = now();
    /** @type {EngineEvent[]} */
    const events = [];
    /** @type {StopReason | null} */
    let stopped = null;
    const before = this.#training.status().step;
    let step = before;
    let at = began;
    while (stopped === null) {
      const asked = Math.min(this.#pace.steps, this.#stepsLeft ?? Infinity);
      const came = this.#training.advance(asked);
      for (const event of came) keep(events, event);
      const then = now();
      this.#pace.note(asked, then - at);
      this.#noteSteps(came, asked, then - at);
      at = then;
      if (this.#stepsLeft !== null) {
        const reached = this.#training.status().step;
        this.#stepsLeft = Math.max(0, this.#stepsLeft - (reached - step));
        step = reached;
      }
      stopped = stopOf(events) ?? (this.#stepsLeft === 0 ? 'limit' : null);
      if (this.#pace.over(at - began)) break;
    }
    // Evaluations take time and no steps: they count against the rate, as they do for whoever waits.
    const summary = this.#summary();
    this.#rate.note((summary.step - before) * this.#batch, at - began);
    if (stopped !== null) this.#going = 0;
    this.#say(events, stopped, summary);
  }

  /**
   * A call that did nothing but the steps it was asked for tells how fast steps are.
   * @param {EngineEvent[]} came
   * @param {number} asked
   * @param {number} ms
   */
  #noteSteps(came, asked, ms) {
    const [event] = came;
    if (came.length !== 1 || event.kind !== 'progress') return;
    const { round, step } = event;
    if (this.#stepping.round !== round) this.#stepping = { round, lastStep: step, samples: 0, ms: 0 };
    const { lastStep, samples, ms: before } = this.#stepping;
    const pure = step - lastStep === asked;
    this.#stepping = { round, lastStep: step, samples: samples + (pure ? asked * this.#batch : 0), ms: before + (pure ? ms : 0) };
  }

  get #stepRate() {
    return this.#stepping.ms > 0 ? (1000 * this.#stepping.samples) / this.#stepping.ms : 0;
  }

  #summary() {
    return brief(this.#training.status());
  }

  /**
   * @param {EngineEvent[]} events
   * @param {StopReason | null} stopped
   * @param {EngineSummary} summary
   */
  #say(events, stopped, summary = this.#summary()) {
    this.#around.post({ type: 'events', run: this.#run, events, rate: this.#rate.perSecond, stepRate: this.#stepRate, summary, stopped }, []);
  }
}

/**
 * Of many progress events only the last tells anything new.
 * @param {EngineEvent[]} events
 * @param {EngineEvent} event
 */
function keep(events, event) {
  const last = events.length - 1;
  if (event.kind === 'progress' && last >= 0 && events[last].kind === 'progress') events[last] = event;
  else events.push(event);
}

/**
 * @param {EngineEvent[]} events
 * @returns {StopReason | null}
 */
function stopOf(events) {
  if (events.some((event) => event.kind === 'round')) return 'round';
  return events.some((event) => event.kind === 'diverged') ? 'diverged' : null;
}

/**
 * What travels with every slice: without the results, which travel once, as events.
 * @param {any} summary
 * @returns {EngineSummary}
 */
function brief({ phase, round, step, remaining, survivors }) {
  return { phase, round, step, remaining, survivors };
}
