// The built site as a host serves it: below any path, under a strict policy, with nothing from anywhere else.
import assert from 'node:assert/strict';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { until } from './lib/ticket.js';

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
].join('; ');

inEachBrowser('the built page loads below any path, from its own host alone, without a complaint', async (browser) => {
  const site = await serveSite({ below: '/some/blog/post/', headers: { 'content-security-policy': POLICY } });
  try {
    // With a run in the address, the laboratory and so the engine are fetched at once.
    await browser.goto(`${site.url}#seed=7`);
    assert.match(await browser.evaluate(() => document.title), /Lottery Ticket/);
    const isAlive = () => {
      const element = /** @type {(Element & { state?: { phase: string } }) | null} */ (document.querySelector('lottery-ticket'));
      const phase = element?.state?.phase;
      return phase === 'failed' ? JSON.stringify(element?.state) : phase === 'loading' || phase === undefined ? null : phase;
    };
    assert.match(await browser.waitFor(isAlive, [], { what: 'the page is ready', timeout: 120_000 }), /^[a-z]+$/);
    const foreign = await browser.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith(new URL('.', location.href).href)),
    );
    // Some browsers ask the host for its icon, whatever the page says.
    assert.deepEqual(foreign.filter((name) => !/^(blob:|data:)|[/]favicon\.ico$/.test(name)), []);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});

inEachBrowser('who opens a run begins at the laboratory; a link within the page leads there and leaves the run in the address', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#seed=7`);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket'))?.state?.config, [], { what: 'the laboratory is there', timeout: 120_000 });
    // What is still being laid out would move the place that is scrolled to.
    await browser.waitFor(async () => {
      const before = document.documentElement.scrollHeight;
      await new Promise((resolve) => setTimeout(resolve, 700));
      return before === document.documentElement.scrollHeight;
    }, [], { what: 'the page is at rest' });
    assert.equal((await browser.focused())?.name, 'The laboratory');
    await browser.evaluate(() => void (document.documentElement.style.scrollBehavior = 'auto'));
    const hash = await browser.evaluate(() => location.hash);
    assert.match(hash, /seed=7/);
    await browser.click('link', 'Limits');
    await browser.waitFor(() => Math.abs(document.getElementById('limits')?.getBoundingClientRect().top ?? 999) < 80, [], { what: 'the limits are at the top' });
    assert.equal(await browser.evaluate(() => location.hash), hash);
    assert.equal((await browser.focused())?.name, 'Limits of what you saw');
    assert.equal(await browser.evaluate(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state.config.seed), 7);
  } finally {
    await site.close();
  }
});

inEachBrowser('another language is spoken everywhere at once, by the figures too', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lt-hero lt-connections'))?.data, [], { what: 'the first picture' });
    for (const [language, headline, caption, names] of /** @type {const} */ ([
      ['de', 'Das meiste an einem', 'Verbindungen', ['Lottery Ticket: Das meiste', 'Trainieren Sie', 'Seite', 'Quelle 11', 'Quelle 1']],
      ['fr', 'réseau de neurones', 'connexions', ['Lottery Ticket : on peut', 'Entraînez un réseau', 'Page', 'Source 11', 'Source 1']],
      ['en', 'Most of a neural network', 'connections', ['Lottery Ticket: most', 'Train a neural', 'Page', 'Source 11', 'Source 1']],
    ])) {
      await browser.choose('Language, Sprache, langue', language);
      await browser.waitFor(
        (/** @type {string} */ title, /** @type {string} */ below) =>
          document.querySelector('h1')?.textContent?.includes(title) &&
          document.querySelector('lt-hero lt-connections')?.shadowRoot?.querySelector('figcaption')?.textContent?.includes(below),
        [headline, caption],
        { what: `the page in ${language}`, timeout: 15_000 },
      );
      const named = await browser.evaluate(() => [
        document.title,
        document.querySelector('meta[name=description]')?.getAttribute('content'),
        document.getElementById(document.querySelector('.site-nav')?.getAttribute('aria-labelledby') ?? '')?.textContent,
        document.querySelector('#since .cite a')?.getAttribute('aria-label'),
        document.querySelector('lt-lesson .cite a')?.getAttribute('aria-label'),
      ]);
      for (const [at, begins] of names.entries()) assert.ok(named[at]?.startsWith(begins), `${language}: ${named[at]}`);
    }
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});

inEachBrowser('without a network the page reads as before, and runs on images that an earlier run has loaded', async (browser) => {
  const site = await serveSite();
  const said = (/** @type {string} */ pattern) => browser.waitFor(
    (/** @type {string} */ wanted) => document.querySelector('.hero .run-state')?.textContent?.match(new RegExp(wanted))?.[0],
    [pattern],
    { what: pattern, timeout: 240_000 },
  );
  const stored = (/** @type {string} */ part) => browser.waitFor(
    async (/** @type {string} */ wanted) => {
      const found = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
      return found.flat().filter((url) => url.includes(wanted)).length;
    },
    [part],
    { what: `${part} is on the device` },
  );
  let open = true;
  try {
    await browser.goto(site.url);
    await browser.waitFor(async () => (await navigator.serviceWorker.ready).active?.state === 'activated', [], { what: 'the page is kept' });
    // The line fails before any run: what is missing is said, and a later press tries again.
    browser.within = '.hero';
    site.fail(/[.]bin$/, { truncateTo: 0 });
    await browser.click('button', 'Run it on this machine');
    assert.match(await said('The run stopped: .*'), /[.]bin (could not be loaded: the connection failed[.] These data are not on this device yet|was cut off)/);
    site.fail(/[.]bin$/, null);
    await browser.click('button', 'Run it on this machine');
    await said('Your run');
    await stored('test-00.labels.bin');
    await stored('manifest.json');
    await browser.problems();

    await site.close();
    open = false;
    await browser.goto('about:blank');
    await browser.goto(site.url);
    await browser.click('button', 'Run it on this machine');
    await said('Your run: seed 0');
    await browser.goto('about:blank');
    browser.within = 'lottery-ticket';
    await browser.goto(`${site.url}#preset=lesson&seed=7&steps=40&rounds=1&eval_every=20`);
    await browser.click('button', 'Find a ticket');
    await until(browser, 'finished');
  } finally {
    if (open) await site.close();
  }
}, { timeout: 900_000 });
