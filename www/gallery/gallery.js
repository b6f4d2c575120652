/** Fills every figure with made-up data. The address chooses: #round=5&lang=de&theme=dark&only=lt-ladder&dense */
import '../figures/index.js';
import { curve, histogram, images, network, random, results } from './synthetic.js';

const chosen = new URLSearchParams(location.hash.slice(1));
const rounds = 5;
let round = Number(chosen.get('round') ?? 5);
const theme = chosen.get('theme');
if (theme) document.documentElement.style.colorScheme = theme;
document.documentElement.lang = chosen.get('lang') ?? 'en';
if (chosen.has('rtl')) document.documentElement.dir = 'rtl';

const net = network(1, rounds, 0.5);
const { seven, mean } = images();
const runs = results(10, rounds, 0.5, 1000, [
  { arm: 'ticket', loss: 0.09, slow: -0.03 },
  { arm: 'reinit', loss: 0.33, slow: 0.16 },
  { arm: 'random', loss: 0.55, slow: 0.2 },
]);
const remaining = (/** @type {number} */ r) => 100 * 0.5025 ** r;

/** @template T @param {string} name @returns {T & HTMLElement} */
const figure = (name) => /** @type {any} */ (document.querySelector(name));

/** @type {Record<string, () => void>} */
const fill = {
  'lt-connections': () => {
    figure('lt-connections').data = {
      sizes: net.sizes,
      age: round ? net.age : null,
      round,
      weights: net.trained,
      start: net.start,
      placement: net.placement,
      which: 'trained',
      selected: null,
      arm: 'ticket',
    };
  },
  'lt-ladder': () => {
    figure('lt-ladder').data = { results: runs, round, steps: 1000, arms: ['ticket', 'reinit', 'random'] };
  },
  'lt-race': () => {
    figure('lt-race').data = {
      steps: 1000,
      round,
      remaining: remaining(round),
      curves: [
        { arm: 'dense', seed: 7, points: curve(3, 1000, 1000, 97.4, 1), earlyStopStep: 825 },
        { arm: 'ticket', seed: 7, points: curve(4, 1000, 700, 97.1, 1.1) },
        { arm: 'reinit', seed: 7, points: curve(5, 1000, 700, 93.8, 0.8) },
      ],
    };
  },
  'lt-weights': () => {
    figure('lt-weights').data = {
      layers: [-1, 0, 1, 2].map((layer) => histogram(net.trained, net.ages, Math.max(0, round - 1), layer, 64)),
      which: 'trained',
      canUndo: round > 0,
    };
  },
  'lt-scatter': () => {
    const next = random(9);
    const points = new Float32Array(3 * 3000);
    for (let i = 0; i < 3000; i += 1) {
      const k = Math.floor(next() * net.start[0].length);
      points.set([net.start[0][k], net.trained[0][k], Number(net.ages[0][k] >= round)], 3 * i);
    }
    figure('lt-scatter').data = { layers: [{ layer: 0, points, total: net.start[0].length }], until: round + 1 };
  },
  'lt-movement': () => {
    figure('lt-movement').data = {
      round,
      layers: [0, 1].map((layer) => {
        const edges = Float32Array.from({ length: 41 }, (_, i) => i * 0.005);
        const survivors = new Uint32Array(40);
        const pruned = new Uint32Array(40);
        const sums = [0, 0, 0, 0];
        net.start[layer].forEach((w, i) => {
          const moved = Math.abs(net.trained[layer][i] - w);
          const alive = net.ages[layer][i] >= round;
          (alive ? survivors : pruned)[Math.min(39, Math.floor(moved / 0.005))] += 1;
          sums[alive ? 0 : 1] += moved;
          sums[alive ? 2 : 3] += 1;
        });
        return { layer, edges, survivors, pruned, meanSurvivors: sums[0] / sums[2], meanPruned: sums[1] / Math.max(1, sums[3]) };
      }),
    };
  },
  'lt-units': () => {
    figure('lt-units').data = {
      round,
      rounds,
      view: chosen.get('view') ?? 'trained',
      layers: [0, 1].map((l) => ({
        inputs: net.sizes[l],
        outputs: net.sizes[l + 1],
        age: net.ages[l],
        initial: net.start[l],
        trained: net.trained[l],
      })),
      selected: null,
    };
  },
  'lt-pixels': () => {
    const fanOut = new Uint32Array(784);
    net.ages[0].forEach((age, i) => (fanOut[Math.floor(i / 300)] += age >= round ? 1 : 0));
    figure('lt-pixels').data = { fanOut, outputs: 300, mean };
  },
  'lt-digit': () => {
    const p = (/** @type {number} */ best, /** @type {number} */ sure) =>
      Float32Array.from({ length: 10 }, (_, i) => (i === best ? sure : ((1 - sure) * ((i * 7 + 3) % 10)) / 42));
    const next = random(5);
    const edges = Array.from({ length: 80 }, (_, i) => {
      const layer = i % 5 < 3 ? 0 : i % 5 === 3 ? 1 : 2;
      const lit = [...seven.keys()].filter((k) => seven[k] > 120);
      return {
        layer,
        from: layer === 0 ? lit[Math.floor(next() * lit.length)] : Math.floor(next() * (layer === 1 ? 40 : 12)) * (layer === 1 ? 7 : 8),
        to: layer === 0 ? Math.floor(next() * 40) * 7 : layer === 1 ? Math.floor(next() * 12) * 8 : [7, 9, 1][Math.floor(next() * 3)],
        value: (next() < 0.65 ? 1 : -1) * (1 - i / 100),
      };
    });
    figure('lt-digit').data = {
      pixels: seven,
      label: 7,
      index: 0,
      count: 5000,
      answers: [
        { arm: 'dense', probabilities: p(7, 0.991), remaining: 100 },
        { arm: 'ticket', probabilities: p(7, 0.962), remaining: remaining(round) },
        { arm: 'reinit', probabilities: p(9, 0.58), remaining: remaining(round) },
      ],
      path: { edges, total: 1234 },
    };
  },
  'lt-rounds': () => {
    figure('lt-rounds').data = { results: runs.filter((run) => run.seed < 2 && run.arm !== 'random'), round };
  },
};

const only = chosen.get('only')?.split(',');
for (const name of Object.keys(fill)) {
  if (only && !only.includes(name)) figure(name).remove();
  else fill[name]();
}

addEventListener('lt-select', (event) => {
  round = /** @type {CustomEvent} */ (event).detail.round;
  for (const name of Object.keys(fill)) if (figure(name)) fill[name]();
});
addEventListener('lt-select-unit', (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  for (const name of ['lt-connections', 'lt-units']) {
    const element = /** @type {any} */ (figure(name));
    if (element) element.data = { ...element.data, selected: detail.layer < 0 ? null : detail };
  }
});
