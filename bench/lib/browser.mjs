// Headless Chromium with the bench's page open in it.
import puppeteer from 'puppeteer-core';
import { which } from '../../scripts/lib/run.mjs';
import { Sentence } from '../../scripts/lib/say.mjs';

function chromium() {
  const found = process.env.CHROMIUM || which('chromium') || which('chromium-browser') || which('google-chrome');
  if (!found) throw new Sentence('No Chromium on PATH: install it, or name one with CHROMIUM=/path/to/chromium.');
  return found;
}

/**
 * @param {string} url
 * @returns what can be asked of the page, and how to end it
 */
export async function openPage(url) {
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    headless: true,
    // A question may take minutes: making tickets, ten thousand steps of the slowest peer.
    protocolTimeout: 1_800_000,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error}`));
  page.on('console', (message) => console.error(`page: ${message.text()}`));
  await page.goto(url);
  await page.waitForFunction('"bench" in globalThis');
  return {
    version: await browser.version(),
    /** @param {string} name @param {string} subject */
    open: (name, subject) => page.evaluate(([name, subject]) => globalThis.bench.open(name, subject), [name, subject]),
    /** @param {string} name */
    close: (name) => page.evaluate((name) => globalThis.bench.close(name), name),
    /** @param {string} name @param {string} call @param {unknown} [argument] @returns {Promise<any>} */
    ask: (name, call, argument) =>
      page.evaluate(([name, call, argument]) => globalThis.bench.ask(name, call, argument), [name, call, argument]),
    end: () => browser.close(),
  };
}
