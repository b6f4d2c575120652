// What only the eye would notice: whether the page holds still while it loads, and how it looks on paper.
import assert from 'node:assert/strict';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';

/** @typedef {import('./lib/browser.js').Browser} Browser */

/** Until the first picture is drawn. @param {Browser} browser */
const ready = (browser) =>
  browser.waitFor(
    async () => {
      const picture = /** @type {any} */ (document.querySelector('lt-hero lt-connections'));
      await picture?.drawn;
      return picture?.data && document.querySelector('.hero-numbers');
    },
    [],
    { what: 'the first picture is there' },
  );

inEachBrowser('nothing moves while the page loads, however wide it is and whatever it speaks', async (browser) => {
  const site = await serveSite();
  const page = /** @type {import('puppeteer-core').Page} */ (browser.page);
  try {
    await page.setBypassServiceWorker(true);
    // Long enough for the page to be drawn without the run.
    site.fail('recorded/lesson.json', { delay: 400 });
    const sizes = [[360, 740], [412, 915], [600, 900], [768, 1024], [820, 1180], [1100, 900], [1440, 900]];
    const visits = [...sizes.map(([width, height]) => ({ lang: 'en', width, height })), { lang: 'de', width: 360, height: 740 }, { lang: 'de', width: 1440, height: 900 }, { lang: 'fr', width: 360, height: 740 }];
    for (const { lang, width, height } of visits) {
      await browser.goto(new URL('icon.svg', site.url).href);
      await browser.evaluate((lang) => localStorage.setItem('lt-lang', lang), lang);
      await browser.setViewport(width, height);
      await browser.goto(site.url);
      await ready(browser);
      await browser.waitFor((lang) => document.documentElement.lang === lang && !('waiting' in document.documentElement.dataset), [lang], { what: 'the page speaks' });
      const moved = await browser.evaluate(async () => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += /** @type {any} */ (entry).value)));
        observer.observe({ type: 'layout-shift', buffered: true });
        await new Promise((resolve) => setTimeout(resolve, 500));
        return sum;
      });
      assert.ok(moved < 0.02, `${lang}, ${width} × ${height}: ${moved}`);
    }
  } finally {
    await site.close();
  }
}, { only: ['chromium'] });

inEachBrowser('the lesson’s bar stands over little of the text, whatever it says, and breaks no word', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    for (const lang of ['en', 'de', 'fr']) {
      await browser.choose('Language…', lang);
      await browser.waitFor((lang) => /** @type {any} */ (document.querySelector('.lesson-bar lt-run')).spoken === lang, [lang], { what: `the bar speaks ${lang}` });
      for (const [width, height] of [[320, 256], [320, 568], [360, 740], [640, 900], [800, 900], [1024, 900]]) {
        await browser.setViewport(width, height);
        for (const phase of [null, 'running', 'paused', 'finished', 'failed']) {
          const bar = await browser.evaluate(async (phase) => {
            const run = /** @type {any} */ (document.querySelector('.lesson-bar lt-run'));
            const message = 'train-00.images.bin could not be loaded: the server answered 500.';
            run.progress = phase && { phase, message, round: 2, rounds: 5, seed: 1302385437, seconds: 12.3, fraction: 0.4, secondsLeft: 4, fingerprint: '' };
            await run.updateComplete;
            const bar = /** @type {Element} */ (run.closest('.lesson-bar'));
            const state = run.querySelector('.run-state');
            const longest = Math.max(...state.textContent.split(/[\s-]+/).map((/** @type {string} */ word) => word.length));
            return { height: bar.clientHeight, stays: getComputedStyle(bar).position === 'sticky', room: state.clientWidth / longest };
          }, phase);
          const where = `${lang}, ${width} × ${height}, ${phase}: ${JSON.stringify(bar)}`;
          assert.ok(bar.height <= (bar.stays ? 0.14 * Math.max(height, 740) : 190), where);
          assert.ok(bar.room > 7, `a word has its place: ${where}`);
        }
      }
    }
  } finally {
    await site.close();
  }
}, { only: ['chromium'] });

inEachBrowser('on paper ink is dark, whatever the theme, and the first page begins with the first picture', async (browser) => {
  const site = await serveSite();
  const page = /** @type {import('puppeteer-core').Page} */ (browser.page);
  const client = await page.createCDPSession();
  try {
    for (const [scheme, theme] of [['dark', 'auto'], ['light', 'dark']]) {
      // Both at once: puppeteer forgets the one when it sets the other.
      const wear = (/** @type {string} */ media) => client.send('Emulation.setEmulatedMedia', { media, features: [{ name: 'prefers-color-scheme', value: scheme }] });
      await wear('');
      await browser.goto(site.url);
      await browser.choose('Theme', theme);
      await ready(browser);
      await browser.evaluate(() => document.getElementById('step-digits')?.scrollIntoView({ behavior: 'instant' }));
      await browser.waitFor(() => /** @type {any} */ (document.querySelector('#step-digits lt-digit'))?.data?.pixels, [], { what: 'the digit is there' });
      await browser.evaluate(() => {
        const shadow = /** @type {ShadowRoot} */ (document.querySelector('#step-digits lt-digit')?.shadowRoot);
        const own = /** @type {any} */ (window);
        /** How bright the ink of the digit is, 0 … 255. */
        own.ink = () => {
          const paper = /** @type {HTMLCanvasElement} */ (shadow.querySelector('.paper'));
          const { data } = /** @type {CanvasRenderingContext2D} */ (paper.getContext('2d')).getImageData(0, 0, paper.width, paper.height);
          const at = data.indexOf(255, 3);
          return Math.max(...data.slice(at - (at % 4), at - (at % 4) + 3));
        };
        own.text = () =>
          [document.querySelector('h1'), document.querySelector('#step-train p'), shadow.querySelector('figcaption'), shadow.querySelector('.heading')].map((element) =>
            Math.max(...(getComputedStyle(/** @type {Element} */ (element)).color.match(/\d+/g) ?? []).map(Number)),
          );
        addEventListener('beforeprint', () => (own.printed = own.ink()));
      });
      const seen = () => browser.evaluate(() => ({ ink: /** @type {any} */ (window).ink(), text: /** @type {any} */ (window).text() }));
      const screen = await seen();
      assert.ok(screen.ink > 150 && Math.min(...screen.text) > 120, `pale on the screen: ${JSON.stringify(screen)}`);

      const sheet = Buffer.from(await page.pdf({ format: 'A4', pageRanges: '1' })).toString('latin1');
      assert.match(sheet, /\/Subtype\s*\/Image/, 'the first picture is on the first page');
      const guessed = await browser.evaluate(async () => {
        const seen = [];
        for (const moment of ['beforeprint', 'afterprint']) {
          dispatchEvent(new Event(moment));
          await new Promise((resolve) => setTimeout(resolve, 300));
          const closed = document.querySelectorAll('.figures.waiting').length;
          seen.push({ closed, empty: [...document.querySelectorAll('.figures:not(.waiting) > *')].filter((figure) => !(/** @type {any} */ (figure).data)).length });
        }
        return seen;
      });
      assert.deepEqual(guessed, [{ closed: 0, empty: 0 }, { closed: 8, empty: 0 }], 'on paper nobody can guess: every figure is there');
      const printed = await browser.evaluate(() => /** @type {any} */ (window).printed);
      assert.ok(printed < 60, `ink on paper is ${printed} bright`);

      await wear('print');
      const { text } = await seen();
      await wear('');
      assert.ok(Math.max(...text) < 120, `text on paper: ${text}`);
      await browser.waitFor(() => /** @type {any} */ (window).ink() > 150, [], { what: 'the screen has its theme back' });
      assert.equal(await browser.evaluate(() => document.documentElement.dataset.theme ?? 'auto'), theme);
    }
  } finally {
    await site.close();
  }
}, { only: ['chromium'] });

inEachBrowser('where the reader forces colours, what is chosen and where one is still show, and signs have two', async (browser) => {
  const site = await serveSite();
  const page = /** @type {import('puppeteer-core').Page} */ (browser.page);
  const client = await page.createCDPSession();
  try {
    for (const value of ['dark', 'light']) {
      await client.send('Emulation.setEmulatedMedia', { media: '', features: [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-color-scheme', value }] });
      await browser.goto(`${site.url}#figure=weights`);
      await ready(browser);
      await browser.waitFor(() => document.querySelector('lottery-ticket')?.shadowRoot?.querySelector('.look :checked'), [], { what: 'the laboratory is there' });
      // Over and over: the page itself goes to the laboratory when it has come.
      await browser.waitFor(() => {
        document.getElementById('step-train')?.scrollIntoView({ behavior: 'instant' });
        return /** @type {any} */ (document.querySelector('#step-train lt-race'))?.data && document.querySelector('.lesson-steps [aria-current] i');
      }, [], { what: 'a step is read' });
      const { signs, grounds } = await browser.evaluate(() => {
        const ground = (/** @type {Document | ShadowRoot | null | undefined} */ root, /** @type {string} */ part) => getComputedStyle(/** @type {Element} */ (root?.querySelector(part))).backgroundColor;
        const race = document.querySelector('#step-train lt-race')?.shadowRoot;
        const laboratory = document.querySelector('lottery-ticket')?.shadowRoot;
        const picture = /** @type {any} */ (document.querySelector('lt-hero lt-connections'));
        return {
          signs: ['pos', 'neg', 'fg'].map((name) => String(picture.colour(name))),
          grounds: {
            figure: [ground(race, '.choice label:has(:checked)'), ground(race, '.choice label:not(:has(:checked))')],
            laboratory: [ground(laboratory, '.look label:has(:checked)'), ground(laboratory, '.look label:not(:has(:checked))')],
            lesson: [ground(document, '.choose label:has(:checked)'), ground(document, '.choose label:not(:has(:checked))')],
            steps: [ground(document, '.lesson-steps [aria-current] i'), ground(document, '.lesson-steps a:not([aria-current]) i')],
          },
        };
      });
      assert.equal(new Set(signs).size, 3, `${value}: ${signs}`);
      for (const [where, [chosen, other]] of Object.entries(grounds)) assert.notEqual(chosen, other, `${value}: ${where}`);
    }
  } finally {
    await client.detach();
    await site.close();
  }
}, { only: ['chromium'] });
