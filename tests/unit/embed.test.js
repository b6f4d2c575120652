// What the embed dialog writes, and what a frame believes.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { parentOrigin, themeOf } from '../../www/embed/messages.js';
import { elementSnippet, frameAddress, frameSnippet } from '../../www/embed/snippets.js';
import { theme } from '../../www/figures/theme.js';
import { styles } from '../../www/lab/styles.js';

const www = new URL('../../www/', import.meta.url);
const source = (/** @type {string} */ path) => readFile(new URL(path, www), 'utf8');
/** What stands around figures, in the laboratory and on others' pages. */
const around = Promise.all(['embed/exhibit.js', ...(await readdir(new URL('lab/', www))).map((name) => `lab/${name}`)].map(source));

test('a snippet holds the wishes, and nothing in them can leave its attribute', () => {
  const text = elementSnippet('https://host.example/below/', { figure: 'race', arms: '"><script>alert(1)</script>' });
  assert.match(text, /src="https:\/\/host\.example\/below\/standalone\/lottery-ticket\.js"/);
  assert.match(text, /<lottery-ticket figure="race" arms="&quot;>&lt;script>alert\(1\)&lt;\/script>">/);
});

test("a frame's address has the fields in the address's spelling, and is escaped", () => {
  const address = frameAddress('https://host.example/', { figure: 'race', 'eval-every': '50', arms: 'ticket,reinit', lang: 'a&b' });
  assert.equal(address, 'https://host.example/embed.html#figure=race&eval_every=50&arms=ticket,reinit&lang=a%26b');
  assert.match(frameSnippet('https://host.example/', { figure: 'race', seed: '7' }), /embed\.html#figure=race&amp;seed=7"/);
});

test('a frame believes an origin only where there is one', () => {
  assert.equal(parentOrigin('https://blog.example/post?x=1'), 'https://blog.example');
  assert.equal(parentOrigin(''), null);
  assert.equal(parentOrigin('data:text/html,x'), null);
  assert.equal(themeOf('dark'), 'dark');
  for (const forged of ['DARK', '', null, undefined, {}, 'red; background: url(x)']) assert.equal(themeOf(forged), null);
});

/** What the element's documentation names. @param {string} tag */
const documented = async (tag) => [...(await source('lottery-ticket.js')).matchAll(new RegExp(`^ \\* @${tag} ([\\w-]+) - `, 'gm'))].map(([, name]) => name);
const once = (/** @type {string[]} */ names) => [...new Set(names)].sort();

test('every part that a page can reach is documented, and no other', async () => {
  const [, exported = ''] = (await source('figures/base.js')).match(/'exportparts', '([^']+)'/) ?? [];
  const figures = exported.split(',');
  const drawn = (await Promise.all((await readdir(new URL('figures/', www))).map((name) => source(`figures/${name}`)))).join('');
  for (const part of figures) assert.ok(drawn.includes(`part="${part}"`), part);
  const parts = [...(await around).join('').matchAll(/part="([\w-]+)/g)].map(([, part]) => part);
  assert.deepEqual(await documented('csspart').then(once), once([...parts, ...figures]));
});

test('each button around the figures is the part `button`', async () => {
  const buttons = (await around).flatMap((text) => text.split('<button').slice(1));
  assert.ok(buttons.length > 7);
  for (const button of buttons) assert.match(button.split('</button')[0], /part="button/);
});

test('every token that a page can set is documented, and no other', async () => {
  const dialog = (await source('embed/dialog.js')).match(/--lt-[\w-]+/g) ?? [];
  assert.deepEqual(await documented('cssprop').then(once), once([...(`${theme}${styles}`.match(/--lt-[\w-]+/g) ?? []), ...dialog]));
});
