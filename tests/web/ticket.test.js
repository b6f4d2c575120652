// The main job, by hand, as a reader does it: from load to a ticket of the second round on real MNIST, to the bits of the native build.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { stateOf, until, untilConfigured, untilField } from './lib/ticket.js';

/** Made by the native build: see tests/golden.rs. */
const golden = JSON.parse(await readFile(new URL('../golden/short-run.json', import.meta.url), 'utf8'));
const fields = new URLSearchParams(golden.address);

/** @param {string} arm */
const fingerprints = (arm) =>
  golden.results.filter((/** @type {any} */ result) => result.arm === arm).map((/** @type {any} */ { round, fingerprint }) => [round, fingerprint]);

/** @param {import('../../www/engine/public-state.js').PublicState} state @param {string} arm */
const found = (state, arm) => state.arms[arm].rounds.map(({ round, fingerprint }) => [round, fingerprint]);

inEachBrowser('by hand, train, prune and rewind give the native bits', async (browser) => {
  const site = await serveSite();
  try {
    // What has no field in the first row stands in the address.
    const hidden = ['validation', 'test', 'eval_every'].map((name) => `${name}=${fields.get(name)}`).join('&');
    await browser.goto(`${site.url}#preset=lesson&${hidden}`);
    await untilConfigured(browser);

    /** @type {[string, string][]} */
    const asked = [['Seed', 'seed'], ['Examples', 'examples'], ['Training steps a round', 'steps'], ['Rounds', 'rounds']];
    for (const [label, name] of asked) {
      await browser.fill(label, String(fields.get(name)));
      await untilField(browser, name, Number(fields.get(name)));
    }

    const why = await browser.describe('button', 'Prune');
    assert.equal(why.disabled, true);
    assert.match(why.description, /Train this round/);
    assert.match((await browser.describe('button', 'Rewind')).description, /Prune first/);

    await browser.click('button', 'Train');
    assert.equal((await until(browser, 'trained')).round, 0);
    for (const round of [1, 2]) {
      await browser.click('button', 'Prune');
      assert.equal((await until(browser, 'pruned')).round, round - 1);
      await browser.click('button', 'Rewind');
      const rewound = await until(browser, 'ready');
      assert.deepEqual([rewound.round, rewound.step], [round, 0]);
      await browser.click('button', 'Train');
      await until(browser, round === 2 ? 'finished' : 'trained');
    }

    const state = await stateOf(browser);
    assert.deepEqual(found(state, 'ticket'), fingerprints('ticket'));
    assert.deepEqual(found(state, 'reinit'), fingerprints('reinit'));
    assert.deepEqual(state.survivors, golden.results.findLast((/** @type {any} */ { arm }) => arm === 'ticket').survivors);
    assert.match(await browser.evaluate(() => location.hash), /seed=7/);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('Find a ticket gives the same bits from the address alone, and stops and resets on the way', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${golden.address}`);
    await untilConfigured(browser);
    await browser.click('button', 'Find a ticket');
    await browser.waitFor(() => {
      const { state } = /** @type {any} */ (document.querySelector('lottery-ticket'));
      if (state.phase === 'failed') throw new Error(state.error);
      return state.phase === 'finished' || (state.phase === 'training' && state.step > 0);
    }, [], { what: 'training has begun', timeout: 240_000 });
    await browser.click('button', 'Reset');
    const reset = await stateOf(browser);
    assert.deepEqual([reset.round, reset.step, reset.results.length], [0, 0, 0]);

    await browser.click('button', 'Step');
    await until(browser, 'paused');
    assert.equal((await stateOf(browser)).step, 1);
    await browser.click('button', 'Find a ticket');
    const state = await until(browser, 'finished');
    assert.deepEqual(found(state, 'ticket'), fingerprints('ticket'));
    assert.deepEqual(found(state, 'reinit'), fingerprints('reinit'));
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });
