// The script that keeps the page's files, beside caches and a network that are made up.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const code = readFileSync(new URL('../../www/offline.js', import.meta.url), 'utf8');
const PAGE = 'https://page.example/lottery/';
const at = (/** @type {string} */ file) => new URL(file, PAGE).href;

/** The worker of a build with these files; `online` holds what the network answers. @param {Map<string, string>} kept @param {string[]} files */
function worker(kept, files) {
  const online = new Map(['./', ...files].map((file) => [at(file), `${file} of the network`]));
  const disk = { full: false };
  const put = async (/** @type {string} */ url, /** @type {string} */ body) => {
    if (disk.full) throw new Error('QuotaExceededError');
    kept.set(url, body);
  };
  const fetched = async (/** @type {{url: string}} */ { url }) => {
    const body = online.get(url);
    if (body === undefined) throw new TypeError('Failed to fetch');
    return { ok: true, body, clone: () => ({ body }) };
  };
  const cache = {
    addAll: (/** @type {string[]} */ names) => Promise.all(names.map(async (name) => put(at(name), (await fetched({ url: at(name) })).body))),
    keys: async () => [...kept.keys()].map((url) => ({ url })),
    delete: async (/** @type {{url: string}} */ { url }) => kept.delete(url),
    match: async (/** @type {{url: string}} */ { url }) => (kept.has(url) ? { ok: true, body: kept.get(url) } : undefined),
    put: (/** @type {{url: string}} */ { url }, /** @type {{body: string}} */ { body }) => put(url, body),
  };
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const self = { addEventListener: (/** @type {string} */ name, /** @type {any} */ listener) => (listeners[name] = listener), clients: { claim: async () => {} } };
  const caches = { open: async () => cache, keys: async () => ['lottery-ticket-page-1'], delete: async () => true };
  runInNewContext(code, { FILES: files, self, caches, fetch: fetched, location: new URL('offline.js', PAGE), URL, Set });
  /** @param {string} name @param {object} [event] @returns {Promise<any>} what it answers, when it has done all */
  const tell = async (name, event = {}) => {
    /** @type {Promise<any>[]} */
    const work = [];
    let answer;
    const add = (/** @type {Promise<any>} */ promise) => work.push(promise);
    listeners[name]({ ...event, waitUntil: add, respondWith: (/** @type {Promise<any>} */ promise) => add((answer = promise)) });
    for (let done = 0; done < work.length; done += 1) await work[done];
    return answer;
  };
  const get = (/** @type {string} */ file) => tell('fetch', { request: { url: at(file), method: 'GET', headers: new Headers() } });
  return { tell, get, online, disk };
}

test('a new build keeps its own files, and lets the last one’s go when it takes over', async () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  await worker(kept, ['assets/a-1.js', 'icon.svg']).tell('install');
  const next = worker(kept, ['assets/a-2.js', 'icon.svg']);
  await next.tell('install');
  assert.ok(kept.has(at('assets/a-1.js')), 'a page of the last build may still be open');
  await next.tell('activate');
  assert.deepEqual([...kept.keys()].sort(), [at('./'), at('assets/a-2.js'), at('icon.svg')].sort());
});

test('what is kept answers where there is no network; a full disk keeps nothing from the reader', async () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const { tell, get, online, disk } = worker(kept, ['assets/a.js', 'icon.svg']);
  await tell('install');
  online.set(at('icon.svg'), 'another icon');
  disk.full = true;
  assert.equal((await get('icon.svg')).body, 'another icon');
  assert.equal(kept.get(at('icon.svg')), 'icon.svg of the network');
  disk.full = false;
  online.set(at('assets/a.js'), 'never asked for');
  assert.equal((await get('assets/a.js')).body, 'assets/a.js of the network');
  await get('icon.svg');
  online.clear();
  assert.equal((await get('icon.svg')).body, 'another icon');
  await assert.rejects(get('unknown.svg'), /Failed to fetch/);
});
