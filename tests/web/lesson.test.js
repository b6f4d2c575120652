// The lesson from a cold start to its last step, as a reader does it: guesses made, outcomes shown, and a run of one's own in between.
import assert from 'node:assert/strict';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';
import { lesson } from '../../scripts/lib/weights.mjs';

/** @typedef {import('./lib/browser.js').Browser} Browser */

const STEPS = ['digits', 'connections', 'train', 'prune', 'rewind', 'again', 'ticket', 'control', 'ladder', 'once', 'survives', 'born', 'large', 'saves', 'seeds'];

/** What the reader does in the steps that ask for something other than a guess. @type {Record<string, (browser: Browser) => Promise<void>>} */
const DEEDS = {
  digits: (browser) => browser.click('button', 'Next test image'),
  connections: async (browser) => {
    await browser.focus('application', 'The network: pixels…');
    await browser.press('ArrowRight');
  },
  train: (browser) => browser.choose('Validation loss', true),
  prune: async (browser) => {
    const left = () => browser.evaluate(() => {
      const [{ kept }] = /** @type {any} */ (document.querySelector('#step-prune lt-weights')).data.layers;
      return Array.from(kept, Number);
    });
    const all = await left();
    for (const cut of [10, 20]) {
      await browser.choose('Cut', cut);
      await browser.click('button', 'Prune these…');
      assert.deepEqual(await left(), all.map((n, bin) => (bin < cut ? 0 : n)), `what lies below edge ${cut} is gone`);
      const nothingLeftToPrune = () => document.querySelector('#step-prune lt-weights')?.shadowRoot?.querySelector('[part=prune][aria-disabled=true]');
      await browser.waitFor(nothingLeftToPrune, [], { what: 'the figure has taken the cut' });
    }
    await browser.click('button', 'Undo');
    assert.deepEqual(await left(), all);
  },
  rewind: (browser) => browser.click('button', 'Put the weights back'),
  again: (browser) => browser.choose('12.6%', true),
  seeds: (browser) => browser.choose('All 10 seeds', true),
};

/** Every figure of a step that is not waiting for a guess shows something. @param {Browser} browser @param {string} step */
const shown = (browser, step) =>
  browser.waitFor(
    (/** @type {string} */ id) => {
      const figures = [...document.querySelectorAll(`#step-${id} .figures > *`)];
      return figures.length > 0 && figures.every((figure) => /** @type {any} */ (figure).data);
    },
    [step],
    { what: `the figures of ${step} have their data`, timeout: 60_000 },
  );

/**
 * Reads a step and does what it asks for.
 * @param {Browser} browser
 * @param {string} step
 */
async function walk(browser, step) {
  await browser.evaluate((/** @type {string} */ id) => document.getElementById(`step-${id}`)?.scrollIntoView({ behavior: 'instant' }), step);
  const asks = await browser.evaluate((/** @type {string} */ id) => document.querySelector(`#step-${id} :is(lt-guess, lt-sketch)`)?.localName ?? null, step);
  if (asks) {
    assert.equal(await browser.evaluate((/** @type {string} */ id) => document.querySelector(`#step-${id} .step-after`), step), null, `${step} gives nothing away`);
    browser.within = `#step-${step} ${asks}`;
    if (asks === 'lt-sketch') {
      await browser.focus('slider', 'Your guess at 50.1%…');
      await browser.press('ArrowDown', 'ArrowDown');
    } else {
      const { name } = await browser.describe('slider', '…');
      await browser.choose(name, 60);
    }
    await browser.click('button', 'Show what happened');
    const said = await browser.waitFor((/** @type {string} */ at) => document.querySelector(at)?.shadowRoot?.querySelector('[role=status]')?.textContent, [browser.within], { what: 'the outcome' });
    assert.match(said, asks === 'lt-sketch' ? /Your line is \d+\.\d points away/ : /You said [\d.]+.* It was [\d.,]+/, step);
  }
  await shown(browser, step);
  browser.within = `#step-${step}`;
  await DEEDS[step]?.(browser);
  await browser.waitFor((/** @type {string} */ id) => document.querySelector(`#step-${id} .step-done`) !== null, [step], { what: `${step} is done` });
  browser.within = '';
}

inEachBrowser('the lesson can be read and done to its end, with a run of the reader’s own', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    await browser.waitFor(() => document.querySelectorAll('.step').length === 15 && /** @type {any} */ (document.querySelector('lt-hero lt-connections'))?.data, [], { what: 'the recorded run is shown' });
    assert.deepEqual(await browser.evaluate(() => [...document.querySelectorAll('.step')].map(({ id }) => id.replace('step-', ''))), STEPS);
    assert.ok(!site.requests.some((path) => path.endsWith('.bin')), 'no image is loaded for reading');
    for (const step of STEPS.slice(0, 8)) await walk(browser, step);

    browser.within = '.hero';
    await browser.click('button', 'Run it on this machine');
    await browser.waitFor(() => /^Your run: seed 0, [\d.]+ s/.test(document.querySelector('.hero .run-state')?.textContent ?? ''), [], { what: 'the run has ended', timeout: 240_000 });
    assert.match(await browser.evaluate(() => document.querySelector('.hero .run-state')?.textContent ?? ''), /The same ticket as the recorded one, to the last bit\./);
    const loaded = await browser.evaluate(() => performance.getEntriesByType('resource').flatMap(({ name }) => name.match(/assets\/[^/]+\.(?:js|css)$/) ?? []));
    const { first, run } = lesson();
    assert.deepEqual(loaded.filter((file) => ![...first, ...run].includes(file)), [], 'the laboratory is loaded by those who come near it');
    assert.ok(run.some((file) => loaded.includes(file)), 'the engine was loaded for the run');
    for (const step of STEPS.slice(8)) await walk(browser, step);

    // What was read before the run shows the reader's own now.
    for (const step of STEPS) {
      await browser.evaluate((/** @type {string} */ id) => document.getElementById(`step-${id}`)?.scrollIntoView({ behavior: 'instant' }), step);
      await shown(browser, step);
      // A number that a picture shows comes with the picture.
      await browser.waitFor((/** @type {string} */ id) => !document.getElementById(`step-${id}`)?.textContent?.includes('…'), [step], { what: `no number is missing in ${step}` });
    }
    assert.equal(await browser.evaluate(() => document.querySelectorAll('.lesson-steps .is-done').length), STEPS.length);
    const { view, round } = await browser.evaluate(() => {
      const units = /** @type {any} */ (document.querySelector('#step-survives lt-units'));
      return { view: units.shownView, round: units.data.round };
    });
    assert.deepEqual([view, round], ['age', 5], 'the atlas shows what the sentence beside it tells of');
    const speeds = await browser.evaluate(() => {
      const { source, elements } = /** @type {any} */ (document.querySelector('lt-lesson'));
      const { groups: [, { bars }], caption } = elements.get('saves/bars').data;
      return { caption, shown: bars.map((/** @type {any} */ bar) => bar.value), measured: Object.values(source.rates) };
    });
    assert.equal(speeds.caption, 'Speeds: here, beside the controls.');
    assert.equal(speeds.shown.length, 6);
    assert.deepEqual(speeds.shown, speeds.measured, 'what the run itself saw');
    const notes = await browser.evaluate(() => [...document.querySelectorAll('.step')].filter((step) => /** @type {any} */ (step.querySelector('.figures > *')).note === 'From the recorded run.').map(({ id }) => id));
    assert.deepEqual(notes, ['step-once', 'step-large', 'step-seeds'], 'what is of another run says so');
    assert.equal(await browser.evaluate(() => /** @type {any} */ (document.querySelector('lt-lesson')).source.kind), 'live');
    assert.equal(await browser.evaluate(() => document.querySelector('lt-lesson')?.textContent?.includes('…')), false, 'no number is missing in a sentence');
    await browser.click('link', 'Go on to the laboratory');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('#laboratory lottery-ticket'))?.state?.config, [], { what: 'the laboratory is there', timeout: 60_000 });
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
}, { timeout: 900_000 });

inEachBrowser('a button that gives way leaves the keyboard its place, and steps are gone back through', async (browser) => {
  const site = await serveSite();
  const focused = () =>
    browser.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.textContent?.trim();
    });
  /** @param {string} within @param {string} name @param {RegExp} next */
  const press = async (within, name, next) => {
    browser.within = within;
    await browser.focus('button', name);
    await browser.press('Enter');
    browser.within = '';
    await browser.waitFor((/** @type {string} */ at, /** @type {string} */ gone) => {
      const root = document.querySelector(at)?.shadowRoot ?? document.querySelector(at);
      return ![...(root?.querySelectorAll('button') ?? [])].some((button) => button.textContent?.trim() === gone);
    }, [within, name], { what: `${name} has given way` });
    assert.match(String(await focused()), next, `after ${name}`);
  };
  try {
    await browser.goto(site.url);
    await browser.waitFor(() => document.querySelectorAll('.step').length === 15 && /** @type {any} */ (document.querySelector('lt-hero lt-connections'))?.data, [], { what: 'the recorded run is shown' });
    for (const step of ['ticket', 'ladder']) {
      const asks = `#step-${step} :is(lt-guess, lt-sketch)`;
      await browser.evaluate((/** @type {string} */ id) => document.getElementById(`step-${id}`)?.scrollIntoView({ behavior: 'instant' }), step);
      await press(asks, 'Show me without a guess', /^Guess again/);
      await press(asks, 'Guess again', /^Show what happened/);
    }
    await browser.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await press('.hero', 'Run it on this machine', /^(Pause the run|Back to the recorded run)/);
    await press('.hero', 'Back to the recorded run', /^Run it on this machine/);

    for (const step of [2, 5]) await browser.click('link', `Next: ${await browser.evaluate((/** @type {number} */ at) => document.querySelectorAll('.step h3')[at].textContent, step)}`);
    const at = () => browser.evaluate(() => location.hash);
    assert.equal(await at(), '#step-again');
    await browser.back();
    assert.equal(await at(), '#step-train');
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});

inEachBrowser('the line of a guess is drawn with the mouse and selects no words', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    await browser.waitFor(() => document.querySelector('lt-sketch')?.shadowRoot?.querySelector('.handle'), [], { what: 'the line to draw' });
    const at = await browser.evaluate(() => {
      const handle = /** @type {Element} */ (document.querySelector('lt-sketch')?.shadowRoot?.querySelector('.handle .dot'));
      handle.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = handle.getBoundingClientRect();
      return Array.from({ length: 20 }, (_, i) => ({ x: left + width / 2 - 3 * i, y: top + height / 2 + 10 * i }));
    });
    const drawn = () => browser.evaluate(() => /** @type {any} */ (document.querySelector('lt-sketch')).mine(1));
    const before = await drawn();
    await browser.drag(at);
    assert.ok((await drawn()) < before, 'the first handle went down');
    assert.equal(await browser.selected('lt-sketch'), '');
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});

inEachBrowser('beside the recorded run a drawing gets no answer, and says so; test images come back', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    browser.within = '#step-digits';
    await browser.focus('application', 'Drawing area, 28 by 28 pixels');
    const note = () => browser.evaluate(() => /** @type {any} */ (document.querySelector('#step-digits lt-digit')).note);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('#step-digits lt-digit'))?.note === '', [], { what: 'the recorded digit' });
    await browser.press('ArrowRight', ' ');
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('#step-digits lt-digit')).note, [], { what: 'a sentence about the drawing' });
    assert.match(await note(), /^The recorded run cannot read what you draw: run it/);
    assert.equal(await browser.count('button', 'Next test image'), 1);
    await browser.click('button', 'Clear');
    assert.equal(await browser.evaluate(() => document.querySelector('#step-digits .step-done')), null);
    await browser.click('button', 'Next test image');
    await browser.waitFor(
      () => {
        const { data, note: said } = /** @type {any} */ (document.querySelector('#step-digits lt-digit'));
        return said === '' && data.pixels && data.answers[0].probabilities && document.querySelector('#step-digits .step-done') !== null;
      },
      [],
      { what: 'an image with its answers' },
    );
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});

inEachBrowser('the letters of the guessed line have one size on every width, and the bars’ numbers one edge', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    for (const width of [1280, 768, 360]) {
      await browser.driver.setViewport(width, 800);
      const seen = await browser.waitFor(
        () => {
          for (const guess of document.querySelectorAll('#step-ladder lt-sketch, #step-saves lt-guess')) {
            if (!guess.hasAttribute('revealed')) guess.dispatchEvent(new CustomEvent('lt-reveal'));
          }
          document.querySelector('#step-saves')?.scrollIntoView({ behavior: 'instant' });
          const sketch = document.querySelector('lt-sketch')?.shadowRoot?.querySelector('svg');
          const values = [...(document.querySelector('#step-saves lt-bars')?.shadowRoot?.querySelectorAll('.value') ?? [])];
          if (!sketch || values.length < 8) return null;
          const texts = [...sketch.querySelectorAll('text')];
          const scale = sketch.getBoundingClientRect().width / sketch.viewBox.baseVal.width;
          const boxes = texts.slice(3).map((text) => text.getBoundingClientRect());
          return {
            size: Number.parseFloat(getComputedStyle(texts[0]).fontSize) * scale,
            apart: Math.min(...boxes.slice(1).map((box, i) => box.left - boxes[i].right)),
            edges: [...new Set(values.map((value) => Math.round(value.getBoundingClientRect().right)))],
          };
        },
        [],
        { what: `line and bars at ${width} px` },
      );
      assert.ok(seen.size >= 9 && seen.size <= 16, `letters of ${seen.size} px at ${width} px`);
      assert.ok(seen.apart > 0, `labels run into each other at ${width} px`);
      assert.equal(seen.edges.length, 1, `numbers end at ${seen.edges} at ${width} px`);
    }
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});

inEachBrowser('the bars of the lesson have their numbers as a table and as files', async (browser) => {
  const site = await serveSite();
  try {
    await browser.goto(site.url);
    for (const [step, head, caption] of [
      ['large', 'network,test_accuracy,test_accuracy_min,test_accuracy_max', 'From 85% to 100%. Dots: mean over 10 seeds; bands: lowest to highest.'],
      ['saves', 'network,bytes,images_per_second', 'Speeds: natively on one core, as recorded.'],
    ]) {
      await browser.evaluate((/** @type {string} */ id) => document.getElementById(`step-${id}`)?.scrollIntoView({ behavior: 'instant' }), step);
      browser.within = `#step-${step} lt-guess`;
      await browser.click('button', 'Show me without a guess');
      browser.within = '';
      await shown(browser, step);
      const { csv, svg, type, size, rows, fills } = await browser.evaluate(async (/** @type {string} */ id) => {
        const bars = /** @type {any} */ (document.querySelector(`#step-${id} lt-bars`));
        bars.shadowRoot.querySelector('.values').open = true;
        await new Promise((resolve) => setTimeout(resolve, 200));
        const texts = await Promise.all(['csv', 'svg'].map(async (kind) => (await bars.file(kind)).text()));
        const png = await bars.file('png');
        const { width, height } = await createImageBitmap(png);
        const marks = [...bars.shadowRoot.querySelectorAll('.bar, .dot')];
        return {
          csv: texts[0].trim().split('\r\n'), svg: texts[1], type: png.type, size: [width, height],
          rows: bars.shadowRoot.querySelectorAll('tbody tr').length, fills: marks.map((mark) => `fill="${getComputedStyle(mark).backgroundColor}"`),
        };
      }, step);
      assert.equal(csv[0], head);
      assert.equal(rows, csv.length - 1);
      assert.match(csv[1], /^"dense, 266,200 connections",\d/);
      assert.match(svg, /<text[^>]*>ticket, 8,524 connections/);
      assert.ok(svg.includes(`>${caption}</text>`), svg);
      for (const fill of fills) assert.ok(svg.includes(fill), fill);
      assert.equal(type, 'image/png');
      const [width, height] = [...svg.matchAll(/ (?:width|height)="([\d.]+)"/g)].map(([, side]) => Math.round(2 * Number(side)));
      assert.deepEqual(size, [width, height]);
    }
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});
