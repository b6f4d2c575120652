// Chromium by its DevTools protocol and Firefox by WebDriver BiDi, both through puppeteer.
import puppeteer from 'puppeteer-core';
import { findBrowser } from '../../../scripts/lib/find-browser.mjs';

const CHROMIUM_ARGS = [
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  // Tests measure what a page in front does; nothing may slow it down for being in the background.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/**
 * @param {'chromium' | 'firefox'} name
 * @param {import('./browser.js').LaunchOptions} options
 * @returns {Promise<import('./browser.js').Driver>}
 */
export async function launchPuppeteer(name, { headless = true, args = [] }) {
  const own = name === 'chromium' ? [...CHROMIUM_ARGS] : [];
  if (name === 'chromium' && process.getuid?.() === 0) own.push('--no-sandbox');
  const browser = await puppeteer.launch({
    browser: name === 'chromium' ? 'chrome' : 'firefox',
    executablePath: findBrowser(name),
    headless,
    args: [...own, ...args],
    defaultViewport: { width: 1280, height: 900 },
    protocolTimeout: 900_000,
  });
  // A page of our own: in the one that Firefox opens with, the address bar has the focus and Tab leads nowhere.
  const [first] = await browser.pages();
  const page = await browser.newPage();
  await first?.close();
  await page.bringToFront();
  page.setDefaultTimeout(60_000);

  /** @type {string[]} */
  let problems = [];
  page.on('console', (message) => {
    const type = message.type();
    if (type === 'error' || type === 'warn') {
      const at = message.location().url;
      problems.push(`${type}: ${message.text()}${at ? ` (${at})` : ''}`);
    }
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`));

  return {
    page,
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' });
    },
    async evaluate(expression) {
      return /** @type {string} */ (await page.evaluate(expression));
    },
    moveMouse: (x, y) => page.mouse.move(x, y),
    mouseDown: () => page.mouse.down(),
    mouseUp: () => page.mouse.up(),
    async press(keys) {
      const named = /** @type {import('puppeteer-core').KeyInput[]} */ (keys);
      for (const key of named) await page.keyboard.down(key);
      for (const key of [...named].reverse()) await page.keyboard.up(key);
    },
    async screenshot() {
      return Buffer.from(await page.screenshot({ type: 'png' }));
    },
    setViewport: (width, height) => page.setViewport({ width, height }),
    async back() {
      await page.evaluate('history.back()');
    },
    async forward() {
      await page.evaluate('history.forward()');
    },
    async problems() {
      const seen = problems;
      problems = [];
      return seen;
    },
    async close() {
      await browser.close();
    },
  };
}
