// `npm run bench`: builds, then measures engine, peers and the machine's own limits in turn, in one run.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { buildEngine } from '../scripts/lib/engine.mjs';
import { inProject } from '../scripts/lib/paths.mjs';
import { prepare } from '../scripts/lib/prepare.mjs';
import { run } from '../scripts/lib/run.mjs';
import { runMain, say, step } from '../scripts/lib/say.mjs';
import { DENSE, engineLines, prepareEngines } from './lib/engine-lines.mjs';
import { measureInTurn } from './lib/lines.mjs';
import { USAGE, readOptions } from './lib/options.mjs';
import { browserPeers, nativePeers } from './lib/peers.mjs';
import { serveBench } from './lib/site.mjs';
import { summarise } from './lib/summary.mjs';
import { table } from './lib/table.mjs';

/** Batches that the peers go through again and again. */
const BATCHES = 100;

const ORDER = inProject('bench', '.cache', 'order');

/** The page's engine, the same with what only the bench asks, the peers, and the bench's page. */
async function build() {
  const env = await prepare();
  await buildEngine(env);
  await buildEngine(env, { name: 'bench-engine', feature: 'bench', folder: 'bench/pkg' });
  const bench = inProject('bench');
  if (!existsSync(inProject('bench', 'node_modules', 'convnetjs'))) {
    await step('Installing the other trainers', '20 s', () =>
      run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: bench }),
    );
  }
  const vite = inProject('node_modules', 'vite', 'bin', 'vite.js');
  const config = inProject('bench', 'vite.config.mjs');
  await run(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], { cwd: bench });
}

async function gzipBytes() {
  const wasm = await readFile(inProject('www', 'engine', 'pkg', 'lottery_ticket_bg.wasm'));
  return gzipSync(wasm, { level: 9 }).length;
}

/** @param {ReturnType<typeof readOptions>} options */
async function bench({ json, rounds, cpuTime, engine, peers, python }) {
  await build();
  await mkdir(inProject('bench', '.cache'), { recursive: true });
  // Only now: in a fresh clone the build has just installed what this needs.
  const { openPage } = await import('./lib/browser.mjs');
  const site = await serveBench(() => readFile(ORDER));
  const page = await openPage(site.url, { cpuTime });
  let native = null;
  try {
    await prepareEngines(page);
    const order = Uint32Array.from(await page.ask('engine', 'order', { batches: BATCHES }));
    await writeFile(ORDER, Buffer.from(order.buffer));

    /** @type {import('./lib/lines.mjs').Line[]} */
    const lines = [];
    if (engine) {
      const remaining = await step('Finding tickets: 20 rounds', '30 s', () => page.ask('engine', 'makeTickets'));
      say(`  ${Object.values(remaining).map((share) => `${share.toFixed(2)} %`).join(', ')} of the weights remain`);
      lines.push(...(await engineLines(page)));
    }
    if (peers) lines.push(...(await browserPeers(page)));
    if (python) {
      native = await nativePeers(python, ORDER, cpuTime);
      lines.push(...native.lines);
    }

    const before = await page.ask('engine', 'memory');
    const rates = await step(`Measuring ${lines.length} things in turn, ${rounds} rounds`, `${Math.ceil((rounds * lines.length * 0.35) / 60)} min`, () =>
      measureInTurn(lines, rounds),
    );
    const after = await page.ask('engine', 'memory');
    const heap = Math.max(...(await page.heaps()));

    const work = engine ? await page.ask(DENSE, 'work') : null;
    const summary = summarise(rates, work, await gzipBytes());
    say(`\n${new Date().toISOString().slice(0, 10)} · ${cpus()[0].model.trim()}, ${cpus().length} cores · ${page.version} · ${rounds} rounds${cpuTime ? ' · samples per second of processor time' : ''}\n`);
    say(table(lines, rates, summary, { 'worker, bytes': after + heap, 'growth while measuring, bytes': after - before }));
    if (json) say(JSON.stringify(summary));
  } finally {
    native?.end();
    await page.close();
    site.close();
  }
}

await runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) say(USAGE);
  else await bench(options);
});
