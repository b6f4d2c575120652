// axe finds nothing in any state of the page, light or dark, and nothing is wider than a phone.
import assert from 'node:assert/strict';
import { axeFinds } from './lib/axe.js';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { until, untilConfigured } from './lib/ticket.js';

/** @typedef {import('./lib/browser.js').Browser} Browser */

const SHORT = 'preset=lesson&seed=7&examples=1500&validation=300&test=500&steps=40&rounds=2&eval_every=20';
const LONG = SHORT.replace('steps=40', 'steps=50000');
const THEMES = ['light', 'dark'];
const FIGURES = ['race', 'ladder', 'connections', 'rounds', 'weights', 'scatter', 'movement', 'units', 'pixels', 'digit'];

/** Markup and styles are the same everywhere: two engines are enough. @type {{only: ('chromium' | 'firefox')[], timeout: number}} */
const HERE = { only: ['chromium', 'firefox'], timeout: 900_000 };

/**
 * Looks at a state in both themes.
 * @param {Browser} browser
 * @param {string} what
 * @param {{part?: string, narrow?: boolean}} [options]
 */
async function check(browser, what, { part = 'html', narrow = true } = {}) {
  for (const theme of THEMES) {
    await browser.evaluate((/** @type {string} */ name) => {
      document.documentElement.dataset.theme = name;
      // Pages without our tokens follow the scheme.
      document.documentElement.style.colorScheme = name;
    }, theme);
    assert.deepEqual(await axeFinds(browser, part), [], `${what}, ${theme}`);
  }
  if (narrow) assert.ok(await browser.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what}: something is wider than the phone`);
}

inEachBrowser('axe finds nothing in the lesson, before and after the guesses, at rest and while a run goes on', async (browser) => {
  const site = await serveSite();
  try {
    await browser.setViewport(360, 740);
    await browser.goto(site.url);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lt-hero lt-connections'))?.data, [], { what: 'the recorded run is shown' });
    const fill = () => browser.evaluate(() => /** @type {any} */ (document.querySelector('lt-lesson')).fillAll());
    const full = () => browser.waitFor(() => [...document.querySelectorAll('.step .figures:not(.waiting) > *')].every((figure) => /** @type {any} */ (figure).data), [], { what: 'the figures have their data' });
    await fill();
    await full();
    await check(browser, 'before the guesses');
    await browser.evaluate(() => {
      for (const asks of document.querySelectorAll('lt-guess, lt-sketch')) /** @type {any} */ (asks).reveal(false);
    });
    await browser.waitFor(() => document.querySelectorAll('.figures.waiting').length === 0, [], { what: 'all is shown' });
    await full();
    await check(browser, 'after the guesses');
    await browser.evaluate(() => {
      for (const figure of document.querySelectorAll('.step .figures > *')) for (const fold of figure.shadowRoot?.querySelectorAll('details') ?? []) fold.open = true;
    });
    await check(browser, 'menus and tables open');
    browser.within = '.hero';
    await browser.click('button', 'Run it on this machine');
    await browser.click('button', 'Pause the run', { timeout: 60_000 });
    browser.within = '';
    await check(browser, 'a run that is paused');
    await browser.evaluate(() => /** @type {any} */ (document.querySelector('lt-run')).runner.resume());
    await browser.waitFor(() => /^Your run/.test(document.querySelector('.hero .run-state')?.textContent ?? ''), [], { what: 'the run has ended', timeout: 240_000 });
    await fill();
    await full();
    await check(browser, 'after a run');
  } finally {
    await site.close();
  }
}, HERE);

inEachBrowser('axe finds nothing in any state of the laboratory', async (browser) => {
  const site = await serveSite();
  try {
    await browser.setViewport(360, 740);
    await browser.goto(`${site.url}#${SHORT}&nonsense=1`);
    await untilConfigured(browser);
    const element = { part: 'lottery-ticket' };
    await check(browser, 'with a note of what was corrected', element);
    await browser.click('button', 'All settings');
    await check(browser, 'all settings', element);
    await browser.fill('Prune rate', '7');
    await browser.waitFor(() => document.querySelector('lottery-ticket')?.shadowRoot?.querySelector('.refusal'), [], { what: 'the field is refused' });
    await check(browser, 'a refused field', element);
    await browser.fill('Prune rate', '0.5');
    await browser.click('button', 'All settings');
    site.fail('standalone/data/mnist/train-00.labels.bin', { status: 500 }, 1);
    await browser.click('button', 'Find a ticket');
    await until(browser, 'failed');
    await check(browser, 'a failed download', element);
    await browser.click('button', 'Try again');
    await until(browser, 'finished');
    for (const look of ['weights', 'scatter', 'movement', 'units', 'pixels', 'digit']) {
      await browser.evaluate((/** @type {string} */ name) => {
        const root = /** @type {ShadowRoot} */ (document.querySelector('lottery-ticket')?.shadowRoot);
        const at = ['weights', 'scatter', 'movement', 'units', 'pixels', 'digit'].indexOf(name);
        /** @type {HTMLElement} */ (root.querySelectorAll('.look input')[at]).click();
      }, look);
      await browser.waitFor((/** @type {string} */ name) => /** @type {any} */ (document.querySelector('lottery-ticket')?.shadowRoot?.querySelector(`.look ~ lt-${name}`))?.data, [look], { what: `${look} has its data`, timeout: 60_000 });
      await check(browser, look, element);
    }
    await browser.click('button', 'Embed');
    await browser.waitFor(() => document.querySelector('lt-embed')?.shadowRoot?.querySelector('lottery-ticket')?.shadowRoot?.querySelector('button'), [], { what: 'the dialog is open' });
    for (const form of ['as a frame', 'as an element (script)']) {
      await browser.choose(form, true);
      await check(browser, `the Embed dialog, ${form}`, { part: 'lt-embed' });
    }
    await browser.press('Escape');
    await browser.evaluate((/** @type {string} */ hash) => (location.hash = hash), LONG);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state.config?.steps === 50000, [], { what: 'the long run is open' });
    await browser.click('button', 'Train');
    await until(browser, 'training');
    await check(browser, 'while it trains', element);
    await browser.click('button', 'Pause');
    await until(browser, 'paused');
    await check(browser, 'paused', element);
    await check(browser, 'the whole page with a laboratory');
  } finally {
    await site.close();
  }
}, HERE);

inEachBrowser('axe finds nothing in façades, frames and what stands in for a figure', async (browser) => {
  const element = (/** @type {string} */ figure) => `<lottery-ticket figure="${figure}"></lottery-ticket>`;
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title><meta name="viewport" content="width=device-width">
<style>html { color-scheme: light dark; background: Canvas; color: CanvasText; font-family: sans-serif; }</style><script type="module" src="standalone/lottery-ticket.js"></script></head>
<body><main><h1>A blog</h1>${[...FIGURES, 'none-such'].map(element).join('\n')}</main></body></html>`;
  const site = await serveSite({ pages: { 'blog.html': page } });
  try {
    await browser.setViewport(360, 740);
    await browser.goto(`${site.url}blog.html`);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket'))?.shadowRoot?.querySelector('button'), [], { what: 'the façades are there' });
    await browser.evaluate(async () => {
      for (const each of document.querySelectorAll('lottery-ticket')) {
        each.scrollIntoView();
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    });
    await browser.waitFor(() => [...document.querySelectorAll('lottery-ticket')].filter((each) => /** @type {any} */ (each.shadowRoot?.querySelector('[part=figure]'))?.data).length === 10, [], { what: 'ten recorded pictures' });
    await check(browser, 'façades');
    for (const figure of ['', 'race']) {
      await browser.goto(`${site.url}embed.html#${figure && `figure=${figure}&`}${SHORT}`);
      await browser.waitFor(() => document.querySelector('lottery-ticket')?.shadowRoot?.querySelector('button.primary'), [], { what: 'the frame is there' });
      // A frame lets its host shine through; axe would take that for white.
      await browser.evaluate(() => void (document.documentElement.style.background = 'Canvas'));
      await check(browser, `a frame with ${figure || 'the laboratory'}`);
      await browser.click('button', 'Run it on this machine');
      await until(browser, 'finished');
      await check(browser, `a frame with ${figure || 'the laboratory'}, finished`);
      await browser.goto('about:blank');
    }
  } finally {
    await site.close();
  }
}, HERE);
