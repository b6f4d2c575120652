// What `npm test` runs, cheapest first. A suite is a name, a sentence, and work that throws when it fails.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browsers.mjs';
import { buildEngine } from './engine.mjs';
import { checkPackage } from './package.mjs';
import { buildPage } from './page.mjs';
import { inProject } from './paths.mjs';
import { tryRun } from './run.mjs';
import { Sentence } from './say.mjs';
import { wasmFlags } from './wasm-tools.mjs';
import { weigh } from './weights.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} what
 * @property {string} [needs]  another suite without whose success this one cannot run
 * @property {(wasm: NodeJS.ProcessEnv) => Promise<unknown>} work  gets the environment that compiles to wasm
 */

/** Runs a command with its output shown; a failure needs no further words. @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
async function show(program, args, env) {
  const outcome = await tryRun(program, args, { cwd: inProject(), env, show: true });
  if (!outcome.ok) throw new Sentence(`failed: ${[program, ...args].join(' ')}`);
  return outcome;
}

/** @param {string} folder  below the project's root @returns {string[]} */
function testFiles(folder) {
  const files = readdirSync(inProject(folder)).filter((name) => name.endsWith('.test.js')).sort();
  if (files.length === 0) throw new Sentence(`${folder} holds no *.test.js`);
  return files.map((name) => join(folder, name));
}

/** Folders with a tsconfig.json: each sees only what its code may use. */
const TYPED = ['www', 'www/engine', 'scripts', 'tests', 'bench'];

async function checkTypes() {
  const tsc = inProject('node_modules', 'typescript', 'bin', 'tsc');
  const failed = [];
  for (const folder of TYPED) {
    const { ok } = await tryRun(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: inProject(), show: true });
    if (!ok) failed.push(folder);
  }
  if (failed.length > 0) throw new Sentence(`types are wrong in ${failed.join(', ')}`);
}

/**
 * The engine's tests on wasm. A run without a single test is a failure: a missing attribute would go unseen.
 * @param {NodeJS.ProcessEnv} wasm
 * @param {NodeJS.ProcessEnv} changes
 */
async function testOnWasm(wasm, changes) {
  const env = { ...wasm, WASM_BINDGEN_TEST_TIMEOUT: '600', ...changes };
  const args = ['test', '--target', 'wasm32-unknown-unknown', '--no-default-features', '--features', 'wasm', '--lib', '--tests'];
  const { output } = await show('cargo', args, env);
  const passed = [...output.matchAll(/(\d+) passed/g)].reduce((sum, found) => sum + Number(found[1]), 0);
  if (passed === 0) throw new Sentence('no test ran on wasm: mark tests with wasm_bindgen_test');
  console.log(`${passed} tests passed on wasm`);
}

/** @param {import('./find-browser.mjs').BrowserName} browser */
async function testInBrowser(browser) {
  await ensureBrowser(browser);
  // One file after the other: they measure, and train on all cores.
  const args = ['--test', '--test-concurrency=1', '--test-reporter=spec', '--test-reporter-destination=stdout', ...testFiles('tests/web')];
  await show(process.execPath, args, { ...process.env, BROWSERS: browser });
}

/** @type {Suite[]} */
const SUITES = [
  { name: 'format', what: 'Rust is formatted', work: () => show('cargo', ['fmt', '--check']) },
  { name: 'engine', what: 'The engine builds to wasm', work: buildEngine },
  { name: 'types', what: "JavaScript's types", needs: 'engine', work: checkTypes },
  {
    name: 'unit',
    what: "Unit tests of the page's modules",
    needs: 'engine',
    work: () => show(process.execPath, ['--test', '--test-reporter=spec', '--test-reporter-destination=stdout', ...testFiles('tests/unit')]),
  },
  { name: 'page', what: 'The page builds', needs: 'engine', work: buildPage },
  { name: 'weight', what: 'The page is light', needs: 'page', work: async () => weigh() },
  { name: 'package', what: 'The package holds what it promises', needs: 'page', work: checkPackage },
  {
    name: 'clippy',
    what: 'Lints without warnings',
    work: () => show('cargo', ['clippy', '--quiet', '--all-targets', '--all-features', '--', '-D', 'warnings']),
  },
  {
    name: 'docs',
    what: "The engine's pages without warnings",
    // With default features, which docs.rs takes too.
    work: () => show('cargo', ['doc', '--quiet', '--no-deps'], { ...process.env, RUSTDOCFLAGS: '-D warnings' }),
  },
  { name: 'native', what: 'Native tests', work: () => show('cargo', ['test', '--quiet']) },
  { name: 'wasm-simd', what: 'The same tests on wasm with SIMD', work: (wasm) => testOnWasm(wasm, {}) },
  {
    name: 'wasm-scalar',
    what: 'The same tests on wasm without SIMD',
    work: (wasm) =>
      testOnWasm(wasm, { ...wasmFlags('-simd128'), CARGO_TARGET_DIR: inProject('target', 'wasm-scalar') }),
  },
  { name: 'chromium', what: 'Browser tests in Chromium', needs: 'page', work: () => testInBrowser('chromium') },
  { name: 'firefox', what: 'Browser tests in Firefox', needs: 'page', work: () => testInBrowser('firefox') },
  { name: 'webkit', what: 'Browser tests in WebKitGTK', needs: 'page', work: () => testInBrowser('webkit') },
];

/** Names that stand for several suites. @type {Record<string, string[]>} */
const GROUPS = {
  web: ['chromium', 'firefox', 'webkit'],
  wasm: ['wasm-simd', 'wasm-scalar'],
  rust: ['format', 'clippy', 'docs', 'native'],
};

/**
 * The suites that were asked for and those they need, in order; all when none was.
 * @param {string[]} names
 * @param {string | undefined} browsers  BROWSERS of the environment
 */
export function chooseSuites(names, browsers) {
  const wanted = new Set(names.flatMap((name) => GROUPS[name] ?? [name]));
  for (const name of wanted) {
    if (!SUITES.some((suite) => suite.name === name)) {
      throw new Sentence(`There is no suite "${name}"; there are ${[...SUITES.map((suite) => suite.name), ...Object.keys(GROUPS)].join(', ')}.`);
    }
  }
  if (wanted.size === 0) for (const suite of SUITES) wanted.add(suite.name);
  if (browsers) {
    const only = browsers.split(',').map((name) => name.trim());
    for (const name of GROUPS.web) if (!only.includes(name)) wanted.delete(name);
  }
  // Needs come before what needs them, so one pass from the end finds them all.
  for (const suite of [...SUITES].reverse()) if (wanted.has(suite.name) && suite.needs) wanted.add(suite.needs);
  return SUITES.filter((suite) => wanted.has(suite.name));
}
