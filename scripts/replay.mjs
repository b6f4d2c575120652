// `npm run replay`: does a browser find, in one worker, what the command line wrote? Round for round, to the bit.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/engine.mjs';
import { BROWSERS } from './lib/find-browser.mjs';
import { buildPage } from './lib/page.mjs';
import { prepare } from './lib/prepare.mjs';
import { duration, runMain, say, Sentence } from './lib/say.mjs';

const USAGE = `npm run replay -- RESULTS.jsonl [options]
  --seed N         (default 0)
  --arm NAME       (default ticket)
  --browser NAME   ${BROWSERS.join(', ')} (default chromium)`;

/** Milliseconds between two looks at the page. */
const LOOK = 2000;

/** @param {string[]} args */
function readOptions(args) {
  try {
    const options = /** @type {const} */ ({
      seed: { type: 'string', default: '0' },
      arm: { type: 'string', default: 'ticket' },
      browser: { type: 'string', default: 'chromium' },
    });
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length !== 1) throw new Error(`One file of results is needed, and ${positionals.length} came.`);
    if (!BROWSERS.includes(/** @type {any} */ (values.browser))) throw new Error(`There is no browser "${values.browser}".`);
    return { ...values, file: positionals[0] };
  } catch (error) {
    throw new Sentence(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
}

/**
 * The lines of one seed and arm, by round.
 * @param {string} file @param {number} seed @param {string} arm
 * @returns {Promise<Map<number, Record<string, any>>>}
 */
async function recorded(file, seed, arm) {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Sentence(`${file} cannot be read; name a file that \`lottery run --json\` wrote.`);
  });
  const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const found = lines.filter((line) => line.seed === seed && line.arm === arm);
  if (found.length === 0) throw new Sentence(`${file} has no line of seed ${seed} and arm ${arm}.`);
  return new Map(found.map((line) => [line.round, line]));
}

await runMain(async () => {
  const { file, seed, arm, browser: name } = readOptions(process.argv.slice(2));
  const lines = await recorded(file, Number(seed), arm);
  await buildEngine(await prepare());
  await buildPage();
  // Only now: in a fresh clone the build has just installed what these need.
  const { launch } = await import('../tests/web/lib/browser.js');
  const { serveSite } = await import('../tests/web/lib/site.js');
  const { stateOf, untilConfigured } = await import('../tests/web/lib/ticket.js');
  const site = await serveSite();
  const browser = await launch(/** @type {any} */ (name));
  const started = Date.now();
  let seen = 0;
  try {
    const [{ config }] = lines.values();
    await browser.goto(`${site.url}#${config}&seed=${seed}&arms=${arm}&rounds=${Math.max(...lines.keys())}`);
    await untilConfigured(browser);
    await browser.click('button', 'Find a ticket');
    for (;;) {
      const state = await stateOf(browser);
      if (state.phase === 'failed') throw new Sentence(`The page says: ${state.error}`);
      for (const result of state.arms[arm]?.rounds.slice(seen) ?? []) {
        seen += 1;
        const line = lines.get(result.round);
        const same = line?.fingerprint === result.fingerprint;
        const verdict = !line ? 'not recorded' : same ? 'the same' : `DIFFERENT from ${line.fingerprint}`;
        say(`round ${String(result.round).padStart(2)}  ${result.fingerprint}  ${verdict}  (${duration(Date.now() - started)})`);
        // What comes after a round that differs differs as well.
        if (line && !same) throw new Sentence(`${name} differs from ${file} in round ${result.round}.`);
      }
      if (state.phase === 'finished') break;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  } finally {
    await browser.close();
    await site.close();
  }
  say(`${name} gave the bits of ${file} in all ${seen} rounds.`);
});
