/**
 * Runs the lesson's experiment on the reader's machine. The engine is fetched at the first press of the button, not before.
 */
import { loadSaid } from '../strings/index.js';

/** @typedef {import('./lt-run.js').Runner} Runner */
/** @typedef {import('./lt-run.js').Progress} Progress */

async function fetchEngine() {
  const { createSession, LiveSource, leadLine, phaseOf, progress, timeLeft } = await import('../engine/index.js');
  await loadSaid(document.documentElement.lang);
  const session = createSession();
  return { session, source: new LiveSource(session), leadLine, phaseOf, progress, timeLeft };
}

/** @type {Progress} */
const nothing = { phase: 'loading', fraction: 0, secondsLeft: null, round: 0, rounds: 0, seed: 0, seconds: 0 };

/** Seconds that went by while it ran. */
class Watch {
  #spent = 0;
  #since = 0;

  start() {
    if (!this.#since) this.#since = performance.now();
  }

  stop() {
    if (this.#since) this.#spent += performance.now() - this.#since;
    this.#since = 0;
  }

  get seconds() {
    return (this.#spent + (this.#since ? performance.now() - this.#since : 0)) / 1000;
  }
}

/**
 * @param {object} to
 * @param {(progress: Progress | null) => void} to.onProgress
 * @param {(source: import('./lt-lesson.js').Source | null) => void} to.onSource
 * @returns {Runner}
 */
export function makeRunner({ onProgress, onSource }) {
  /** @type {Awaited<ReturnType<typeof fetchEngine>> | null} */
  let engine = null;
  let watch = new Watch();
  /** Until a run has ended each is the recorded one's, for the reader to compare. */
  let ended = false;
  let wanted = false;
  let shown = false;
  let queued = false;

  function tell() {
    queued = false;
    if (!engine || !wanted) return;
    const { session, source, leadLine, phaseOf, progress, timeLeft } = engine;
    const { state } = session;
    if (!state.config) return;
    const phase = phaseOf(state);
    if (phase === 'finished') ended = true;
    const trains = phase === 'training';
    if (trains) watch.start();
    else watch.stop();
    const { done, total } = progress(state);
    const left = timeLeft(state, session.workers);
    onProgress({
      phase:
        phase === 'finished' || phase === 'failed' || phase === 'paused' ? phase : trains ? 'running' : 'loading',
      fraction: total ? done / total : 0,
      secondsLeft: left === null ? null : left / 1000,
      round: leadLine(state)?.round ?? 0,
      rounds: state.config.rounds,
      seed: state.config.seed,
      seconds: watch.seconds,
      fingerprint: leadLine(state)?.results.find((result) => result.round === state.config?.rounds)?.fingerprint,
      message: state.error ?? state.data.error ?? undefined,
    });
    // The figures change over as soon as there is something to draw.
    if (!shown && Object.values(state.lines).some(({ results }) => results.length > 0)) {
      shown = true;
      onSource(source);
    }
  }

  async function start() {
    onProgress(nothing);
    wanted = true;
    shown = false;
    watch = new Watch();
    try {
      const fetched = engine ?? (await fetchEngine());
      // Unless it was stopped and started again meanwhile.
      if (!engine) {
        engine = fetched;
        // State changes many times a second; telling once a frame is enough.
        engine.session.subscribe(() => {
          if (queued) return;
          queued = true;
          requestAnimationFrame(tell);
        });
      }
      const { session } = engine;
      const seed = ended ? await session.engine('new_seed') : 0;
      await session.open(`preset=lesson&seed=${seed}`);
      if (!wanted) return;
      await session.findTicket();
    } catch (error) {
      if (wanted) onProgress({ ...nothing, phase: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    start,
    pause: () => engine?.session.pause(),
    resume: () => void engine?.session.findTicket(),
    stop() {
      wanted = false;
      engine?.session.reset();
      onProgress(null);
      onSource(null);
    },
  };
}
