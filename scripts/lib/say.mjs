// What the scripts say to the person in front of the terminal.

/** A failure that is told in one sentence, without a stack trace. */
export class Sentence extends Error {}

/** @param {string} text */
export function say(text) {
  console.log(text);
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Announces a step, does it, and says how long it took.
 * @template T
 * @param {string} what  a gerund: "Building the engine"
 * @param {string} usually  how long it usually takes: "about 1 minute"
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, usually, work) {
  const started = Date.now();
  say(`${what} (usually ${usually}) …`);
  const result = await work();
  say(`  done in ${duration(Date.now() - started)}`);
  return result;
}

/**
 * Runs a script's main function: a `Sentence` ends it with one line, anything else with its trace.
 * @param {() => unknown} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exit(1);
  }
}
