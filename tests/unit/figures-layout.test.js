// Where things go in the figures, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderArms } from '../../www/figures/arms.js';
import { clipLine, logTicks, remainingScale, spread, spreadGroups, tickDigits, valueScale } from '../../www/figures/chart-layout.js';
import { countAlive, degrees, layoutGraph, references, survivors, unitAt, unitLinks } from '../../www/figures/connections-layout.js';
import { pathPicture } from '../../www/figures/digit-path.js';
import { barsBetween, below, firstCut, layoutHistogram, nearestEdge, sum } from '../../www/figures/histogram-layout.js';
import { aggregate, layoutLadder, nearestRound, seedsIn } from '../../www/figures/ladder-layout.js';
import { layoutRace, pointAt } from '../../www/figures/race-layout.js';
import { linear, linePath, tickStep } from '../../www/figures/scales.js';
import { deadLast, inDegrees, layoutAtlas } from '../../www/figures/units-layout.js';

const SIZES = [784, 300, 100, 10];

/** Ages that leave every third connection after round 1. */
function ages() {
  const age = new Uint8Array(266_200);
  for (let i = 0; i < age.length; i += 3) age[i] = 1;
  return age;
}

test('every surviving connection is a segment, once, and no other is', () => {
  const age = ages();
  const segments = survivors(SIZES, age, 1);
  assert.equal(segments.count, Math.ceil(266_200 / 3));
  assert.equal(segments.count, countAlive(SIZES, age, 1));
  const seen = new Set(segments.index);
  assert.equal(seen.size, segments.count);
  for (const i of seen) assert.ok(age[i] >= 1);
  const offsets = [0, 235_200, 265_200];
  for (let n = 0; n < segments.count; n += 997) {
    const l = segments.layer[n];
    assert.equal(offsets[l] + segments.from[n] * SIZES[l + 1] + segments.to[n], segments.index[n]);
  }
});

test('before any pruning the whole network is drawn', () => {
  assert.equal(survivors(SIZES, null, 0).count, 266_200);
  assert.equal(survivors(SIZES, new Uint8Array(266_200), 0).count, 266_200);
});

for (const [width, height] of [
  [1100, 620],
  [768, 432],
  [340, 520],
]) {
  test(`no unit lies outside a picture of ${width} by ${height}`, () => {
    const graph = layoutGraph({ sizes: SIZES, width, height });
    graph.u.forEach((us, layer) => {
      us.forEach((u, unit) => {
        const v = graph.v[layer][unit];
        assert.ok(u >= 0 && u <= graph.along && v >= 0 && v <= graph.across, `layer ${layer}, unit ${unit}: ${u}, ${v}`);
      });
    });
    const [a, b, c] = [graph.column[1].u, graph.column[2].u, graph.column[3].u];
    assert.ok(Math.max(...graph.u[0]) < a && a < b && b < c, 'layers follow each other along the signal');
  });
}

test('placement orders hidden units, layer by layer', () => {
  const placement = new Float32Array(400);
  placement.forEach((_, i) => (placement[i] = -i));
  const graph = layoutGraph({ sizes: SIZES, width: 1000, height: 600, placement });
  assert.equal(graph.slot[1][299], 0);
  assert.equal(graph.slot[1][0], 299);
  assert.equal(graph.slot[2][99], 0);
  assert.ok(graph.v[1][299] < graph.v[1][0]);
  assert.deepEqual([...graph.slot[3]], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'digits keep their order');
});

test('the unit under the pointer is the nearest, and none where none is near', () => {
  const graph = layoutGraph({ sizes: SIZES, width: 1000, height: 600 });
  const at = unitAt(graph, graph.u[3][4] + 3, graph.v[3][4] - 2);
  assert.deepEqual(at, { layer: 3, unit: 4 });
  assert.equal(unitAt(graph, 5000, 5000), null);
});

test('links and degrees of a unit agree with the mask', () => {
  const age = new Uint8Array(6 + 4);
  age.set([1, 0, 0, 1, 0, 1, /**/ 1, 1, 0, 0]);
  const sizes = [3, 2, 2];
  const weights = [Float32Array.from([1, 2, 3, 4, 5, 6]), Float32Array.from([7, 8, 9, 10])];
  const { incoming, outgoing } = unitLinks({ sizes, age, round: 1, weights }, { layer: 1, unit: 1 });
  assert.deepEqual(incoming, [
    { layer: 0, from: 1, to: 1, weight: 4 },
    { layer: 0, from: 2, to: 1, weight: 6 },
  ]);
  assert.deepEqual(outgoing, []);
  const degree = degrees(sizes, age, 1);
  assert.deepEqual([...degree.incoming[1]], [1, 2]);
  assert.deepEqual([...degree.outgoing[1]], [2, 0]);
  assert.deepEqual([...degree.outgoing[0]], [1, 1, 1]);
  assert.deepEqual(degree.dead.map((units) => [...units]), [[0, 0, 0], [0, 1], [0, 0]]);
  const chain = degrees([1, 1, 2, 1], Uint8Array.of(/**/ 1, /**/ 1, 0, /**/ 0, 1), 1);
  assert.deepEqual(chain.dead.map((units) => [...units]), [[0], [1], [1, 1], [1]], 'a way in and a way out are not yet a way through');
});

test('what is strong is measured among the living', () => {
  const weights = [Float32Array.from({ length: 200 }, (_, i) => (i < 100 ? 50 : 1))];
  const age = Uint8Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : 1));
  assert.deepEqual(references([10, 20], weights, age, 1), [1]);
});

test('the remaining axis is logarithmic and runs from 100 at the left to fewer', () => {
  const x = remainingScale(1, 0, 300);
  assert.equal(x(100), 0);
  assert.ok(Math.abs(x(10) - 150) < 1e-9);
  assert.ok(Math.abs(x(1) - 300) < 1e-9);
  const ticks = logTicks(1, 100, x, 30);
  assert.ok(ticks.includes(1) && ticks.includes(10) && ticks.includes(100));
  const places = ticks.map(x).sort((a, b) => a - b);
  for (let i = 1; i < places.length; i += 1) assert.ok(places[i] - places[i - 1] >= 30);
});

test('a value axis keeps to its bounds and shows at least what it must', () => {
  const [low, high] = valueScale([97.9, 98], 100, 0, { ceiling: 100, least: 1 }).domain;
  assert.ok(high <= 100 && high - low >= 1 && low <= 97.9);
});

test('a linear scale maps both ways, with ticks at round values', () => {
  const x = linear([0, 1000], [50, 250]);
  assert.equal(x(500), 150);
  assert.equal(x.invert(150), 500);
  assert.deepEqual(x.ticks(5), [0, 200, 400, 600, 800, 1000]);
  assert.deepEqual(linear([0, 0.3], [0, 1]).ticks(3), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(linear([96.13, 98.42], [0, 1], 5).domain, [96, 98.5]);
  assert.deepEqual(linear([5, 5], [0, 1]).ticks(4), [5]);
  assert.deepEqual([1, 3, 8, 0.04].map((extent) => tickStep(extent, 4)), [0.2, 1, 2, 0.01]);
  assert.equal(linePath([[0, 1.234], [2, 3]]), 'M0,1.23L2,3');
});

test('labels that would overlap move apart and stay within bounds', () => {
  const placed = spread([{ y: 50 }, { y: 52 }, { y: 99 }], 16, 0, 100);
  for (let i = 1; i < placed.length; i += 1) assert.ok(placed[i].y - placed[i - 1].y >= 16);
  assert.ok(placed[0].y >= 0 && placed[2].y <= 100);
  const apart = spreadGroups([{ x: 0, y: 50 }, { x: 500, y: 50 }], 100, 16, 0, 100);
  assert.deepEqual(apart.map((label) => label.y), [50, 50], 'labels far apart sideways do not push each other');
});

test('a line is cut where it leaves the picture', () => {
  const parts = clipLine([[0, 20], [10, 0], [20, 20]], 10);
  assert.deepEqual(parts, [[[5, 10], [10, 0], [15, 10]]]);
  assert.deepEqual(clipLine([[0, 20], [1, 30]], 10), []);
});

test('tick labels have as many decimals as they need', () => {
  assert.equal(tickDigits([0, 0.05]), 2);
  assert.equal(tickDigits([0, 0.1]), 1);
  assert.equal(tickDigits([0, 20]), 0);
});

const RESULTS = [
  { seed: 1, arm: 'ticket', round: 0, remaining: 100, testAccuracyEarlyStop: 97, earlyStopStep: 500 },
  { seed: 2, arm: 'ticket', round: 0, remaining: 100, testAccuracyEarlyStop: 99, earlyStopStep: 700 },
  { seed: 1, arm: 'ticket', round: 1, remaining: 50, testAccuracyEarlyStop: 98, earlyStopStep: 400 },
  { seed: 2, arm: 'ticket', round: 1, remaining: 50, testAccuracyEarlyStop: 96, earlyStopStep: 300, censored: true },
  { seed: 1, arm: 'reinit', round: 1, remaining: 50, testAccuracyEarlyStop: 90, earlyStopStep: 900 },
];

test('the ladder averages over seeds and borrows the dense round for arms without one', () => {
  const lines = aggregate(RESULTS, 'accuracy');
  assert.deepEqual(lines.map((line) => line.arm), ['ticket', 'reinit']);
  assert.deepEqual(lines[0].rungs.map((rung) => [rung.round, rung.seeds, rung.value.mean, rung.value.min, rung.value.max]), [
    [0, 2, 98, 97, 99],
    [1, 2, 97, 96, 98],
  ]);
  assert.equal(lines[0].rungs[1].censored, true);
  assert.deepEqual(lines[1].rungs.map((rung) => [rung.round, rung.value.mean]), [[0, 97], [1, 90]], 'of its own seed only');
  assert.equal(seedsIn(RESULTS), 2);
});

test('the ladder places everything inside its plot, and finds the round under the pointer', () => {
  for (const width of [340, 1100]) {
    for (const measure of /** @type {const} */ (['accuracy', 'step'])) {
      const lines = aggregate(RESULTS, measure);
      const { plot, lines: placed, labels, x } = layoutLadder(lines, { width, height: 320, measure, name: (arm) => arm, steps: 1000 });
      for (const point of placed.flatMap((line) => line.points)) {
        assert.ok(point.x >= plot.left && point.x <= plot.right && point.y >= plot.top && point.y <= plot.bottom);
      }
      for (const label of labels) assert.ok(label.y >= plot.top && label.y <= plot.bottom);
      assert.equal(nearestRound(lines, x, plot.left), 0);
      assert.equal(nearestRound(lines, x, plot.right), 1);
    }
  }
});

test('arms keep one order, unknown ones last', () => {
  assert.deepEqual(orderArms(['mystery', 'reinit', 'ticket', 'dense', 'ticket']), ['dense', 'ticket', 'reinit', 'mystery']);
});

test('race curves end where their data ends and stay inside the plot', () => {
  const points = Array.from({ length: 21 }, (_, i) => ({ step: i * 50, valAccuracy: 98 - 88 * Math.exp(-i / 2) }));
  const { plot, curves, labels } = layoutRace([{ arm: 'ticket', points, earlyStopStep: 500 }], {
    width: 900,
    height: 300,
    measure: 'valAccuracy',
    steps: 1000,
    name: (curve) => curve.arm,
  });
  for (const [x, y] of curves[0].parts.flat()) {
    assert.ok(x >= plot.left && x <= plot.right && y >= plot.top - 1e-6 && y <= plot.bottom + 1e-6);
  }
  assert.equal(curves[0].points.length, 21);
  assert.ok(curves[0].stop);
  assert.equal(labels[0].text, 'ticket');
  assert.equal(pointAt(points, 120)?.step, 100);
  assert.equal(pointAt(points, -1), undefined);
});

test('a cut counts whole bins', () => {
  const edges = [0, 0.1, 0.2, 0.3];
  const kept = [5, 7, 11];
  assert.equal(nearestEdge(edges, 0.19), 2);
  assert.equal(below(kept, 2), 12);
  assert.equal(sum(kept), 23);
  const { bars, plot } = layoutHistogram(edges, [[1, 1, 1], kept], { width: 400, height: 200, mode: 'stack' });
  bars[1].forEach((bar, i) => {
    assert.ok(bar.y >= plot.top && bar.x >= plot.left && bar.x + bar.width <= plot.right + 1e-6);
    assert.ok(Math.abs(bar.y + bar.height - bars[0][i].y) < 1e-6, 'stacked on the series below');
  });
});

test('a cut begins where the rule makes it, for all layers where as many go, and takes exactly as many', () => {
  const none = [0, 0, 0, 0];
  const first = { layer: 0, edges: [0, 1, 2, 3, 4], kept: [10, 10, 10, 10], pruned: none, cut: 2.1, goes: 21 };
  const all = { layer: -1, edges: [0, 2, 4, 6, 8], kept: [20, 20, 1, 1], pruned: none, cut: null, goes: 25 };
  assert.deepEqual(firstCut(first), { cut: 2.1, count: 21 });
  assert.deepEqual(firstCut(all), { cut: 2.5, count: 25 }, 'a quarter of the second bin');
  assert.deepEqual(firstCut({ ...first, cut: null, goes: null }), { cut: 0, count: 0 });
  assert.deepEqual(firstCut({ ...first, kept: [0, 0, 9, 10], pruned: [10, 10, 1, 0] }), { cut: 2.1, count: 0 }, 'what went does not go again');
  const { bars, x } = layoutHistogram(first.edges, [none, first.kept], { width: 400, height: 200, mode: 'stack' });
  const [goes, stays] = [barsBetween(bars[1], 0, x(2.1)), barsBetween(bars[1], x(2.1), 400)];
  assert.deepEqual([goes.length, stays.length], [3, 2], 'the bar that the cut goes through lies on both sides');
  assert.ok(Math.abs(goes[2].width + stays[0].width - bars[1][2].width) < 1e-6);
});

test('the atlas fills its rows and every place is found again', () => {
  const { columns, rows, corner, placeAt, scale, bitmapWidth, bitmapHeight } = layoutAtlas(300, 784, 1000, 750);
  assert.equal(columns * rows, 300);
  for (const place of [0, 19, 137, 299]) {
    const { x, y } = corner(place);
    assert.ok(x + 28 <= bitmapWidth && y + 28 <= bitmapHeight);
    assert.equal(placeAt((x + 14) * scale, (y + 14) * scale), place);
  }
  assert.equal(placeAt(-5, 10), -1);
});

test('dead units come last, the others keep their order', () => {
  const age = Uint8Array.from([1, 0, 1, 1, 0, 0]);
  const into = inDegrees(age, 2, 3, 1);
  assert.deepEqual([...into], [2, 0, 1]);
  assert.deepEqual(deadLast([...into].map((n) => Number(n === 0))), [0, 2, 1]);
});

test('a path is drawn whole, from the image on', () => {
  const edges = [0, 1, 2].flatMap((layer) => Array.from({ length: 40 }, (_, i) => ({ layer, from: i, to: i % 10, value: 10 ** layer * (1 - i / 50) })));
  const { values } = pathPicture({ edges, total: 900 }, { width: 800, sizes: [784, 300, 100, 10], pixels: new Uint8Array(784), winner: 1, label: '' });
  const lines = /** @type {any[]} */ (values.find((value) => Array.isArray(value)));
  assert.equal(lines.length, 120);
});
