// Every language says all that English says, with the same blanks, and every key that the laboratory asks for exists.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { CONFIG_ATTRIBUTES } from '../../www/lottery-ticket.js';
import de from '../../www/strings/lab.de.js';
import figures from '../../www/strings/en.js';
import en from '../../www/strings/lab.en.js';
import fr from '../../www/strings/lab.fr.js';
import { loadLanguage, t } from '../../www/strings/index.js';
import { lookOf } from '../../www/figures/arms.js';
import { estimatedBytes, expectedBytes } from '../../www/lab/progress.js';
import { wordsIn } from '../../www/lab/words.js';
import '../../www/strings/lab.js';

/** @type {Record<string, Record<string, string | {one: string, other: string}>>} */
const tables = { de, fr };
const blanks = (/** @type {unknown} */ message) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

for (const [name, table] of Object.entries(tables)) {
  test(`${name} is complete`, () => {
    assert.deepEqual(Object.keys(table).sort(), Object.keys(en).sort());
    for (const [key, message] of Object.entries(en)) {
      assert.deepEqual(blanks(table[key]), blanks(message), key);
      assert.equal(typeof table[key], typeof message, key);
    }
  });
}

test('a speed is said without a claim that is wrong when it is below the dense one', () => {
  for (const [name, table] of Object.entries({ en, ...tables })) {
    for (const key of ['progress.faster', 'progress.fasterShared']) assert.doesNotMatch(String(/** @type {any} */ (table)[key]), /though|obwohl|alors que|plus vite/, `${name}: ${key}`);
  }
});

test('a poster says nothing of a restart, whatever arm and restart were run', () => {
  for (const [name, table] of Object.entries({ en, ...tables })) assert.doesNotMatch(String(table['poster.ticket']), /rewound|born|zurückgespult|rembobin/, name);
});

test('every sentence that is asked for exists', async () => {
  const folders = ['lab', 'embed'].map((name) => new URL(`../../www/${name}/`, import.meta.url));
  const files = [new URL('../lottery-ticket.js', folders[0])];
  for (const folder of folders) for (const name of await readdir(folder)) files.push(new URL(name, folder));
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const keys = [...[...text.matchAll(/words\.t\('([\w.]+)'/g)].map(([, key]) => key), ...[...text.matchAll(/this\._t\('(\w+)'/g)].map(([, key]) => `embed.${key}`)];
    for (const key of keys) assert.ok(key in en || key in figures, `${key} of ${file.pathname}`);
  }
});

test('reasons, phases and verbs that are put together have their sentences', async () => {
  const plan = await readFile(new URL('../../www/engine/plan.js', import.meta.url), 'utf8');
  const reasons = [...plan.slice(plan.indexOf('export function obstacles')).matchAll(/'([a-z]+[A-Z]\w+|training|loading)'/g)].map(([, reason]) => reason);
  assert.ok(reasons.length > 8);
  for (const reason of reasons) if (reason !== 'findTicket') assert.ok(`why.${reason}` in en, reason);
  for (const phase of ['empty', 'loading', 'ready', 'training', 'paused', 'trained', 'pruned', 'finished', 'failed']) assert.ok(`phase.${phase}` in en, phase);
});

test('numbers choose their form, missing languages fall back', async () => {
  assert.equal(t('en', 'weights.prune', { count: 1 }), 'Prune it');
  assert.equal(t('en-GB', 'weights.prune', { count: 2, goes: '2' }), 'Prune these 2');
  assert.deepEqual([400, 3000, 150_000, 9_000_000].map((ms) => wordsIn('en').time(ms)), ['1 second', '3 seconds', '3 minutes', '3 hours']);
  assert.equal(wordsIn('de').time(3000), '3 seconds', 'German is not there yet');
  await loadLanguage('de');
  assert.equal(wordsIn('de-AT').time(3000), '3 Sekunden');
  // A sentence is of one language, its numbers and dates too.
  assert.equal(t('fa', 'verb.train'), 'Train');
  assert.deepEqual([wordsIn('fa').lang, wordsIn('fa').percent(3.2), wordsIn('fa').bytes(2.9e6)], ['en', '3.2%', '2.9 MB']);
});

const { default: init, config_from_address, config_table } = await import('../../www/engine/pkg/lottery_ticket.js');
await init({ module_or_path: await readFile(new URL('../../www/engine/pkg/lottery_ticket_bg.wasm', import.meta.url)) });

test('every field of the engine is an attribute of the element, and no other', () => {
  const fields = config_table().map((/** @type {{name: string}} */ { name }) => name.replaceAll('_', '-'));
  assert.deepEqual(CONFIG_ATTRIBUTES, fields);
});

test('every field of the engine has a label, every arm a name and a look', () => {
  const table = config_table();
  for (const { name } of table) assert.ok(`field.${name}` in en, name);
  for (const arm of table.find((/** @type {{name: string}} */ { name }) => name === 'arms').choices) {
    assert.ok(`arm.${arm}` in figures, arm);
    assert.notDeepEqual(lookOf(arm), lookOf('unknown'), arm);
  }
});

test('the size that is told before the engine is there is that of the config it will read', async () => {
  const { choices } = config_table().find((/** @type {any} */ { name }) => name === 'preset');
  for (const address of ['', 'examples=1000&test=300', ...choices.map((/** @type {string} */ preset) => `preset=${preset}&validation=700`), `preset=${choices.at(-1)}`]) {
    const fields = new URLSearchParams(address);
    assert.equal(expectedBytes((name) => fields.get(name)), estimatedBytes(config_from_address(address).config), address);
  }
});
