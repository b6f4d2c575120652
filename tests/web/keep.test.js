// What is kept and what is brought along: runs, tickets, one's own images.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { stateOf, until, untilConfigured, untilField } from './lib/ticket.js';

const golden = JSON.parse(await readFile(new URL('../golden/short-run.json', import.meta.url), 'utf8'));

/** @param {string} arm */
const fingerprints = (arm) =>
  golden.results.filter((/** @type {any} */ result) => result.arm === arm).map((/** @type {any} */ { fingerprint }) => fingerprint);

inEachBrowser('a reload in the middle of a run resumes it to the same bits', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${golden.address}`);
    await untilConfigured(browser);
    await browser.click('button', 'Train');
    await until(browser, 'trained');
    await browser.click('button', 'Prune');
    await until(browser, 'pruned');
    await browser.click('button', 'Rewind');
    await until(browser, 'ready');
    for (let step = 1; step <= 3; step += 1) {
      await browser.click('button', 'Step');
      await browser.waitFor((/** @type {number} */ wanted) => {
        const { state } = /** @type {any} */ (document.querySelector('lottery-ticket'));
        return state.phase === 'paused' && state.step === wanted;
      }, [step], { what: `step ${step}`, timeout: 120_000 });
    }
    await browser.waitFor(() => {
      const text = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.runs')?.textContent ?? '';
      return text.includes('round 1 of 2');
    }, [], { what: 'the run is listed', timeout: 60_000 });
    // The last pause is written a moment after it is shown.
    await browser.waitFor(() => new Promise((resolve) => {
      const open = indexedDB.open('lottery-ticket');
      open.onsuccess = () => {
        const get = open.result.transaction('runs').objectStore('runs').get('list');
        get.onsuccess = () => {
          resolve(get.result?.[0]?.step === 3);
          open.result.close();
        };
      };
    }), [], { what: 'the third step is kept', timeout: 60_000 });

    // Away and back, as a reload does, without its race against the driver.
    await browser.goto('about:blank');
    await browser.goto(`${site.url}#${golden.address}`);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket'))?.state?.step === 3, [], { what: 'the run is restored', timeout: 120_000 });
    const restored = await stateOf(browser);
    assert.deepEqual([restored.phase, restored.round, restored.results.length], ['paused', 1, 1]);
    await browser.click('button', 'Find a ticket');
    const state = await until(browser, 'finished');
    assert.deepEqual(state.arms.ticket.rounds.map(({ fingerprint }) => fingerprint), fingerprints('ticket'));
    assert.deepEqual(state.arms.reinit.rounds.map(({ fingerprint }) => fingerprint), fingerprints('reinit'));

    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.runs')?.textContent.includes('round 2 of 2'), [], { what: 'the finished run is listed', timeout: 60_000 });
    // By hand: WebKit's Back passes over what a script did of its own accord.
    await browser.click('button', 'New seed');
    await browser.waitFor((/** @type {string} */ seed) => new URLSearchParams(location.hash.slice(1)).get('seed') !== seed, [String(restored.config?.seed)], { what: 'the address has another seed' });
    assert.equal((await stateOf(browser)).results.length, 0);
    await browser.back();
    await browser.waitFor((/** @type {number} */ wanted) => /** @type {any} */ (document.querySelector('lottery-ticket')).state.results.length === wanted, [state.results.length], { what: 'Back brings the kept run with its results' });
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

/** Loads the page anew and waits until it has begun to. @param {import('./lib/browser.js').Browser} browser */
async function reload(browser) {
  await browser.evaluate(() => {
    Object.assign(globalThis, { stale: true });
    setTimeout(() => location.reload(), 50);
  });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    // Nobody answers while the page changes.
    if (await browser.evaluate(() => !('stale' in globalThis) && document.readyState === 'complete').catch(() => false)) return;
  }
}

inEachBrowser('a run that a reload breaks off goes on by itself to the same bits; one that was paused waits', async (browser) => {
  const site = await serveSite();
  const isKept = (/** @type {boolean} */ going) => browser.waitFor((/** @type {boolean} */ wanted) => new Promise((resolve) => {
    const open = indexedDB.open('lottery-ticket');
    open.onsuccess = () => {
      // The library makes the store at its first use.
      if (!open.result.objectStoreNames.contains('runs')) return resolve(false);
      const all = open.result.transaction('runs').objectStore('runs').getAll();
      all.onsuccess = () => {
        resolve(all.result.some((record) => record.parts?.some((/** @type {string} */ part) => part.startsWith('saved')) && record.going === wanted));
        open.result.close();
      };
    };
  }), [going], { what: `the run is kept, ${going ? 'going' : 'paused'}`, timeout: 120_000 });
  const note = (/** @type {string} */ pattern) => browser.waitFor(
    (/** @type {string} */ wanted) => Array.from(document.querySelector('lottery-ticket')?.shadowRoot?.querySelectorAll('.note') ?? []).some(({ textContent }) => textContent?.match(wanted)),
    [pattern],
    { what: pattern, timeout: 120_000 },
  );
  try {
    await browser.goto(`${site.url}#preset=lesson&seed=7&examples=1500&validation=300&test=500&steps=6000&rounds=1&eval_every=1000&arms=ticket`);
    await untilConfigured(browser);
    await browser.click('button', 'Find a ticket');
    await isKept(true);
    const left = await stateOf(browser);
    assert.deepEqual([left.phase, left.round, left.results.length], ['training', 0, 0], 'in the midst of the first round');
    await reload(browser);
    await note('The run goes on where the page was left: round 0, step [1-9]');
    await until(browser, 'training');
    await browser.click('button', 'Pause');
    await isKept(false);
    await reload(browser);
    await note('Restored: round 0, step [1-9]');
    const { step } = await stateOf(browser);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const state = await stateOf(browser);
    assert.deepEqual([state.phase, state.step], ['paused', step]);
    await browser.click('button', 'Find a ticket');
    const broken = await until(browser, 'finished');
    await browser.click('button', 'Reset');
    await browser.click('button', 'Find a ticket');
    const whole = await until(browser, 'finished');
    assert.equal(whole.results.length, 2);
    assert.deepEqual(broken.results.map(({ fingerprint }) => fingerprint), whole.results.map(({ fingerprint }) => fingerprint));
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('a run that goes on in one tab does not go on by itself in another, which says so', async (browser) => {
  const site = await serveSite();
  // What a frame of the same site keeps and locks is what another tab of it does.
  const inFrame = (/** @type {string} */ pattern) => browser.waitFor((/** @type {string} */ wanted) => {
    const element = /** @type {any} */ (document.querySelector('iframe')?.contentDocument?.querySelector('lottery-ticket'));
    const notes = Array.from(element?.shadowRoot?.querySelectorAll('.note') ?? []);
    return notes.some((/** @type {any} */ { textContent }) => textContent.match(wanted)) ? { phase: element.state.phase, step: element.state.step } : null;
  }, [pattern], { what: `in the frame: ${pattern}`, timeout: 120_000 });
  const reloadFrame = () => browser.evaluate(() => new Promise((resolve) => {
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
    frame.onload = () => resolve(null);
    frame.contentWindow?.location.reload();
  }));
  try {
    await browser.goto(`${site.url}#preset=lesson&seed=7&examples=1500&validation=300&test=500&steps=100000&rounds=1&eval_every=1000&arms=ticket`);
    await untilConfigured(browser);
    await browser.click('button', 'Find a ticket');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.runs'), [], { what: 'the run is listed', timeout: 120_000 });
    await browser.evaluate(() => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.width = '800';
      frame.height = '600';
      frame.onload = () => resolve(null);
      frame.src = location.href.replace('#', '?frame#');
      document.body.prepend(frame);
    }));
    for (const again of [false, true]) {
      if (again) await reloadFrame();
      const { phase, step } = await inFrame('goes on in another tab.* round 0, step [1-9]');
      assert.equal(phase, 'paused', again ? 'left and there again' : 'opened');
      assert.ok(step < (await stateOf(browser)).step, 'here it does go on');
    }
    await browser.click('button', 'Pause');
    await until(browser, 'paused');
    await browser.waitFor(async () => !(await navigator.locks.query()).held?.length, [], { what: 'the run is let go' });
    await reloadFrame();
    assert.equal((await inFrame('Restored: round 0, step [1-9]')).phase, 'paused');
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('a ticket that was saved opens again, and a file that is none says so', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${golden.address}`);
    await untilConfigured(browser);
    await browser.click('button', 'Train');
    await until(browser, 'trained');
    const size = await browser.evaluate(async () => {
      const element = /** @type {any} */ (document.querySelector('lottery-ticket'));
      const file = await element.exportTicket({ round: 0 });
      Object.assign(globalThis, { ticketUrl: URL.createObjectURL(new Blob([file])) });
      return file.length;
    });
    assert.ok(size > 2 * 1_000_000, `${size} bytes for the dense ticket`);
    // Its own file without what training made of it: the run has that still.
    const ownUrl = String(await browser.evaluate(async () => {
      const file = await /** @type {any} */ (document.querySelector('lottery-ticket')).exportTicket({ round: 0, form: 'sparse' });
      return URL.createObjectURL(new Blob([file]));
    }));
    await browser.giveFiles('file', 'Open ticket', [{ name: 'own.safetensors', url: ownUrl }]);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.textContent.includes('own.safetensors is open: round 0.'), [], { what: "the run's own ticket is open" });
    assert.equal((await stateOf(browser)).results.length, 1);
    assert.equal(await browser.evaluate(async () => (await /** @type {any} */ (document.querySelector('lottery-ticket')).exportTicket({ round: 0 })).length), size);
    await browser.evaluate(() => {
      location.hash = 'preset=lesson&seed=3';
    });
    await untilField(browser, 'seed', 3);
    const url = String(await browser.evaluate(() => /** @type {any} */ (globalThis).ticketUrl));
    await browser.giveFiles('file', 'Open ticket', [{ name: 'x.safetensors', url: 'standalone/data/mnist/manifest.json' }]);
    const refused = await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.refusal')?.textContent, [], { what: 'a sentence about the file' });
    assert.match(refused, /^x\.safetensors: This is no ticket .* Choose a \.safetensors file/);
    assert.equal((await stateOf(browser)).config?.seed, 3);
    await browser.giveFiles('file', 'Open ticket', [{ name: 'x.safetensors', url }]);
    await untilField(browser, 'seed', 7);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-connections').data?.weights?.length === 3, [], { what: 'the ticket is drawn' });
    const text = () => browser.evaluate(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.textContent);
    assert.match(await text(), /x\.safetensors is open: round 0\./);

    // Dropped on a figure, the same file opens too; no drop makes the browser leave the page.
    const drop = (/** @type {string} */ name, /** @type {string} */ from) => browser.evaluate(async (/** @type {string} */ fileName, /** @type {string} */ address) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([await (await fetch(address)).blob()], fileName));
      const ladder = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-ladder');
      return ['dragover', 'drop'].map((type) => ladder.dispatchEvent(new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer })));
    }, name, from);
    assert.deepEqual(await drop('photo.jpg', 'icon.svg'), [false, false]);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.drop .refusal')?.textContent.startsWith('photo.jpg is no IDX file'), [], { what: 'a sentence about the photo' });
    await browser.click('button', 'New seed');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state.config.seed !== 7, [], { what: 'another seed' });
    assert.deepEqual(await drop('Dropped.safetensors', url), [false, false]);
    await untilField(browser, 'seed', 7);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.textContent.includes('Dropped.safetensors is open: round 0.'), [], { what: 'the dropped ticket is open' });
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser("one's own IDX files are checked and used", async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${golden.address}`);
    await untilConfigured(browser);
    const refusal = () => browser.evaluate(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.drop .refusal')?.textContent ?? '');
    const give = (/** @type {[string, string][]} */ ...files) => browser.giveFiles('file', 'Choose files', files.map(([name, path]) => ({ name, url: `standalone/data/mnist/${path}` })));

    await give(['photo.json', 'manifest.json']);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.drop .refusal'), [], { what: 'a sentence about the file' });
    assert.match(await refusal(), /photo\.json is no IDX file of images or labels/);

    await give(['train-images.gz', 'train-01.images.bin'], ['train-labels.gz', 'train-01.labels.bin'], ['t10k-images.gz', 'test-00.images.bin'], ['t10k-labels.gz', 'test-00.labels.bin']);
    await untilField(browser, 'data', 'own');
    assert.equal(await refusal(), '');
    await browser.click('button', 'Train');
    const state = await until(browser, 'trained');
    assert.equal(state.data.source, 'train-images.gz');
    assert.notEqual(state.arms.ticket.fingerprint, fingerprints('ticket')[0], 'other images, another network');
    assert.deepEqual(site.requests.filter((path) => /(train-00|test-01).*[.]bin$/.test(path)), [], 'MNIST itself was not loaded');

    await browser.click('button', 'Back to MNIST');
    await untilField(browser, 'data', 'mnist');
    await browser.click('button', 'Train');
    assert.equal((await until(browser, 'trained')).arms.ticket.fingerprint, fingerprints('ticket')[0]);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });
