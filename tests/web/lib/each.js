// The same test in every browser that was asked for: BROWSERS=chromium,firefox restricts them.
import { test } from 'node:test';
import { launch } from './browser.js';
import { BROWSERS } from '../../../scripts/lib/find-browser.mjs';

/** @returns {import('./browser.js').BrowserName[]} */
export function chosenBrowsers() {
  const asked = process.env.BROWSERS?.split(',').map((name) => name.trim()).filter(Boolean) ?? BROWSERS;
  for (const name of asked) {
    if (!BROWSERS.includes(/** @type {any} */ (name))) {
      throw new Error(`BROWSERS names "${name}"; expected some of ${BROWSERS.join(',')}`);
    }
  }
  return /** @type {import('./browser.js').BrowserName[]} */ (asked);
}

/**
 * One test a browser, each with a fresh browser (and so an empty cache), closed whatever happens.
 * @param {string} title
 * @param {(browser: import('./browser.js').Browser, t: import('node:test').TestContext) => Promise<void>} body
 * @param {{ only?: import('./browser.js').BrowserName[], timeout?: number, launch?: import('./browser.js').LaunchOptions }} [options]
 *   only: the browsers that can do what the test needs
 */
export function inEachBrowser(title, body, { only = BROWSERS, timeout = 300_000, launch: launchOptions = {} } = {}) {
  for (const name of chosenBrowsers().filter((each) => only.includes(each))) {
    test(`${title} [${name}]`, { timeout }, async (t) => {
      const browser = await launch(name, launchOptions);
      try {
        await body(browser, t);
      } finally {
        await browser.close();
      }
    });
  }
}
