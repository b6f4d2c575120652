// An engine without mathematics behind the real protocol: what it "trains" is a count, so that a test can follow every step.
import { Host } from '../../../www/engine/worker/host.js';

export class FakeEngine {
  /** Every engine ever made by a test, for looking at. @type {FakeEngine[]} */
  static made = [];
  /** @type {(engine: FakeEngine) => void} */ static beforeAdvance = () => {};

  constructor() {
    this.data = { train: 0, test: 0 };
    /** @type {any} */ this.config = null;
    this.arm = '';
    this.round = 0;
    this.done = 0;
    this.state = 'ready';
    this.survivors = 100;
    this.kind = '';
    /** @type {any} */ this.ticket = null;
    /** @type {string[]} */ this.log = [];
    FakeEngine.made.push(this);
  }

  addShard(/** @type {'train' | 'test'} */ kind, /** @type {Uint8Array} */ images) {
    if (images[0] === 66) throw new Error('The images are bad.');
    this.data[kind] += images.length;
  }

  clearData() {
    this.data = { train: 0, test: 0 };
  }

  dataInfo() {
    return this.data;
  }

  start(/** @type {any} */ config, /** @type {string} */ arm) {
    this.log.push(`start ${config.seed}/${arm}`);
    Object.assign(this, { config, arm, round: 0, done: 0, state: 'ready', survivors: 100 });
  }

  resume(/** @type {any} */ config, /** @type {string} */ arm, /** @type {Uint8Array} */ bytes) {
    Object.assign(this, { config, arm, ...JSON.parse(new TextDecoder().decode(bytes)) });
    this.log.push(`resume ${config.seed}/${arm} at ${this.round}:${this.done}`);
  }

  checkpoint() {
    const { round, done, state, survivors } = this;
    return new TextEncoder().encode(JSON.stringify({ round, done, state, survivors }));
  }

  beginRound(/** @type {number} */ round, /** @type {Uint8Array} */ age) {
    this.log.push(`begin ${this.config.seed}/${this.arm} ${round} with ${age[0]}`);
    Object.assign(this, { round, done: 0, state: 'ready', survivors: age[0] });
  }

  advance(/** @type {number} */ steps) {
    FakeEngine.beforeAdvance(this);
    if (this.state === 'trained') throw new Error('This round is trained.');
    this.state = 'training';
    this.done = Math.min(this.config.steps, this.done + steps);
    const { round, done: step } = this;
    /** @type {any[]} */
    const events = [{ kind: 'progress', round, step, loss: 1 / step }];
    if (step === this.config.steps) {
      this.state = 'trained';
      const { arm } = this;
      events.push({ kind: 'evaluation', round, step, valLoss: 0.5, valAccuracy: 90, trainLoss: 0.4 });
      const fingerprint = `${this.config.seed}/${arm}/${round}`;
      const measured = { valLoss: 0.5, testAccuracyEarlyStop: 91, earlyStopStep: step, fingerprint, startFingerprint: fingerprint, curve: [] };
      events.push({ kind: 'round', result: { seed: this.config.seed, arm, round, remaining: this.survivors, survivors: [this.survivors], ...measured } });
    }
    return events;
  }

  status() {
    return { phase: this.state, round: this.round, step: this.done, remaining: this.survivors, survivors: [this.survivors] };
  }

  prune() {
    if (this.state !== 'trained') throw new Error('Train first.');
    this.state = 'pruned';
    this.survivors /= 2;
  }

  pruneBy(/** @type {number} */ layer, /** @type {number} */ threshold) {
    if (layer !== 1) throw new Error(`Layer ${layer} was not asked for.`);
    if (this.state !== 'pruned') this.prune();
    this.survivors -= threshold;
  }

  undoPrune() {
    this.state = 'trained';
    this.survivors = 100 / 2 ** this.round;
  }

  restart(/** @type {string} */ kind) {
    this.kind = kind;
    Object.assign(this, { round: this.round + 1, done: 0, state: 'ready' });
  }

  nextRound() {
    this.prune();
    this.restart('rewind');
  }

  age() {
    return new Uint8Array([this.survivors]);
  }

  ticketFile() {
    return new TextEncoder().encode(`${this.config.seed}/${this.arm}/${this.round}`);
  }

  loadTicket(/** @type {Uint8Array} */ bytes, /** @type {Uint8Array | undefined} */ age, /** @type {number | undefined} */ round) {
    const file = new TextDecoder().decode(bytes);
    this.ticket = file + (age ? ` through ${round}: ${age[0]}` : '');
    const [seed, , own] = file.split('/');
    return { round: parseInt(own), sizes: lessonLike.sizes, config: { seed: Number(seed) } };
  }

  /** What is looked at, in every answer: a ticket, as the masks leave it, or the run. */
  get seen() {
    return this.ticket ?? `live ${this.round} ${this.state}`;
  }

  movement() {
    return [0, 1].map((layer) => ({ layer, seen: this.seen, survivors: [3, 2], pruned: [1, 0] }));
  }

  scatter() {
    return new Float32Array(3);
  }

  histogram() {
    return { seen: this.seen, cut: 0.5, goes: 50 };
  }

  fanOut() {
    return [this.seen];
  }

  units() {
    return { dead: this.seen };
  }

  placement() {
    return [this.seen];
  }

  meanImage() {
    return [];
  }

  predict(/** @type {Uint8Array} */ _, /** @type {string} */ which) {
    return { probabilities: `${this.seen} ${which}` };
  }

  activePath(/** @type {Uint8Array} */ _, /** @type {number} */ count) {
    return { edges: count, total: this.seen };
  }

  weights() {
    return this.ticket ?? `live ${this.round}`;
  }
}

export const lessonLike = { seed: 7, rounds: 2, steps: 50, batch: 60, examples: 10, validation: 2, test: 5, sizes: [4, 2], arms: ['ticket', 'reinit'], data: 'mnist', target: null, schedule: 'iterative' };

const functions = {
  config_table: () => [{ name: 'seed' }, { name: 'steps' }],
  config_from_address: (/** @type {string} */ address) => {
    if (address.includes('seed=-1')) return { config: { ...lessonLike, seed: 0 }, corrections: ['seed must be a whole number. Using 0.'] };
    const steps = Number(/steps=(\d+)/.exec(address)?.[1] ?? lessonLike.steps);
    return steps < 10
      ? { config: { ...lessonLike, steps, eval_every: steps }, corrections: ['eval_every must be at most steps.'] }
      : { config: { ...lessonLike }, corrections: [] };
  },
  config_from_json: (/** @type {any} */ config) => {
    if (config.seed < 0) throw new Error('seed must be a whole number.');
    if ('nope' in config) throw new Error('nope is not a setting.');
    if (config.steps < 10) throw new Error('eval_every must be at most steps.');
    return { ...lessonLike, ...config };
  },
  config_to_address: () => '',
  engine_version: () => 'test',
  new_seed: () => 5,
};

/** A Worker in this very thread: messages are cloned and delivered later, as real ones are. */
export class FakeWorker {
  /** @type {FakeWorker[]} */ static made = [];
  /** @type {((event: any) => void) | null} */ onmessage = null;
  /** @type {((event: any) => void) | null} */ onerror = null;
  onmessageerror = null;
  terminated = false;
  /** While true, nothing that is sent arrives: a worker in an endless loop. */
  deaf = false;

  constructor() {
    FakeWorker.made.push(this);
    /** @type {FakeEngine[]} */ this.engines = [];
    let clock = 0;
    this.host = new Host({
      createEngine: () => {
        const engine = new FakeEngine();
        this.engines.push(engine);
        return engine;
      },
      functions,
      post: (reply) => {
        const copy = structuredClone(reply);
        setImmediate(() => this.terminated || this.onmessage?.({ data: copy }));
      },
      // Every look at the clock costs 5 ms: a slice is a few calls.
      now: () => (clock += 5),
      yieldThen: (next) => setImmediate(() => this.terminated || this.deaf || next()),
    });
  }

  postMessage(/** @type {any} */ message) {
    const copy = structuredClone(message);
    setImmediate(() => this.terminated || this.deaf || this.host.take(copy));
  }

  terminate() {
    this.terminated = true;
  }

  /** As a browser reports a worker that threw at its top level. */
  fail(/** @type {string} */ message) {
    this.onerror?.({ message, preventDefault() {} });
  }
}

/** @returns {import('../../../www/engine/data.js').Supply} */
export function supply(key = 'mnist') {
  const part = (/** @type {number} */ size) => ({ bytes: new Uint8Array(size).buffer, gzip: false, unpacked: null });
  return {
    key,
    name: key,
    train: [{ kind: 'train', count: 12, images: part(12), labels: part(12) }],
    test: [{ kind: 'test', count: 5, images: part(5), labels: part(5) }],
  };
}

/** For before each test: as if no engine and no worker had ever been made. */
export function forgetFakes() {
  FakeEngine.made = [];
  FakeWorker.made = [];
  FakeEngine.beforeAdvance = () => {};
}
