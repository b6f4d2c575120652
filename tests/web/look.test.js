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

inEachBrowser('nothing moves while the page loads, however wide it is', async (browser) => {
  const site = await serveSite();
  const page = /** @type {import('puppeteer-core').Page} */ (browser.page);
  try {
    await page.setBypassServiceWorker(true);
    // Long enough for the page to be drawn without the run.
    site.fail('recorded/lesson.json', { delay: 400 });
    for (const [width, height] of [[360, 740], [412, 915], [600, 900], [768, 1024], [820, 1180], [1100, 900], [1440, 900]]) {
      await browser.goto('about:blank');
      await browser.setViewport(width, height);
      await browser.goto(site.url);
      await ready(browser);
      const moved = await browser.evaluate(async () => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += /** @type {any} */ (entry).value)));
        observer.observe({ type: 'layout-shift', buffered: true });
        await new Promise((resolve) => setTimeout(resolve, 500));
        return sum;
      });
      assert.ok(moved < 0.02, `${width} × ${height}: ${moved}`);
    }
  } finally {
    await site.close();
  }
}, { only: ['chromium'] });
