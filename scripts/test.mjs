// `npm test`: the set-up, then every suite, cheapest first; a failure does not hide the next one.
// `npm test -- types unit` runs those alone.
import { prepare } from './lib/prepare.mjs';
import { duration, runMain, say, Sentence } from './lib/say.mjs';
import { chooseSuites } from './lib/suites.mjs';

await runMain(async () => {
  const suites = chooseSuites(process.argv.slice(2), process.env.BROWSERS);
  const wasm = await prepare();
  /** @type {Map<string, { ok: boolean, took: number }>} */
  const results = new Map();
  for (const [at, { name, what, needs, work }] of suites.entries()) {
    say(`\n=== ${at + 1} of ${suites.length} · ${name} · ${what}`);
    const started = Date.now();
    let ok = true;
    try {
      if (needs && !results.get(needs)?.ok) throw new Sentence(`not run, because "${needs}" failed`);
      await work(wasm);
    } catch (error) {
      ok = false;
      console.error(error instanceof Sentence ? error.message : error);
    }
    const took = Date.now() - started;
    results.set(name, { ok, took });
    say(`--- ${name}: ${ok ? 'passed' : 'FAILED'} in ${duration(took)}`);
  }

  const failed = [...results.values()].filter(({ ok }) => !ok).length;
  say('');
  for (const [name, { ok, took }] of results) say(`${ok ? 'passed' : 'FAILED'}  ${name.padEnd(12)} ${duration(took)}`);
  say(`${results.size - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
