import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atLeast, checkNode } from '../../scripts/lib/prerequisites.mjs';
import { readPort } from '../../scripts/lib/serve.mjs';
import { chooseSuites } from '../../scripts/lib/suites.mjs';

test('versions are compared as numbers, part by part', () => {
  assert.ok(atLeast('1.100.0', '1.88'));
  assert.ok(atLeast('1.88.0', '1.88'));
  assert.ok(!atLeast('1.9.0', '1.88'));
  assert.ok(!atLeast('0.99.0', '1.2'));
});

test('Node is taken from 20.19 on, except for the early releases of 22', () => {
  for (const version of ['20.19.0', '20.20.2', '22.12.0', '24.0.0']) checkNode(version);
  for (const version of ['18.20.0', '20.18.3', '21.7.0', '22.11.0']) assert.throws(() => checkNode(version), /Node 20\.19/);
});

test('PORT is a whole number or the sentence says so', () => {
  assert.equal(readPort(undefined), 8080);
  assert.equal(readPort(''), 8080);
  assert.equal(readPort('9000'), 9000);
  for (const bad of ['0', '65536', '80a', '-1', '8e3', ' 80']) assert.throws(() => readPort(bad), /PORT must be a whole number/);
});

test('suites that were asked for bring what they need, in order', () => {
  assert.deepEqual(chooseSuites(['firefox'], undefined).map(({ name }) => name), ['engine', 'page', 'firefox']);
  assert.deepEqual(chooseSuites(['web'], 'webkit').map(({ name }) => name), ['engine', 'page', 'webkit']);
  assert.throws(() => chooseSuites(['nonsense'], undefined), /There is no suite "nonsense"/);
});
