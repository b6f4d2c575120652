// What the embed dialog writes, and what a frame believes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parentOrigin, themeOf } from '../../www/embed/messages.js';
import { elementSnippet, frameAddress, frameSnippet } from '../../www/embed/snippets.js';

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
