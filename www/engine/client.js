/**
 * The page's end of one worker: requests with answers, a stream of events, and the certainty that a worker which died or hangs is
 * noticed. Works with anything that looks like a Worker.
 */
import { PROTOCOL } from './protocol.js';

/**
 * @typedef {import('./protocol.js').RequestBody} RequestBody
 * @typedef {import('./protocol.js').Reply} Reply
 * @typedef {Extract<Reply, {type: 'events'}>} Events
 */

/** The worker is gone; its message is a sentence for the reader. */
export class WorkerDied extends Error {}
/** The worker said no to a request; its message is the engine's sentence. */
export class Refused extends Error {}

const TICK_MS = 1000;
/**
 * Ticks without a word before it is asked, and before it is given up. Ticks, not time: a machine that slept is no dead worker; and
 * many, because one that is starved of its core by other programs is none either.
 */
const ASK_AFTER = 3;
const GIVE_UP_AFTER = 20;
const HANDSHAKE_TICKS = 20;

export class Client {
  #worker;
  #nextId = 1;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #open = new Map();
  /** @type {WorkerDied | null} */ #dead = null;
  #silent = 0;
  #spoke = false;
  #training = false;
  /** @type {ReturnType<typeof setInterval> | null} */ #watch = null;

  /** Called with every stretch of training. @type {(events: Events) => void} */ onEvents = () => {};
  /** Called once. @type {(error: WorkerDied) => void} */ onDeath = () => {};

  /** @param {Worker} worker */
  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = (/** @type {MessageEvent<Reply>} */ event) => this.#hear(event.data);
    worker.onmessageerror = () => this.#die('A message from the engine could not be read.');
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#die(event.message ? `The engine's worker failed: ${event.message}` : "The engine's worker could not be started.");
    };
    /** Resolves when the worker speaks our protocol. */
    this.ready = this.request({ type: 'hello', protocol: PROTOCOL });
    this.ready.catch(() => {});
  }

  get dead() {
    return this.#dead;
  }

  /**
   * @param {RequestBody} body
   * @returns {Promise<any>}
   */
  request(body) {
    if (this.#dead) return Promise.reject(this.#dead);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      if (body.type === 'train') this.#training = true;
      this.#watchOver();
      try {
        this.#worker.postMessage({ ...body, id });
      } catch (error) {
        this.#open.delete(id);
        reject(error);
      }
    });
  }

  /** Ends the worker at once; open requests fail, nobody is told. */
  kill() {
    this.#end(new WorkerDied('The worker was stopped.'));
  }

  /** @param {Reply} reply */
  #hear(reply) {
    if (this.#dead) return;
    this.#silent = 0;
    this.#spoke = true;
    switch (reply.type) {
      case 'answer':
        this.#take(reply.id)?.resolve(reply.value);
        break;
      case 'refused':
        this.#take(reply.id)?.reject(new Refused(reply.message));
        break;
      case 'events':
        this.#training = reply.stopped === null;
        this.onEvents(reply);
        break;
      case 'died':
        this.#die(reasonOf(reply.message));
        break;
    }
  }

  /** @param {number} id */
  #take(id) {
    const waiting = this.#open.get(id);
    this.#open.delete(id);
    return waiting;
  }

  /** Watches while something is expected of the worker. */
  #watchOver() {
    if (this.#watch !== null) return;
    this.#silent = 0;
    this.#watch = setInterval(() => {
      if (this.#open.size === 0 && !this.#training) {
        this.#stopWatching();
        return;
      }
      this.#silent += 1;
      if (!this.#spoke) {
        if (this.#silent >= HANDSHAKE_TICKS) this.#die("The engine's worker did not start within 20 seconds.");
      } else if (this.#silent === ASK_AFTER) {
        this.request({ type: 'hello', protocol: PROTOCOL }).catch(() => {});
      } else if (this.#silent >= GIVE_UP_AFTER) {
        this.#die("The engine's worker fell silent: the browser may have ended it, perhaps for want of memory.");
      }
    }, TICK_MS);
  }

  #stopWatching() {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }

  /** @param {string} message */
  #die(message) {
    if (this.#dead) return;
    const error = new WorkerDied(message);
    this.#end(error);
    this.onDeath(error);
  }

  /** @param {WorkerDied} error */
  #end(error) {
    if (this.#dead) return;
    this.#dead = error;
    this.#stopWatching();
    this.#worker.terminate();
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of open) reject(error);
  }
}

/** @param {string} message  of a trap, in the words of whichever engine the browser has */
function reasonOf(message) {
  if (/memory|allocation/i.test(message)) return 'The engine ran out of memory.';
  if (/unreachable|panick/i.test(message)) return `The engine stopped at a fault of its own (${message}).`;
  return message.endsWith('.') ? message : `The engine failed: ${message}.`;
}
