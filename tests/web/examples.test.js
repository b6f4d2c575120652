// The examples as their README say: plain page and frame against the built site, and the Vite app with the packed package.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after } from 'node:test';
import { preview } from 'vite';
import { inProject } from '../../scripts/lib/paths.mjs';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';

const OPEN = { 'access-control-allow-origin': '*' };
const THERE = 'http://localhost:8090/';

/** An example's page with the test's own ports in it. @param {string} name @param {string} site */
const pageOf = (name, site) => readFileSync(inProject('examples', name, 'index.html'), 'utf8').replaceAll(THERE, site).replaceAll(THERE.slice(0, -1), new URL(site).origin);

inEachBrowser('the plain example shows its figures under its policy, and runs', async (browser) => {
  const site = await serveSite({ headers: OPEN });
  // WebKit's collector of problems is a script of the page's own.
  const html = pageOf('plain', site.url).replace("'wasm-unsafe-eval'", browser.name === 'webkit' ? "'self' 'wasm-unsafe-eval'" : "'wasm-unsafe-eval'");
  const blog = await serveSite({ folder: inProject('examples', 'plain'), pages: { 'post.html': html } });
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => document.querySelector('lottery-ticket')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('svg path'), [], { what: 'the recorded picture' });
    await browser.evaluate(() => {
      const element = /** @type {any} */ (document.querySelector('lottery-ticket'));
      for (const [name, value] of Object.entries({ examples: 1000, validation: 500, test: 500, steps: 60, rounds: 2 })) element.setAttribute(name, value);
      return element.findTicket();
    });
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state.phase === 'finished', [], { what: 'a ticket', timeout: 180_000 });
  } finally {
    await blog.close();
    await site.close();
  }
});

inEachBrowser('the frame example has the height of its figure', async (browser) => {
  const site = await serveSite();
  const blog = await serveSite({ pages: { 'post.html': pageOf('iframe', site.url) } });
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => !['640', '4'].includes(document.querySelector('iframe')?.getAttribute('height') ?? '640'), [], { what: 'another height than the snippet gave' });
  } finally {
    await blog.close();
    await site.close();
  }
});

/** @type {string} */
let app;

before(() => {
  const npm = (/** @type {string[]} */ args, /** @type {string} */ cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  app = mkdtempSync(join(tmpdir(), 'lottery-ticket-vite-'));
  cpSync(inProject('examples', 'vite'), app, { recursive: true, filter: (path) => !/node_modules|dist$|public$/.test(path) });
  const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', app], inProject()));
  const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  manifest.dependencies['lottery-ticket'] = `file:${filename}`;
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest));
  // Beside the example: a tag of one's own, for which nothing registers the element.
  writeFileSync(join(app, 'own.html'), '<!doctype html><html lang="en"><title>Own</title><my-ticket figure="race" base="lottery-ticket/"></my-ticket><script type="module" src="own.js"></script></html>');
  writeFileSync(join(app, 'own.js'), "import { LotteryTicket } from 'lottery-ticket';\nimport 'lottery-ticket/figures';\ncustomElements.define('my-ticket', class extends LotteryTicket {});\n");
  writeFileSync(join(app, 'vite.config.js'), "export default { build: { rolldownOptions: { input: ['index.html', 'own.html'] } } };\n");
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline'], app);
  npm(['run', 'build'], app);
});

after(() => rmSync(app, { recursive: true, force: true }));

inEachBrowser('the Vite app builds from the packed package, and runs', async (browser) => {
  // As its README says: Vite's own server, which has its own mind about some files.
  const server = await preview({ root: app, configFile: false, preview: { host: '127.0.0.1', port: 0 } });
  try {
    await browser.goto(String(server.resolvedUrls?.local[0]));
    await browser.evaluate(async () => {
      await customElements.whenDefined('lottery-ticket');
      const element = /** @type {any} */ (document.querySelector('lottery-ticket'));
      for (const [name, value] of Object.entries({ examples: 1000, validation: 500, test: 500, steps: 60, rounds: 2 })) element.setAttribute(name, value);
      return element.findTicket();
    });
    await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket')).state.phase === 'finished', [], { what: 'a ticket', timeout: 180_000 });
    assert.match(await browser.evaluate(() => document.querySelector('output')?.textContent ?? ''), /round 2: [\d.]+ %/);
  } finally {
    await server.close();
  }
});

inEachBrowser('a class of its own has figures, and the element is not registered', async (browser) => {
  const server = await preview({ root: app, configFile: false, preview: { host: '127.0.0.1', port: 0 } });
  try {
    await browser.goto(`${server.resolvedUrls?.local[0]}own.html`);
    await browser.waitFor(() => document.querySelector('my-ticket')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('svg path'), [], { what: 'the recorded picture' });
    assert.equal(await browser.evaluate(() => customElements.get('lottery-ticket') === undefined), true);
  } finally {
    await server.close();
  }
});
