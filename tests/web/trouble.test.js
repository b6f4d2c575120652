// What goes wrong is said in a sentence, and nothing else is lost.
import assert from 'node:assert/strict';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { stateOf, until, untilConfigured, untilField } from './lib/ticket.js';

const SHORT = 'preset=lesson&seed=7&examples=1500&validation=300&test=500&steps=40&rounds=1&eval_every=20';

/** The text of every alert and note that is shown. @param {import('./lib/browser.js').Browser} browser */
const notes = (browser) =>
  browser.query(({ everyElement }) => Array.from(everyElement(document)).filter((element) => ['alert', 'note'].includes(element.getAttribute('role') ?? '')).map((element) => element.textContent ?? '').join('\n'));

inEachBrowser('a download that fails, breaks off or is damaged says so, and can be tried again', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${SHORT}`);
    await untilConfigured(browser);
    /** @type {[import('./lib/site.js').Fault, RegExp][]} */
    const faults = [
      [{ status: 500 }, /train-00\.images\.bin could not be loaded: the server answered 500/],
      [{ truncateTo: 1000 }, /train-00\.images\.bin (was cut off|could not be loaded: the connection failed)/],
      [{ shortenTo: 1000 }, /train-00\.images\.bin has 1000 bytes where \d+ were promised/],
      [{ change: (bytes) => bytes.fill(7, 500, 600) }, /train-00\.images\.bin arrived damaged/],
    ];
    for (const [at, [fault, sentence]] of faults.entries()) {
      site.fail('standalone/data/mnist/train-00.images.bin', fault);
      await browser.click('button', at === 0 ? 'Train' : 'Try again');
      await browser.waitFor((/** @type {string} */ pattern) => new RegExp(pattern).test(/** @type {any} */ (document.querySelector('lottery-ticket')).state.error ?? ''), [sentence.source], { what: String(sentence) });
      assert.match(await notes(browser), sentence);
      assert.equal((await stateOf(browser)).step, 0, 'nothing trains on partial data');
    }
    site.fail('standalone/data/mnist/train-00.images.bin', null);
    await browser.problems();
    await browser.click('button', 'Try again');
    const state = await until(browser, 'trained');
    assert.equal(state.error, null);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('a worker that is killed is reported, and Reset starts a fresh one with the settings kept', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}`);
    // Every worker that the page starts, for the test to kill.
    await browser.evaluate(() => {
      const Original = Worker;
      const started = /** @type {Worker[]} */ ([]);
      Object.assign(globalThis, {
        started,
        Worker: class extends Original {
          constructor(/** @type {URL} */ url, /** @type {WorkerOptions} */ options) {
            super(url, options);
            started.push(this);
          }
        },
      });
      location.hash = 'preset=lesson&seed=7&examples=1500&validation=300&test=500&steps=100000&rounds=1&eval_every=1000';
    });
    await untilConfigured(browser);
    await browser.click('button', 'Train');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state.step > 0, [], { what: 'training has begun', timeout: 240_000 });
    await browser.evaluate(() => {
      for (const worker of /** @type {any} */ (globalThis).started) Worker.prototype.terminate.call(worker);
    });
    const failed = await until(browser, 'failed');
    assert.match(failed.error ?? '', /fell silent/);
    assert.match(await notes(browser), /fell silent.*Reset begins anew/s);
    await browser.click('button', 'Reset');
    const state = await stateOf(browser);
    assert.deepEqual([state.error, state.step, state.config?.steps], [null, 0, 100000]);
    await browser.fill('Training steps a round', '40');
    await untilField(browser, 'steps', 40);
    await browser.click('button', 'Train');
    await until(browser, 'trained');
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('the address is corrected with a note, Back and Forward are obeyed', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#preset=lesson&seed=-4&rounds=1000&nonsense=1&seeds=99&rate=abc`);
    const state = await untilConfigured(browser);
    assert.deepEqual([state.config?.seed, state.config?.rounds, state.seeds.length], [0, 60, 20]);
    const said = await notes(browser);
    for (const sentence of [/seed must be .* Using 0\./, /rounds must be .* Using 60\./, /There is no field "nonsense"/, /seeds must be .* Using 20\./, /rate must be .* default/]) {
      assert.match(said, sentence);
    }
    await browser.evaluate(() => {
      location.hash = 'preset=lesson&seed=5';
    });
    await untilField(browser, 'seed', 5);
    assert.equal(await notes(browser), '');
    await browser.fill('Seed', '6');
    await untilField(browser, 'seed', 6);
    await browser.waitFor(() => location.hash.includes('seed=6'), [], { what: 'the address says seed 6' });
    await browser.back();
    await untilField(browser, 'seed', 5);
    assert.equal((await browser.describe('spinbutton', 'Seed')).value, '5');
    await browser.forward();
    await untilField(browser, 'seed', 6);
  } finally {
    await site.close();
  }
});

inEachBrowser('a field that is refused says why, and changes nothing', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#preset=lesson&seed=5`);
    await untilConfigured(browser);
    await browser.fill('Prune rate', '7');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.refusal'), [], { what: 'a sentence under the field' });
    const { description } = await browser.describe('spinbutton', 'Prune rate');
    assert.match(description, /Prune rate must be a number from 0\.001 to 0\.99, but got "7"/);
    assert.equal((await stateOf(browser)).config?.rate, 0.5);
    await browser.fill('Prune rate', '0.3');
    await untilField(browser, 'rate', 0.3);
  } finally {
    await site.close();
  }
});

inEachBrowser('in German and French, what goes wrong is said in that language', async (browser) => {
  const site = await serveSite();
  try {
    const speak = (/** @type {string} */ language) => browser.choose('Language, Sprache, langue', language);
    const noted = (/** @type {string} */ sentence) =>
      browser.waitFor(
        (/** @type {string} */ wanted) => {
          const { shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
          return [...shadowRoot.querySelectorAll('.note, .refusal')].some(({ textContent }) => textContent.includes(wanted));
        },
        [sentence],
        { what: sentence },
      );
    await browser.goto(`${site.url}#seed=-3&rate=7&scope=nix`);
    await untilConfigured(browser);
    await speak('de');
    await noted('seed verlangt eine ganze Zahl von 0 bis 4294967295, bekam aber „-3“. Verwendet wird 0.');
    await noted('rate verlangt eine Zahl von 0.001 bis 0.99, bekam aber „7“. Verwendet wird 0.99.');
    await noted('scope verlangt einen der Werte layer, global, global-hidden, bekam aber „nix“. Es gilt die Vorgabe.');
    /** @param {string} name  of a setting */
    const choices = (name) => browser.evaluate((id) => [.../** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector(`#field-${id}`).options].map(({ value, label }) => `${value}: ${label}`), name);
    assert.deepEqual(await choices('scope'), ['layer: jede Schicht für sich', 'global: alle Schichten zusammen', 'global-hidden: verborgene Schichten zusammen']);
    await speak('fr');
    await noted('seed demande un nombre entier de 0 à 4294967295, mais a reçu « -3 ». Valeur prise : 0.');
    await browser.fill('Graine', '-3');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.refusal'), [], { what: 'a sentence under the field' });
    assert.match((await browser.describe('spinbutton', 'Graine')).description, /Graine demande un nombre entier de 0 à 4294967295, mais a reçu «\s-3\s»\.$/);
    assert.equal((await stateOf(browser)).error, null);

    await browser.giveFiles('file', 'Ouvrir un ticket', [{ name: 'chat.svg', url: new URL('icon.svg', site.url).href }]);
    await noted('chat.svg: Ce n’est ni un ticket ni une trace');
    await speak('de');
    await noted('chat.svg: Dies ist weder Los noch Spur');
    await browser.giveFiles('file', 'Dateien wählen', [{ name: 'katze.svg', url: new URL('icon.svg', site.url).href }]);
    await noted('katze.svg ist keine IDX-Datei mit Bildern oder Etiketten');

    await browser.problems();
    site.fail('standalone/data/mnist/train-00.images.bin', { status: 503 });
    await browser.click('button', 'Trainieren');
    await noted('train-00.images.bin konnte nicht geladen werden: Der Server antwortete mit 503.');
    assert.match((await stateOf(browser)).error ?? '', /the server answered 503/);
  } finally {
    await site.close();
  }
});
