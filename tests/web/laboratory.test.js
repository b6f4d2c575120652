// The laboratory: several arms and seeds on as many workers as there are cores, figures that follow the chosen round, results to take away.
import assert from 'node:assert/strict';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { stateOf, until, untilConfigured, untilField } from './lib/ticket.js';

const SHORT = 'preset=lesson&seed=7&examples=1500&validation=300&test=500&steps=40&rounds=2&eval_every=20';

inEachBrowser('arms and seeds run side by side; a chosen round is shown everywhere; results can be taken away', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    await browser.evaluate((/** @type {string} */ hash) => {
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
      location.hash = hash;
    }, SHORT);
    await untilConfigured(browser);
    await browser.click('button', 'All settings');
    await browser.choose('Random mask', true);
    await untilField(browser, 'arms', ['ticket', 'reinit', 'random']);
    await browser.choose('Pruned at once', true);
    await untilField(browser, 'arms', ['ticket', 'one-shot', 'reinit', 'random']);
    await browser.fill('Seeds', '2');
    await browser.waitFor(() => location.hash.includes('seeds=2') && location.hash.includes('arms=ticket,one-shot,reinit,random'), [], { what: 'the address holds the choice' });

    await browser.click('button', 'Find a ticket');
    const state = await until(browser, 'finished');
    assert.deepEqual(state.seeds, [7, 8]);
    assert.equal(state.results.length, 2 * (3 + 3 + 2 + 2));
    const distinct = new Set(state.results.map(({ fingerprint }) => fingerprint));
    // Both lines of a seed begin with the same dense network and prune it alike the first time; everything else differs.
    assert.equal(distinct.size, 2 * (3 + 1 + 2 + 2));
    for (const { arm, round, survivors } of state.results) if (arm === 'random') assert.deepEqual(survivors, state.results.find((other) => other.arm === 'ticket' && other.round === round)?.survivors);
    const [workers, cores] = await browser.evaluate(() => [/** @type {any} */ (globalThis).started.length, navigator.hardwareConcurrency]);
    assert.ok(workers <= cores, `${workers} workers on ${cores} cores`);

    await browser.evaluate(() => {
      const ladder = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-ladder');
      ladder.dispatchEvent(new CustomEvent('lt-select', { detail: { round: 1, arm: 'random' }, bubbles: true, composed: true }));
    });
    await browser.waitFor(() => {
      const figure = (/** @type {string} */ name) => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector(name).data;
      return figure('lt-connections')?.round === 1 && figure('lt-connections')?.arm === 'random' && figure('lt-rounds')?.round === 1 && figure('lt-race')?.round === 1;
    }, [], { what: 'every figure shows round 1', timeout: 60_000 });
    await browser.waitFor(() => location.hash.includes('round=1') && location.hash.includes('arm=random'), [], { what: 'the address holds the round' });
    await browser.waitFor(() => {
      const { shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
      return ['lt-connections', 'lt-weights'].every((name) => /Random mask, round 1, seed 7\.\s*$/.test(shadowRoot.querySelector(name).shadowRoot.querySelector('figcaption').textContent));
    }, [], { what: 'figures that look into one network say whose it is' });
    const raced = await browser.evaluate(() => {
      const { columns, rows } = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-race').table();
      return [...new Set(rows.map((/** @type {any[]} */ [arm, seed]) => `${columns[0].format(arm)}, ${seed}`))];
    });
    assert.deepEqual(raced, ['Dense network, 7', 'Winning ticket, 7', 'Pruned at once, 7', 'Re-initialised, 7', 'Random mask, 7']);

    // What the two seeds' tickets share, beside what chance would give: as much as is kept.
    await browser.evaluate(() => {
      const ladder = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-ladder');
      ladder.dispatchEvent(new CustomEvent('lt-select', { detail: { round: 2, arm: 'ticket' }, bubbles: true, composed: true }));
    });
    const overlap = await browser.waitFor(() => [.../** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelectorAll('.figures .help')].map((element) => element.textContent).join(), [], { what: 'what the seeds share' });
    const [, shared, chance] = overlap.match(/other seeds \(1\) share (.*) of this .* by chance (.*)\./) ?? [];
    const kept = state.results.find(({ arm, round, seed }) => arm === 'ticket' && round === 2 && seed === 7)?.survivors ?? [];
    const total = state.results.find(({ arm, round, seed }) => arm === 'ticket' && round === 0 && seed === 7)?.survivors ?? [];
    assert.deepEqual(chance.match(/[\d.]+/g)?.map(Number), kept.map((count, layer) => Number(((100 * count) / total[layer]).toFixed(1))));
    assert.notEqual(shared, chance);
    await browser.evaluate(() => {
      const ladder = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-ladder');
      ladder.dispatchEvent(new CustomEvent('lt-select', { detail: { round: 1, arm: 'random' }, bubbles: true, composed: true }));
    });
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-rounds').data.round === 1, [], { what: 'round 1 again' });

    await browser.evaluate(() => {
      const make = URL.createObjectURL.bind(URL);
      const made = /** @type {Blob[]} */ ([]);
      Object.assign(globalThis, { made });
      URL.createObjectURL = (/** @type {any} */ blob) => {
        made.push(blob);
        return make(blob);
      };
    });
    await browser.click('button', 'Results as CSV');
    await browser.click('button', 'Results as JSON');
    const [csv, json] = await browser.evaluate(() => Promise.all(/** @type {any} */ (globalThis).made.map((/** @type {Blob} */ blob) => blob.text())));
    assert.equal(csv.trim().split('\n').length, 1 + state.results.length);
    assert.deepEqual(JSON.parse(json).results.map((/** @type {any} */ { fingerprint }) => fingerprint), state.results.map(({ fingerprint }) => fingerprint));

    await browser.click('button', 'Poster as SVG');
    const poster = await browser.waitFor(async () => {
      const blob = /** @type {any} */ (globalThis).made[2];
      if (!blob) return null;
      const markup = await blob.text();
      const sheet = new DOMParser().parseFromString(markup, 'image/svg+xml');
      // As an image nothing else may be loaded: it has to bring along all that it shows.
      const image = new Image();
      image.src = URL.createObjectURL(blob);
      await image.decode();
      return {
        wellFormed: !sheet.querySelector('parsererror'), width: image.naturalWidth, height: image.naturalHeight,
        title: sheet.querySelector('svg > title')?.textContent, desc: sheet.querySelector('svg > desc')?.textContent,
        texts: [...sheet.querySelectorAll('svg > text')].map((text) => text.textContent),
        pictures: [...sheet.querySelectorAll('svg svg > title')].map((title) => title.textContent),
        drawn: sheet.querySelectorAll('svg svg path').length,
        foreign: [...markup.matchAll(/(?:href|src)="(?!data:image\/png)[^"]*"|<script|url\(/g)].map(String),
      };
    }, [], { what: 'the poster is made' });
    assert.ok(poster.wellFormed && poster.width >= 640 && poster.height > 600, `${poster.width} × ${poster.height}`);
    assert.equal(poster.title, 'The lottery ticket hypothesis, run');
    assert.deepEqual(poster.foreign, []);
    assert.equal(poster.pictures.length, 2);
    assert.ok(poster.drawn > 10, 'lines are drawn as lines');
    for (const [arm, round] of /** @type {[string, number][]} */ ([['ticket', 0], ['ticket', 2], ['reinit', 1], ['random', 2]])) {
      const found = state.results.filter((result) => result.arm === arm && result.round === round);
      assert.equal(found.length, 2);
      const mean = found.reduce((sum, result) => sum + Number(result.testAccuracyEarlyStop), 0) / found.length;
      assert.ok(poster.texts.includes(`${mean.toFixed(2)}%`), `${arm} ${round}: ${mean} in ${poster.texts.join(' | ')}`);
    }
    const text = poster.texts.join(' ');
    for (const part of ['seed 7', 'steps 40', 'examples 1500', 'arms=ticket,one-shot,reinit,random']) assert.ok(text.includes(part), part);
    assert.match(poster.desc ?? '', /The dense network reaches [\d.]+% .* 2 seeds/);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('a box stands on the first line of its label; what an empty field says is as dark as its help', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${SHORT}`);
    await untilConfigured(browser);
    await browser.click('button', 'All settings');
    const { off, faint } = await browser.evaluate(() => {
      const { shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
      const off = [...shadowRoot.querySelectorAll('.arm, .rests')].map((row) => {
        const label = row.querySelector('label');
        label.style.maxInlineSize = '4rem';
        const words = document.createRange();
        words.selectNodeContents(label);
        const [first] = words.getClientRects();
        const box = row.querySelector('input').getBoundingClientRect();
        return Math.abs(box.top + box.height / 2 - first.top - first.height / 2);
      });
      const field = shadowRoot.querySelector('input[placeholder]');
      const [said, help] = [getComputedStyle(field, '::placeholder'), getComputedStyle(field.parentElement.querySelector('.help'))];
      return { off: Math.max(...off), faint: said.color !== help.color || said.opacity !== '1' };
    });
    assert.ok(off < 3, `${off} pixels`);
    // WebKit tells the style of the field itself.
    if (browser.name !== 'webkit') assert.equal(faint, false);
  } finally {
    await site.close();
  }
});

inEachBrowser('where no ticket was asked for, the ladder leads through the rounds of what was', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${SHORT}&arms=one-shot`);
    await untilConfigured(browser);
    await browser.click('button', 'Find a ticket');
    await until(browser, 'finished');
    await browser.waitFor(() => {
      const { shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
      return shadowRoot.querySelector('lt-ladder').rounds().length === 3;
    }, [], { what: 'the ladder of all rounds' });
    browser.within = 'lottery-ticket >>> lt-ladder';
    await browser.focus('slider', 'Round');
    await browser.press('Home', 'ArrowRight');
    await browser.waitFor(() => {
      const { shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
      const { data } = shadowRoot.querySelector('lt-connections');
      return data?.round === 1 && data.arm === 'one-shot' && shadowRoot.querySelector('lt-weights').data;
    }, [], { what: 'the network of round 1' });
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('those who listen hear one sentence a round, and no more', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${SHORT}`);
    await untilConfigured(browser);
    await browser.evaluate(() => {
      const heard = /** @type {string[]} */ ([]);
      Object.assign(globalThis, { heard });
      /** @param {Document | ShadowRoot} root */
      const listen = (root) => {
        for (const element of root.querySelectorAll('*')) {
          const speaks = element.matches('[role=status], [role=alert], [aria-live]:not([aria-live=off]), output');
          if (speaks) new MutationObserver(() => heard.push(element.textContent?.trim() ?? '')).observe(element, { childList: true, subtree: true, characterData: true });
          if (element.shadowRoot) listen(element.shadowRoot);
        }
      };
      listen(/** @type {ShadowRoot} */ (document.querySelector('lottery-ticket')?.shadowRoot));
    });
    await browser.click('button', 'Find a ticket');
    const { results } = await until(browser, 'finished');
    await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    const heard = (await browser.evaluate(() => /** @type {any} */ (globalThis).heard)).filter((/** @type {string} */ text, /** @type {number} */ at, /** @type {string[]} */ all) => text !== all[at - 1]);
    const rounds = results.filter(({ arm }) => arm === 'ticket').map(({ round, testAccuracyEarlyStop }) => `Round ${round} of 2 is trained: .* test accuracy ${Number(testAccuracyEarlyStop).toFixed(1)}%\\.`);
    assert.equal(rounds.length, 3);
    assert.match(heard.join('\n'), new RegExp(`^${rounds.join('\n')}$`));
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { only: ['chromium', 'firefox'], timeout: 300_000 });

inEachBrowser('the address holds the seed, the round and the figure that are looked at; Back brings them again', async (browser) => {
  const site = await serveSite();
  const addressEnds = (/** @type {string} */ end) => browser.waitFor((/** @type {string} */ wanted) => location.hash.endsWith(wanted), [end], { what: end });
  const looksAt = (/** @type {string} */ name) => browser.waitFor(
    (/** @type {string} */ wanted) => /** @type {any} */ (document.querySelector('lottery-ticket'))?.shadowRoot.querySelector('.look input:checked')?.parentElement.textContent === wanted,
    [name],
    { what: `${name} is chosen` },
  );
  try {
    await browser.goto(`${site.url}#${SHORT}&arms=ticket&seeds=2&round=7&arm=random`);
    await untilConfigured(browser);
    const { corrections } = await stateOf(browser);
    assert.deepEqual(corrections.map((/** @type {string} */ sentence) => sentence.slice(0, 34)), ['arm must be one of ticket, but got', 'round must be a whole number from ']);
    await browser.click('button', 'Find a ticket');
    await until(browser, 'finished');
    await browser.evaluate(() => {
      const { shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
      const table = shadowRoot.querySelector('lt-rounds').shadowRoot;
      const rows = [...table.querySelectorAll('tbody tr')].filter((row) => [...row.cells].some((cell) => cell.textContent.trim() === '8'));
      rows.map((row) => row.querySelector('button')).find((button) => button.textContent.trim() === '1').click();
    });
    await addressEnds('&round=1&at_seed=8');
    await browser.choose('Units', true);
    await addressEnds('&round=1&at_seed=8&figure=units');
    await browser.click('button', 'New seed');
    await browser.waitFor(() => !location.hash.includes('seed=7&'), [], { what: 'another seed' });
    await browser.choose('Pixels', true);
    await addressEnds('figure=pixels');
    await browser.back();
    await addressEnds('&round=1&at_seed=8&figure=units');
    await looksAt('Units');
    await browser.goto('about:blank');
    await browser.goto(`${site.url}#${SHORT}&arms=ticket&seeds=2&round=1&at_seed=8&figure=units`);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket'))?.shadowRoot.querySelector('lt-units')?.data, [], { what: 'the units of the kept run', timeout: 120_000 });
    await looksAt('Units');
    assert.deepEqual((await stateOf(browser)).corrections, []);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('a cut by hand takes from the layer that is shown what its button says; another takes more; undo takes all back', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(`${site.url}#${SHORT}`);
    await untilConfigured(browser);
    await browser.click('button', 'Train');
    const { survivors: before } = await until(browser, 'trained');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-weights')?.data?.canCut, [], { what: 'the weights can be cut' });
    /** The run and its figure have so many weights left, layer by layer. @param {number[]} counts */
    const untilLeft = (counts) =>
      browser.waitFor(
        (/** @type {number[]} */ wanted) => {
          const { state, shadowRoot } = /** @type {any} */ (document.querySelector('lottery-ticket'));
          const layers = shadowRoot.querySelector('lt-weights').data?.layers.slice(1) ?? [];
          const shown = layers.map((/** @type {{kept: Uint32Array}} */ { kept }) => kept.reduce((sum, n) => sum + n, 0));
          return String(state.survivors) === String(wanted) && String(shown) === String(wanted);
        },
        [counts],
        { what: `${counts} are left, layer by layer` },
      );
    browser.within = 'lottery-ticket >>> lt-weights';
    const left = [...before];
    for (const [layer, name] of /** @type {[number, string][]} */ ([[2, 'Output layer'], [0, 'First layer']])) {
      await browser.choose(name, true);
      await browser.choose('Cut', 6);
      await browser.evaluate(() => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('lt-weights').updateComplete.then(() => null));
      const button = await browser.describe('button', 'Prune these…');
      left[layer] -= Number(button.name.replace(/\D/g, ''));
      await browser.click('button', 'Prune these…');
      await untilLeft(left);
    }
    assert.ok(left[0] < before[0] && left[1] === before[1] && left[2] < before[2]);
    const heard = () => /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot.querySelector('.live').textContent;
    assert.match(await browser.evaluate(heard), /^Pruned: \d\d(\.\d)?% of the weights remain/);
    await browser.click('button', 'Undo');
    await untilLeft(before);
    assert.match(await browser.evaluate(heard), /^Round 0 of 2 is trained: 100% of the weights remain/);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});
