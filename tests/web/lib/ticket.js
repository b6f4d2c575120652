// What the tests of the page share: its state, and waiting for it.

/**
 * @typedef {import('./browser.js').Browser} Browser
 * @typedef {import('../../../www/engine/public-state.js').PublicState} PublicState
 */

/** Everything that takes training: a slow machine that does other things as well. */
const PATIENCE = 240_000;

/** The element's state. @param {Browser} browser @returns {Promise<PublicState>} */
export const stateOf = (browser) =>
  browser.evaluate(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state);

/**
 * Waits until the element is in one of some phases.
 * @param {Browser} browser
 * @param {string[]} phases
 * @returns {Promise<PublicState>}
 */
export async function until(browser, ...phases) {
  return browser.waitFor(
    (/** @type {string[]} */ wanted) => {
      const state = /** @type {any} */ (document.querySelector('lottery-ticket'))?.state;
      if (!state) return null;
      if (state.phase === 'failed' && !wanted.includes('failed')) throw new Error(state.error);
      return wanted.includes(state.phase) ? state : null;
    },
    [phases],
    { what: `the phase ${phases.join(' or ')}`, timeout: PATIENCE },
  );
}

/**
 * Waits until the engine has read the address.
 * @param {Browser} browser
 * @returns {Promise<PublicState>}
 */
export async function untilConfigured(browser) {
  return browser.waitFor(
    () => {
      const state = /** @type {any} */ (document.querySelector('lottery-ticket'))?.state;
      if (state?.error) throw new Error(state.error);
      return state?.config ? state : null;
    },
    [],
    { what: 'the engine has started', timeout: PATIENCE },
  );
}

/**
 * Waits until the config has a value.
 * @param {Browser} browser
 * @param {string} name
 * @param {unknown} value
 */
export const untilField = (browser, name, value) =>
  browser.waitFor(
    (/** @type {string} */ field, /** @type {string} */ wanted) =>
      JSON.stringify(/** @type {any} */ (document.querySelector('lottery-ticket')).state.config?.[field]) === wanted,
    [name, JSON.stringify(value)],
    { what: `${name} is ${JSON.stringify(value)}` },
  );
