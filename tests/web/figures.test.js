// The figures alone, on made-up data, below a policy that allows no inline style and no image from memory.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';

const www = fileURLToPath(new URL('../../www/', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'";

let folder = '';
/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'figures-'));
  await build({
    root: www,
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, rollupOptions: { input: join(www, 'gallery.html') } },
  });
  site = await serveSite({ folder, headers: { 'content-security-policy': POLICY }, pages: { 'favicon.ico': Buffer.alloc(0) } });
});

after(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

/** @typedef {import('./lib/browser.js').Browser} Browser */

/** Opens the gallery with some figures and notes what they say. @param {Browser} browser @param {string} choice */
async function open(browser, choice) {
  await browser.goto('about:blank');
  await browser.goto(`${site.url}gallery.html#theme=light&${choice}`);
  await browser.waitFor(() => customElements.get('lt-ladder') !== undefined && document.querySelector('main > :defined'), [], { what: 'figures are defined' });
  await browser.evaluate(() => {
    const page = /** @type {any} */ (window);
    page.said = [];
    for (const type of ['lt-select', 'lt-select-unit', 'lt-cut', 'lt-cut-commit', 'lt-undo', 'lt-digit', 'lt-pick', 'lt-measure']) {
      addEventListener(type, (event) => page.said.push({ type, detail: JSON.parse(JSON.stringify(/** @type {CustomEvent} */ (event).detail)) }));
    }
  });
}

/** What figures said since the last call. @param {Browser} browser @returns {Promise<{type: string, detail: any}[]>} */
const said = (browser) => browser.evaluate(() => /** @type {any} */ (window).said.splice(0));

/** Text inside a figure. @param {Browser} browser @param {string} figure @param {string} part a selector */
const textOf = (browser, figure, part) =>
  browser.evaluate(
    async (name, selector) => {
      const element = /** @type {any} */ (document.querySelector(name));
      await element.updateComplete;
      return (element.shadowRoot.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
    },
    figure,
    part,
  );

/** Focuses a part of a figure. @param {Browser} browser @param {string} figure @param {string} part */
const focus = (browser, figure, part) =>
  browser.evaluate(
    (name, selector) => {
      const target = /** @type {HTMLElement} */ (document.querySelector(name)?.shadowRoot?.querySelector(selector));
      target.scrollIntoView({ block: 'center' });
      target.focus();
    },
    figure,
    part,
  );

inEachBrowser('the ladder chooses a round by arrow keys and by pointer', async (browser) => {
  await open(browser, 'only=lt-ladder,lt-rounds&round=5');
  await focus(browser, 'lt-ladder', '[role=slider]');
  assert.match((await browser.describe('slider', 'Round')).role, /slider/);
  await browser.press('ArrowLeft', 'ArrowLeft');
  assert.deepEqual((await said(browser)).map(({ detail }) => detail.round), [4, 3]);
  assert.match(await textOf(browser, 'lt-ladder', '.readout'), /^Round 3, 12\.7% of the weights left Winning ticket \d\d\.\d% \(/);
  assert.match(await textOf(browser, 'lt-ladder', 'figcaption'), /means over 10 seeds/);
  await browser.press('Home');
  assert.deepEqual((await said(browser)).map(({ detail }) => detail.round), [0]);
  const first = await browser.evaluate(async () => {
    const [ladder, rounds] = /** @type {any[]} */ ([document.querySelector('lt-ladder'), document.querySelector('lt-rounds')]);
    const { results } = rounds.data;
    rounds.data = { ...rounds.data, results: results.map((/** @type {any} */ result) => ({ ...result, arm: result.arm === 'ticket' ? 'one-shot' : result.arm })) };
    await rounds.updateComplete;
    const arms = rounds.table().rows.filter((/** @type {any} */ [round]) => round === 0).map((/** @type {any} */ [, arm]) => arm);
    rounds.data = { ...rounds.data, results };
    return { spoken: ladder.sentence(0), arms: [...new Set(arms)] };
  });
  assert.match(first.spoken, /^Round 0, 100% of the weights left, Dense network \d\d\.\d%$/, 'what all arms share is told once');
  assert.deepEqual(first.arms, ['dense'], 'whatever is found in it');
  const edge = await browser.evaluate(() => {
    const box = /** @type {Element} */ (document.querySelector('lt-ladder')?.shadowRoot?.querySelector('svg[role=slider]')).getBoundingClientRect();
    return { x: box.right - 130, y: box.top + box.height / 2 };
  });
  await browser.drag([edge, edge]);
  assert.deepEqual((await said(browser)).map(({ detail }) => detail.round), [5]);
  await browser.choose('Early-stop step', true);
  assert.equal((await said(browser))[0]?.detail.measure, 'step');
  assert.match(await textOf(browser, 'lt-ladder', 'figcaption'), /lowest: how fast/);

  await browser.click('button', 'Early stop');
  const order = () =>
    browser.evaluate(async () => {
      const table = /** @type {any} */ (document.querySelector('lt-rounds'));
      await table.updateComplete;
      return [...table.shadowRoot.querySelectorAll('tbody td:nth-child(8)')].map((cell) => Number(cell.textContent.replace(',', '')));
    });
  const ascending = await order();
  assert.deepEqual(ascending, [...ascending].sort((a, b) => a - b));
  await browser.click('button', 'Early stop');
  assert.deepEqual(await order(), [...ascending].reverse());
  assert.deepEqual(await browser.problems(), []);
});

inEachBrowser('connections are drawn, walked by key, and saved whole', async (browser) => {
  await open(browser, 'only=lt-connections&round=5');
  const inked = () =>
    browser.evaluate(async () => {
      const element = /** @type {any} */ (document.querySelector('lt-connections'));
      await element.updateComplete;
      await element.drawn;
      const canvas = element.shadowRoot.querySelector('canvas.ink');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let pixels = 0;
      for (let i = 3; i < data.length; i += 4) pixels += data[i] > 0 ? 1 : 0;
      return pixels / (data.length / 4);
    });
  await browser.waitFor(() => /** @type {any} */ (document.querySelector('lt-connections'))._painter?.sheet, [], { what: 'the picture is begun' });
  assert.ok((await inked()) > 0.2, 'lines cover the picture');
  assert.match(await textOf(browser, 'lt-connections', 'figcaption'), /^All 8,524 surviving connections are drawn, of 266,200 \(3\.2%\)/);
  await focus(browser, 'lt-connections', '[role=application]');
  await browser.press('ArrowDown', 'ArrowDown', 'ArrowRight');
  assert.match(await textOf(browser, 'lt-connections', '[role=status]'), /^Hidden unit \d+, layer 2 .*connections in/);
  await browser.press('Enter');
  assert.equal((await said(browser)).at(-1)?.detail.layer, 2);
  await browser.press('Escape');
  assert.deepEqual((await said(browser)).at(-1)?.detail, { layer: -1, unit: -1 });
  const files = await browser.evaluate(async () => {
    const element = /** @type {any} */ (document.querySelector('lt-connections'));
    const csv = await (await element.file('csv')).text();
    const svg = await (await element.file('svg')).text();
    const png = new Uint8Array(await (await element.file('png')).arrayBuffer());
    return { lines: csv.split('\r\n').length - 2, strokes: (svg.match(/M[\d.]+,/g) ?? []).length, svg: svg.slice(0, 40), png: [...png.slice(1, 4)], size: png.length };
  });
  assert.equal(files.lines, 8524, 'every connection is a line of the file');
  assert.ok(files.strokes > 8000 && files.strokes <= 8524, `${files.strokes} strokes`);
  assert.match(files.svg, /^<svg xmlns/);
  assert.deepEqual(files.png, [0x50, 0x4e, 0x47]);
  assert.ok(files.size > 50_000);

  // Fading takes the lines off, rewinding puts the weights back.
  const before = await inked();
  await browser.evaluate(() => /** @type {any} */ (document.querySelector('lt-connections')).fade(0, 0.2, 50));
  const faded = await browser.evaluate(() => {
    const canvas = /** @type {any} */ (document.querySelector('lt-connections')).shadowRoot.querySelector('canvas.ink');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let pixels = 0;
    for (let i = 3; i < data.length; i += 4) pixels += data[i] > 0 ? 1 : 0;
    return pixels / (data.length / 4);
  });
  assert.ok(faded < before * 0.8, `${faded} of ${before} is left`);
  await browser.evaluate(() => /** @type {any} */ (document.querySelector('lt-connections')).rewind(50));
  assert.deepEqual(await browser.problems(), []);
});

inEachBrowser('the dense network is drawn whole', async (browser) => {
  await open(browser, 'only=lt-connections&round=0');
  const { share, caption } = await browser.waitFor(
    async () => {
      const element = /** @type {any} */ (document.querySelector('lt-connections'));
      await element.updateComplete;
      await element.drawn;
      const canvas = element.shadowRoot.querySelector('canvas.ink');
      if (!element._painter?.sheet || canvas.width < 10) return null;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let pixels = 0;
      for (let i = 3; i < data.length; i += 4) pixels += data[i] > 8 ? 1 : 0;
      return { share: pixels / (data.length / 4), caption: element.caption() };
    },
    [],
    { what: 'the dense picture is there' },
  );
  assert.ok(share > 0.4, `${share} of the picture`);
  assert.match(caption, /^All 266,200 connections/);
});

inEachBrowser('weights are cut by key, pruned and taken back', async (browser) => {
  await open(browser, 'only=lt-weights&round=1');
  await browser.choose('Cut', 10);
  const [moved] = await said(browser);
  assert.equal(moved.type, 'lt-cut');
  assert.ok(moved.detail.count > 0 && moved.detail.layer === -1);
  await focus(browser, 'lt-weights', 'input[type=range]');
  await browser.press('ArrowRight');
  const [further] = await said(browser);
  assert.ok(further.detail.cut > moved.detail.cut && further.detail.count >= moved.detail.count);
  assert.match(await textOf(browser, 'lt-weights', 'output'), new RegExp(`would remove ${further.detail.count.toLocaleString('en')} of 266,200`));
  await browser.click('button', `Prune these ${further.detail.count.toLocaleString('en')}`);
  await browser.click('button', 'Undo');
  assert.deepEqual((await said(browser)).map(({ type }) => type), ['lt-cut-commit', 'lt-undo']);
  await browser.choose('First layer', true);
  assert.match(await textOf(browser, 'lt-weights', 'figcaption'), /^First layer: 235,200 connections/);

  // What cannot be done (any more) keeps the focus of whoever has just done it.
  await focus(browser, 'lt-weights', '[part=prune]');
  await browser.evaluate(async () => {
    const figure = /** @type {any} */ (document.querySelector('lt-weights'));
    const layers = figure.data.layers.map((/** @type {any} */ each) => ({ ...each, kept: each.kept.map((/** @type {number} */ n, /** @type {number} */ bin) => (bin < 8 ? 0 : n)), cut: 0.05, goes: 0 }));
    figure.data = { ...figure.data, layers, canUndo: false };
    await figure.updateComplete;
  });
  assert.equal(await textOf(browser, 'lt-weights', 'output'), 'Nothing lies below the cut at 0.0500.');
  assert.equal(await textOf(browser, 'lt-weights', '[part=prune]'), 'Prune by hand');
  await said(browser);
  await browser.press('Enter', 'Tab', 'Enter');
  assert.deepEqual(await said(browser), []);
  assert.equal(await browser.evaluate(() => document.querySelector('lt-weights')?.shadowRoot?.activeElement?.part.value), 'undo');
  assert.deepEqual(await browser.problems(), []);
});

inEachBrowser('what would go and what would stay stands clear of the numbers at the axis, wherever the cut is', async (browser) => {
  await open(browser, 'only=lt-weights&round=1');
  for (const width of ['288px', '608px']) {
    const over = await browser.evaluate(async (wide) => {
      const figure = /** @type {any} */ (document.querySelector('lt-weights'));
      figure.style.inlineSize = wide;
      await new Promise((resolve) => setTimeout(resolve, 200));
      const found = [];
      for (let edge = 0; edge <= 64; edge += 2) {
        figure.edge = edge;
        await figure.updateComplete;
        const boxes = (/** @type {string} */ part) => [...figure.shadowRoot.querySelectorAll(part)].map((text) => {
          // Without the halo, which Firefox counts in where it asks for the bounds.
          const { x, y, width, height } = text.getBBox();
          return { said: text.textContent, left: x, right: x + width, top: y, bottom: y + height };
        });
        for (const label of boxes('text.halo')) {
          for (const tick of boxes('text.muted')) {
            if (label.left < tick.right && tick.left < label.right && label.top < tick.bottom - 2 && tick.top + 2 < label.bottom) found.push(`${label.said} over ${tick.said}`);
          }
        }
      }
      return [...new Set(found)];
    }, width);
    assert.deepEqual(over, [], width);
  }
});

inEachBrowser('dragging the cut moves it and selects no words', async (browser) => {
  await open(browser, 'only=lt-weights&round=1');
  const at = await browser.evaluate(() => {
    const picture = /** @type {Element} */ (document.querySelector('lt-weights')?.shadowRoot?.querySelector('svg.cuts'));
    picture.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = picture.getBoundingClientRect();
    return [0.2, 0.22, 0.25].map((share) => ({ x: left + share * width, y: top + height / 2 }));
  });
  await browser.drag(at);
  const moves = await said(browser);
  assert.ok(moves.length > 1 && moves[moves.length - 1].detail.cut > moves[0].detail.cut);
  assert.equal(await browser.selected('lt-weights'), '');
});

inEachBrowser('units and pixels are walked by key', async (browser) => {
  await open(browser, 'only=lt-units,lt-pixels&round=5');
  await focus(browser, 'lt-units', '[role=slider]');
  await browser.press('ArrowRight', 'ArrowRight', 'Enter');
  assert.deepEqual((await said(browser)).at(-1), { type: 'lt-select-unit', detail: { layer: 1, unit: 1 } });
  assert.match(await textOf(browser, 'lt-units', '.unit'), /^Hidden unit 2, layer 1: \d+ of 784 connections in/);
  await browser.choose('Second layer', true);
  await browser.choose('Age', true);
  assert.match(await textOf(browser, 'lt-units', 'figcaption'), /^All 100 units of the second layer.*of the 5 rounds/);
  await focus(browser, 'lt-pixels', '[role=slider]');
  await browser.press('ArrowDown', 'ArrowDown');
  assert.match(await textOf(browser, 'lt-pixels', '.readout'), /^Row 16, column 15: \d+ of 300 connections left/);
  assert.deepEqual(await browser.problems(), []);
});

inEachBrowser('a digit is drawn by hand or by key, and centred', async (browser) => {
  await open(browser, 'only=lt-digit&round=5');
  await browser.click('button', 'Next test image');
  assert.deepEqual(await said(browser), [{ type: 'lt-pick', detail: { set: 'test', index: 1 } }]);
  const pad = await browser.evaluate(() => {
    const element = /** @type {Element} */ (document.querySelector('lt-digit')?.shadowRoot?.querySelector('.pad'));
    element.scrollIntoView({ block: 'center' });
    const { left, top, width } = element.getBoundingClientRect();
    return { left, top, width };
  });
  const at = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: pad.left + pad.width * x, y: pad.top + pad.width * y });
  await browser.drag([at(0.1, 0.1), at(0.1, 0.2), at(0.1, 0.3), at(0.11, 0.4)]);
  /** @type {number[]} */
  const pixels = await browser.waitFor(
    () => {
      const last = /** @type {any} */ (window).said.filter((/** @type {any} */ each) => each.type === 'lt-digit').at(-1);
      return last && /** @type {number[]} */ (Object.values(last.detail.pixels));
    },
    [],
    { what: 'the drawing is told' },
  );
  assert.equal(pixels.length, 784);
  let mass = 0;
  let x = 0;
  let y = 0;
  pixels.forEach((value, i) => {
    mass += value;
    x += value * ((i % 28) + 0.5);
    y += value * (Math.floor(i / 28) + 0.5);
  });
  assert.ok(Math.abs(x / mass - 14) < 0.5 && Math.abs(y / mass - 14) < 0.5, `centre of mass ${x / mass}, ${y / mass}`);

  await browser.click('button', 'Clear');
  await said(browser);
  await focus(browser, 'lt-digit', '.pad');
  await browser.press('ArrowRight', ' ', 'Shift+ArrowDown', 'Shift+ArrowDown');
  const drawn = await browser.waitFor(
    () => {
      const last = /** @type {any} */ (window).said.filter((/** @type {any} */ each) => each.type === 'lt-digit').at(-1);
      return last && Object.values(last.detail.pixels).filter(Boolean).length;
    },
    [],
    { what: 'keys draw' },
  );
  assert.ok(drawn > 4, `${drawn} pixels`);
  assert.deepEqual(await browser.problems(), []);
});

inEachBrowser('files show what the screen shows: the answers to a digit, the table as sorted', async (browser) => {
  await open(browser, 'only=lt-digit,lt-rounds&round=5');
  await browser.click('button', 'Early stop');
  await browser.click('button', 'Early stop');
  const [digit, rounds] = await browser.evaluate(async () => {
    const found = [];
    for (const name of ['lt-digit', 'lt-rounds']) {
      const element = /** @type {any} */ (document.querySelector(name));
      await element.updateComplete;
      const scroll = element.shadowRoot.querySelector('.scroll');
      if (scroll) scroll.scrollTop = 100;
      const [csv, svg] = await Promise.all(['csv', 'svg'].map(async (kind) => (await element.file(kind)).text()));
      const png = await element.file('png');
      const bitmap = await createImageBitmap(png);
      const sheet = new DOMParser().parseFromString(svg, 'image/svg+xml');
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
      context.drawImage(bitmap, 0, 0);
      // The middle of the bar of the dense network's answer, and of the digit's uppermost stroke.
      const frame = element.shadowRoot.querySelector('.picture').getBoundingClientRect();
      const colour = (/** @type {string} */ part, down = 0.5) => {
        const box = element.shadowRoot.querySelector(part)?.getBoundingClientRect();
        return box && [...context.getImageData(2 * (24 + box.x - frame.x + box.width / 2), 2 * (52 + box.y - frame.y + box.height * down), 1, 1).data].join();
      };
      await new Promise((done) => setTimeout(done, 100));
      found.push({
        csv: csv.split('\r\n')[0], type: png.type, broken: Boolean(sheet.querySelector('parsererror')),
        size: [bitmap.width, bitmap.height], asked: ['width', 'height'].map((side) => Math.round(2 * Number(sheet.documentElement.getAttribute(side)))),
        words: [...sheet.querySelectorAll('text')].map((text) => text.textContent), images: sheet.querySelectorAll('image').length,
        bar: colour('.best .value'), fill: getComputedStyle(element.shadowRoot.querySelector('.best .value') ?? element).fill,
        stroke: colour('.paper', 0.23), ground: colour('.paper', 0.05), scrolled: scroll?.scrollTop,
        shown: [...element.shadowRoot.querySelectorAll('tbody td:nth-child(8)')].map((cell) => cell.textContent),
      });
    }
    return found;
  });
  for (const { type, broken, size, asked } of [digit, rounds]) assert.deepEqual({ type, broken, size }, { type: 'image/png', broken: false, size: asked });
  assert.equal(digit.csv, 'digit,dense_probability,ticket_probability,reinit_probability');
  for (const word of ['Ask the networks', 'Dense network', 'Winning ticket', 'Re-initialised', '100% left', '99.1%', '96.2%', '58.0%', 'Test image 1 of 5,000. It']) {
    assert.ok(digit.words.includes(word), `${word} in ${digit.words.join(' | ')}`);
  }
  assert.ok(!digit.words.includes('Clear'), 'what is there to be pressed is not in the picture');
  assert.equal(digit.images, 2, 'the drawing, and as the networks see it');
  assert.equal(`rgb(${digit.bar?.split(',').slice(0, 3).join(', ')})`, digit.fill);
  assert.equal(digit.ground, '255,255,255,255');
  assert.match(String(digit.stroke), /^[2-5]\d,/, 'the seven, almost black');

  assert.match(rounds.csv, /^round,arm,seed,/);
  assert.equal(rounds.shown[0], '1,000');
  const numbers = rounds.words.filter((word) => rounds.shown.includes(word));
  assert.deepEqual(numbers.filter((word) => Number(word.replace(',', '')) >= 100), rounds.shown, 'every row, in order');
  for (const word of ['Every round in numbers', '22 rows. A heading sorts by its column.']) assert.ok(rounds.words.includes(word), word);
  assert.equal(rounds.scrolled, 100, 'the reader keeps the place');
  assert.deepEqual(await browser.problems(), []);
});

inEachBrowser('what is chosen in the menu of files gives the focus back to the menu', async (browser) => {
  await open(browser, 'only=lt-ladder&round=5');
  await browser.evaluate(() => {
    const ladder = /** @type {any} */ (document.querySelector('lt-ladder'));
    ladder.saved = [];
    ladder.save = (/** @type {string} */ kind) => ladder.saved.push(kind);
  });
  await focus(browser, 'lt-ladder', '.menu summary');
  await browser.press('Enter', 'Tab', 'Tab', 'Enter');
  const left = await browser.evaluate(() => {
    const { saved, shadowRoot } = /** @type {any} */ (document.querySelector('lt-ladder'));
    return { saved, focused: shadowRoot.activeElement?.localName, open: shadowRoot.querySelector('.menu').open };
  });
  assert.deepEqual(left, { saved: ['png'], focused: 'summary', open: false });
});

inEachBrowser('the name of the dense network’s line stands at the side where no other line ends', async (browser) => {
  await open(browser, 'only=lt-ladder&round=5');
  const places = await browser.evaluate(async () => {
    const ladder = /** @type {any} */ (document.querySelector('lt-ladder'));
    const found = [];
    for (const last of [590, 540, 300]) {
      const result = (/** @type {number} */ round, /** @type {number} */ earlyStopStep) => ({ arm: round ? 'ticket' : 'dense', seed: 1, round, remaining: 100 * 0.5 ** round, earlyStopStep });
      ladder.data = { results: [result(0, 565), result(1, 550), result(2, last), result(3, last)], round: 3, steps: 600, measure: 'step' };
      await ladder.updateComplete;
      const middle = (/** @type {string} */ part) => {
        const { top, bottom } = ladder.shadowRoot.querySelector(part).getBoundingClientRect();
        return (top + bottom) / 2;
      };
      found.push(middle('text.muted.halo') > middle('.reference') ? 'below' : 'above');
    }
    return found;
  });
  assert.deepEqual(places, ['below', 'above', 'above']);
});

inEachBrowser('dots of survivors stand out from the ground', async (browser) => {
  for (const theme of ['light', 'dark']) {
    await open(browser, `only=lt-scatter&round=5&theme=${theme}`);
    const contrast = await browser.waitFor(() => {
      const scatter = /** @type {any} */ (document.querySelector('lt-scatter'));
      const dots = scatter.shadowRoot?.querySelector('.dots.kept');
      if (!dots) return null;
      const ground = scatter.colour('bg');
      const { strokeOpacity } = getComputedStyle(dots);
      const seen = scatter.colour('ticket').map((/** @type {number} */ value, /** @type {number} */ i) => ground[i] + (value - ground[i]) * Number(strokeOpacity));
      const light = (/** @type {number[]} */ rgb) => rgb.map((value) => ((value / 255 + 0.055) / 1.055) ** 2.4).reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0.05);
      const [a, b] = [light(seen), light(ground)];
      return Math.max(a / b, b / a);
    }, []);
    assert.ok(contrast > 4.5, `${theme}: ${contrast}`);
  }
});

inEachBrowser('on a wide page the table of rounds shows all of its columns, in every language', async (browser) => {
  for (const [lang, words] of [['en', 'Fingerprint'], ['de', 'Fingerabdruck'], ['fr', 'Empreinte']]) {
    await open(browser, `only=lt-rounds&round=5&lang=${lang}`);
    const wide = await browser.waitFor(async (word) => {
      const rounds = /** @type {any} */ (document.querySelector('lt-rounds'));
      rounds.style.inlineSize = '1216px';
      const known = { survivors: [235_200, 30_000, 1000], effective: 266_200, dead: [12, 18], trainAccuracy: 99.09, valLoss: 0.1704, fingerprint: 'cbfc86ba00000000', arm: 'reinit' };
      if (!rounds.data.results[0].fingerprint) rounds.data = { ...rounds.data, results: rounds.data.results.map((/** @type {any} */ each) => ({ ...each, ...known })) };
      await rounds.updateComplete;
      const { scrollWidth, clientWidth } = rounds.shadowRoot.querySelector('.scroll');
      return rounds.shadowRoot.textContent.includes(word) && clientWidth > 1150 && { scrollWidth, clientWidth };
    }, [words], { what: `a table with "${words}"` });
    assert.ok(wide.scrollWidth <= wide.clientWidth, `${lang}: ${wide.scrollWidth} in ${wide.clientWidth}`);
  }
});

inEachBrowser('a figure with nothing in it says so once, and offers nothing to save', async (browser) => {
  await open(browser, 'round=5');
  const found = await browser.evaluate(async () => {
    /** @type {Record<string, string[]>} */
    const told = {};
    const none = /** @type {Record<string, object>} */ ({ 'lt-ladder': { results: [] }, 'lt-rounds': { results: [] }, 'lt-race': { curves: [], steps: 600 } });
    for (const figure of /** @type {any[]} */ ([...document.querySelectorAll('main > *')].filter((each) => each.localName.startsWith('lt-')))) {
      const offered = () => [...figure.shadowRoot.querySelectorAll('.menu, .values')].map((part) => getComputedStyle(part).visibility);
      await figure.updateComplete;
      const before = offered();
      figure.data = none[figure.localName] ?? null;
      await figure.updateComplete;
      const sentences = [...figure.shadowRoot.querySelectorAll('.readout, figcaption, .picture p')].map((part) => part.textContent.trim()).filter(Boolean);
      told[figure.localName] = [...sentences, ...new Set(before), ...new Set(offered())];
    }
    return told;
  });
  delete found['lt-digit'];
  const nothing = (/** @type {string} */ said) => [said, 'visible', 'hidden'];
  assert.deepEqual(found, {
    ...Object.fromEntries(['lt-connections', 'lt-weights', 'lt-scatter', 'lt-movement', 'lt-units', 'lt-pixels'].map((name) => [name, nothing('Nothing to show yet.')])),
    'lt-ladder': nothing('No round has been finished yet.'),
    'lt-race': nothing('No network has been trained yet.'),
    'lt-rounds': nothing('No round has been finished yet.'),
  });
});

inEachBrowser('long words keep to their figure: names of means within the picture, heads of answers unbroken', async (browser) => {
  for (const lang of ['de', 'fr']) {
    await open(browser, `only=lt-movement,lt-digit&round=5&lang=${lang}`);
    const { over, broken } = await browser.waitFor(
      async (language) => {
        const [movement, digit] = /** @type {any[]} */ (['lt-movement', 'lt-digit'].map((name) => document.querySelector(name)));
        if (!movement?.data || !digit?.data || movement.t('figure.values') === 'The numbers as a table') return null;
        // On a phone, and beside the text of a step.
        movement.style.inlineSize = '328px';
        digit.style.inlineSize = '604px';
        digit.style.overflowWrap = 'break-word';
        const layers = movement.data.layers.map((/** @type {any} */ layer) => ({ ...layer, meanSurvivors: layer.edges[layer.edges.length - 1] * 0.95 }));
        movement.data = { ...movement.data, layers };
        await new Promise((resolve) => setTimeout(resolve, 300));
        const lines = (/** @type {Node} */ text) =>
          [...(text.textContent ?? '').matchAll(/\S+/g)].filter(({ 0: word, index }) => {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            return range.getClientRects().length > 1;
          });
        const walker = document.createTreeWalker(digit.shadowRoot.querySelector('thead'), NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(...lines(walker.currentNode).map(([word]) => word));
        const edge = movement.getBoundingClientRect().right;
        const names = [...movement.shadowRoot.querySelectorAll('text.halo')];
        return { over: names.filter((name) => name.getBoundingClientRect().right > edge + 1).map((name) => `${language}: ${name.textContent}`), broken: found };
      },
      [lang],
      { what: `figures in ${lang}` },
    );
    assert.deepEqual({ over, broken }, { over: [], broken: [] });
  }
});

inEachBrowser('every figure has its numbers as a table, in every language', async (browser) => {
  for (const [lang, words] of [
    ['en', 'The numbers as a table'],
    ['de', 'Die Zahlen als Tabelle'],
    ['fr', 'Les nombres en tableau'],
  ]) {
    await open(browser, `round=5&lang=${lang}`);
    await browser.waitFor((text) => document.querySelector('lt-race')?.shadowRoot?.textContent?.includes(text), [words], { what: `"${words}"` });
    const found = await browser.evaluate(async () => {
      /** @type {Record<string, number>} */
      const rows = {};
      for (const element of /** @type {any[]} */ ([...document.querySelectorAll('main > *')].filter((each) => each.localName.startsWith('lt-')))) {
        const details = element.shadowRoot.querySelector('details.values');
        if (details) details.open = true;
        await new Promise((done) => setTimeout(done, 60));
        await element.updateComplete;
        rows[element.localName] = element.shadowRoot.querySelectorAll('table tbody tr').length;
      }
      return rows;
    });
    assert.deepEqual(found, {
      'lt-connections': 200,
      'lt-ladder': 160,
      'lt-race': 99,
      'lt-weights': 64,
      'lt-scatter': 200,
      'lt-movement': 40,
      'lt-units': 200,
      'lt-pixels': 200,
      'lt-digit': 10,
      'lt-rounds': 22,
    });
  }
  assert.deepEqual(await browser.problems(), []);
});
