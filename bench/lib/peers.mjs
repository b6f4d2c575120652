// The other trainers: in the browser, and native.
import { timedLine } from './lines.mjs';
import { startNative } from './native.mjs';

/** @type {{ key: string, label: string, subject: string, task?: string, first: number }[]} */
const BROWSER = [
  { key: 'jax-js', label: 'jax-js 0.1.25, wasm', subject: 'jax-js', task: 'adam', first: 40 },
  { key: 'jax-js-sgd', label: '  with plain SGD (less work)', subject: 'jax-js', task: 'sgd', first: 40 },
  { key: 'tfjs-wasm', label: 'TensorFlow.js 4.22, wasm + SIMD', subject: 'tfjs-wasm', first: 20 },
  { key: 'convnetjs', label: 'ConvNetJS 0.3 (Adadelta)', subject: 'convnetjs', first: 8 },
];

/** @type {{ key: string, label: string, program: string[] }[]} */
const NATIVE = [
  { key: 'pytorch', label: 'PyTorch, fused Adam', program: ['train_pytorch.py', 'fused'] },
  { key: 'pytorch-default', label: '  with Adam as it comes', program: ['train_pytorch.py', 'default'] },
  { key: 'jax', label: 'JAX, jit', program: ['train_jax.py'] },
];

/** @param {import('./browser.mjs').Page} page */
export async function browserPeers(page) {
  /** @type {(import('./lines.mjs').Line & { subject: string })[]} */
  const lines = [];
  for (const { key, label, subject, task, first } of BROWSER) {
    if (!lines.some((line) => line.subject === subject)) {
      await page.open(subject, subject);
      await page.ask(subject, 'prepare');
    }
    const measure = (/** @type {number} */ steps) => page.measure(subject, 'measure', { steps, task });
    lines.push({ ...(await timedLine({ key, label, group: 'peers' }, measure, { first })), subject });
  }
  return lines;
}

/**
 * @param {string} python
 * @param {string} order  file of the order
 * @param {boolean} cpuTime  count processor time instead of the time that passed
 */
export async function nativePeers(python, order, cpuTime) {
  /** @type {{ line: import('./lines.mjs').Line, end: () => void }[]} */
  const programs = [];
  for (const { key, label, program } of NATIVE) {
    const { measure, end } = await startNative(python, program, order, cpuTime);
    programs.push({ line: await timedLine({ key, label, group: 'native' }, measure, { first: 100 }), end });
  }
  return { lines: programs.map(({ line }) => line), end: () => programs.forEach(({ end }) => end()) };
}
