// How much work fits into a slice, and how fast it goes. Knows no clock: times are handed in.

const SLICE_MS = 40;
/** One call into the engine aims at this, so that a slice ends close to its limit. */
const CALL_MS = 8;
const FORGET_MS = 1500;

/** Chooses how many steps to ask the engine for in one call. */
export class Pace {
  #stepMs = 0;

  /** Steps for the next call: one until the first was timed. */
  get steps() {
    if (this.#stepMs === 0) return 1;
    return Math.max(1, Math.min(1000, Math.floor(CALL_MS / this.#stepMs)));
  }

  /** @param {number} elapsed  milliseconds since the slice began */
  over(elapsed) {
    return elapsed + CALL_MS / 2 >= SLICE_MS;
  }

  /**
   * @param {number} steps  asked for in one call
   * @param {number} ms  that it took
   */
  note(steps, ms) {
    const each = ms / steps;
    // Slower at once, faster by and by: a slice must not run over.
    this.#stepMs = this.#stepMs === 0 || each > this.#stepMs ? each : 0.8 * this.#stepMs + 0.2 * each;
  }
}

/** Samples a second over the last moments of training; pauses do not count. */
export class Rate {
  #samples = 0;
  #ms = 0;

  /**
   * @param {number} samples
   * @param {number} ms
   */
  note(samples, ms) {
    const keep = Math.exp(-ms / FORGET_MS);
    this.#samples = this.#samples * keep + samples;
    this.#ms = this.#ms * keep + ms;
  }

  get perSecond() {
    return this.#ms > 0 ? (1000 * this.#samples) / this.#ms : 0;
  }
}
