// What figures say, save and draw with, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv } from '../../www/figures/csv.js';
import { answerOf, centreDigit, DRAWN, enlarge, stroke, toggle } from '../../www/figures/digit-image.js';
import { count, percent } from '../../www/figures/format.js';
import { FULL, Ink } from '../../www/figures/ink.js';
import { inSlices } from '../../www/figures/slices.js';
import { paintTile, ramp, strongest } from '../../www/figures/tiles.js';
import de from '../../www/strings/de.js';
import en from '../../www/strings/en.js';
import fr from '../../www/strings/fr.js';
import { LANGUAGES, loadLanguage, t } from '../../www/strings/index.js';

test('CSV quotes what needs quoting and disarms formulas', () => {
  const csv = toCsv({
    columns: [
      { key: 'arm', label: 'Netz' },
      { key: 'value', label: 'Wert' },
    ],
    rows: [
      ['a,b', 1.5],
      ['say "so"', null],
      ['=1+1', NaN],
      ['-x', -2],
    ],
  });
  assert.equal(csv, 'arm,value\r\n"a,b",1.5\r\n"say ""so""",\r\n\'=1+1,\r\n\'-x,-2\r\n');
});

test('numbers read as the language writes them', () => {
  assert.equal(count('en', 266200), '266,200');
  assert.equal(count('de', 266200), '266.200');
  assert.equal(percent('en', 3.5712), '3.57%');
  assert.equal(percent('en', 97.949, 1), '97.9%');
});

/** @param {Uint8Array} pixels */
function measure(pixels) {
  let mass = 0;
  let x = 0;
  let y = 0;
  const box = { left: 28, right: -1, top: 28, bottom: -1 };
  pixels.forEach((value, i) => {
    if (!value) return;
    const [column, row] = [i % 28, Math.floor(i / 28)];
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
    // A trace of a fraction of a pixel does not count as extent.
    if (value > 16) {
      box.left = Math.min(box.left, column);
      box.right = Math.max(box.right, column);
      box.top = Math.min(box.top, row);
      box.bottom = Math.max(box.bottom, row);
    }
  });
  return { x: x / mass, y: y / mass, width: box.right - box.left + 1, height: box.bottom - box.top + 1, mass };
}

test('a drawing in a corner is scaled to 20 pixels and its mass brought to the middle', () => {
  const drawing = new Float32Array(DRAWN * DRAWN);
  stroke(drawing, 10, 8, 12, 40);
  stroke(drawing, 12, 40, 30, 40);
  const { x, y, width, height } = measure(centreDigit(drawing));
  assert.ok(Math.abs(x - 14) < 0.25 && Math.abs(y - 14) < 0.25, `mass at ${x}, ${y}`);
  assert.ok(Math.max(width, height) >= 19 && Math.max(width, height) <= 22, `${width} by ${height}`);
});

test('a lopsided drawing stays inside the image', () => {
  const drawing = new Float32Array(DRAWN * DRAWN);
  // A heavy foot and a hair: the middle of mass is far from the middle of the box.
  for (let y = 90; y < 110; y += 1) drawing.fill(1, y * DRAWN + 40, y * DRAWN + 60);
  for (let y = 10; y < 90; y += 1) drawing[y * DRAWN + 50] = 1;
  const pixels = centreDigit(drawing);
  const area = drawing.reduce((a, b) => a + b, 0) * (20 / 100) ** 2;
  const { mass, height } = measure(pixels);
  assert.ok(Math.abs(mass / 255 - area) / area < 0.02, 'nothing was cut off');
  assert.ok(height <= 21);
});

test('nothing drawn is an empty image', () => {
  assert.ok(centreDigit(new Float32Array(DRAWN * DRAWN)).every((value) => value === 0));
});

test('an image drawn on keeps its pixels, and a toggled pixel comes and goes', () => {
  const pixels = new Uint8Array(784);
  pixels[5 * 28 + 7] = 255;
  const drawing = enlarge(pixels);
  assert.equal(drawing.reduce((a, b) => a + b, 0), 16);
  toggle(drawing, 7, 5);
  assert.equal(drawing.reduce((a, b) => a + b, 0), 0);
  toggle(drawing, 27, 27);
  assert.equal(drawing.reduce((a, b) => a + b, 0), 16);
});

test('the first of equal answers wins', () => {
  assert.equal(answerOf([0.1, 0.4, 0.4, 0.1]), 1);
});

test('a line taken off leaves no trace', () => {
  const ink = new Ink(60, 40);
  ink.line(2, 3, 55, 30, 700);
  const before = { total: ink.total.slice(), balance: ink.balance.slice() };
  const lines = [
    [0, 0, 59, 39, -FULL],
    [5, 39, 9, 0, 333],
    [-10, 5, 100, 5, 12],
    [30, 20, 30, 20, 500],
  ];
  for (const [a, b, c, d, amount] of lines) ink.line(a, b, c, d, amount);
  assert.notDeepEqual(ink.total, before.total);
  for (const [a, b, c, d, amount] of lines) ink.line(a, b, c, d, amount, -1);
  assert.deepEqual(ink.total, before.total);
  assert.deepEqual(ink.balance, before.balance);
});

test('a line leaves its strength in every pixel along its longer axis, with its sign', () => {
  const ink = new Ink(100, 50);
  ink.line(10, 5, 80, 40, -600);
  let total = 0;
  let balance = 0;
  ink.total.forEach((value, i) => {
    total += value;
    balance += ink.balance[i];
  });
  assert.equal(total, 71 * 600);
  assert.equal(balance, -71 * 600);
});

test('a fan holds as much ink as its lines, and stays between its ends', () => {
  const ink = new Ink(200, 100);
  const amounts = new Float32Array(51);
  for (let i = 0; i < 50; i += 1) amounts[i] = i % 2 ? 100 : -100;
  ink.fan(10, 50, 190, 5, 95, amounts);
  const column = 150;
  let total = 0;
  for (let v = 0; v < 100; v += 1) total += ink.total[column * 100 + v];
  assert.ok(Math.abs(total - 5000) / 5000 < 0.05, `ink in one column: ${total}`);
  for (let v = 0; v < 100; v += 1) if (v < 5 || v > 95) assert.equal(ink.total[185 * 100 + v], 0);
  for (let u = 191; u < 200; u += 1) assert.equal(ink.total[u * 100 + 50], 0);
});

test('developing shows ink by opacity and its balance by colour', () => {
  const ink = new Ink(4, 4);
  ink.line(0, 0, 3, 0, 1000);
  ink.line(0, 2, 3, 2, -1000);
  const out = new Uint8ClampedArray(4 * 4 * 4);
  ink.develop(out, false, 500, [0, 0, 255], [255, 128, 0]);
  const pixel = (/** @type {number} */ x, /** @type {number} */ y) => [...out.slice((y * 4 + x) * 4, (y * 4 + x) * 4 + 4)];
  assert.deepEqual(pixel(1, 0).slice(0, 3), [0, 0, 255]);
  assert.deepEqual(pixel(1, 2).slice(0, 3), [255, 128, 0]);
  assert.ok(pixel(1, 0)[3] > 200);
  assert.equal(pixel(1, 1)[3], 0);
  ink.develop(out, true, 500, [0, 0, 255], [255, 128, 0]);
  assert.deepEqual(pixel(0, 1).slice(0, 3), [0, 0, 255], 'turned when the signal runs downwards');
});

test('tiles put each weight in its place', () => {
  const out = new Uint32Array(10 * 10);
  const up = ramp([0, 0, 255]);
  const down = ramp([255, 0, 0]);
  paintTile(out, 10, 2, 3, 4, 8, (i) => (i === 5 ? -1 : i === 2 ? 0.5 : 0), up, down);
  assert.equal(out[4 * 10 + 3], down[255]);
  assert.equal(out[3 * 10 + 4], up[127]);
  assert.equal(out.filter(Boolean).length, 2);
  assert.equal(strongest(Float32Array.from([0, 0, -3, 1, 2]), 1), 3);
});

test('work in slices stops when it is no longer wanted', async () => {
  let steps = 0;
  const work = (function* () {
    for (;;) {
      steps += 1;
      yield;
    }
  })();
  assert.equal(await inSlices(work, () => false), false);
  assert.equal(steps, 0);
  assert.equal(await inSlices(work, () => steps === 0), false);
  assert.ok(steps > 0);
  assert.equal(await inSlices((function* () {})(), () => true), true);
});

test('every language says everything that English says, with the same gaps to fill', () => {
  const gaps = (/** @type {unknown} */ message) =>
    [...new Set((typeof message === 'string' ? message : Object.values(/** @type {object} */ (message)).join()).match(/\{\w+\}/g) ?? [])].sort();
  for (const [name, table] of Object.entries({ de, fr })) {
    assert.deepEqual(Object.keys(table).sort(), Object.keys(en).sort(), name);
    for (const key of Object.keys(en)) {
      const [ours, theirs] = [/** @type {any} */ (en)[key], /** @type {any} */ (table)[key]];
      assert.equal(typeof theirs, typeof ours, `${name} ${key}`);
      if (typeof ours === 'string') assert.deepEqual(gaps(theirs), gaps(ours), `${name} ${key}`);
    }
  }
  assert.deepEqual(LANGUAGES, ['en', 'de', 'fr']);
});

test('a sentence is chosen by number, filled in, and falls back to English', async () => {
  assert.match(t('en', 'ladder.over', { count: 1, seeds: 1 }), /^One seed/);
  assert.match(t('en', 'ladder.over', { count: 10, seeds: '10' }), /over 10 seeds/);
  assert.equal(t('xx', 'digit.clear'), 'Clear');
  assert.equal(t('en', 'no.such.key'), 'no.such.key');
  assert.equal(await loadLanguage('de-CH'), true);
  assert.equal(t('de-CH', 'digit.clear'), 'Löschen');
  assert.equal(await loadLanguage('tlh'), false);
});
