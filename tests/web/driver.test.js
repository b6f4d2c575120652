// The tests' own tool: what it finds, clicks, types and reports is the same in every browser.
import assert from 'node:assert/strict';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>driver</title>
<button id="plain">Plain</button> <button disabled aria-describedby="why">Cannot</button> <span id="why">nothing to prune yet</span>
<div style="height: 3000px"></div>
<x-card><span>Slotted</span></x-card>
<script type="module" src="page.js"></script></html>`;

const script = `
customElements.define('x-card', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = \`
      <button id="inside"><slot></slot> button</button>
      <label>Seed <input type="number" value="1"></label>
      <label for="rate">Prune rate</label><input id="rate" type="range" min="0" max="1" step="0.1" value="0.5">
      <label><input type="checkbox"> Fast</label>
      <span id="n">Named by reference</span><div role="img" aria-labelledby="n" style="width:10px;height:10px"></div>
      <label>Own data <input type="file" multiple></label> <section aria-label="Drop here">here</section>
      <button style="display:none">Hidden</button>
      <button id="shy">Shy</button><button id="beside">Beside</button>
      <div style="position:relative"><button>Under</button><div style="position:absolute;inset:0;background:#ddd"></div></div>\`;
    window.heard = [];
    window.pressed = [];
    for (const id of ['shy', 'beside']) this.shadowRoot.getElementById(id).addEventListener('click', () => pressed.push(id));
    this.shadowRoot.addEventListener('click', (event) => heard.push('click ' + event.target.closest('button, input, span').tagName + event.isTrusted));
    this.shadowRoot.addEventListener('drop', (event) => heard.push('drop ' + Array.from(event.dataTransfer.files, (file) => file.name + file.size)));
    this.shadowRoot.querySelector('[type=file]').addEventListener('change', (event) => heard.push('files ' + Array.from(event.target.files, (file) => file.name + file.size)));
    this.shadowRoot.getElementById('shy').addEventListener('mousemove', (event) => event.target.before(this.shadowRoot.getElementById('beside')), { once: true });
    for (const input of this.shadowRoot.querySelectorAll('input:not([type=file])')) input.addEventListener('change', () => heard.push('change ' + input.type + ' ' + (input.type === 'checkbox' ? input.checked : input.value)));
  }
});
document.querySelector('#plain').addEventListener('keydown', (event) => heard.push((event.shiftKey ? 'Shift+' : '') + event.key));
`;

const pages = {
  'index.html': page,
  'page.js': script,
  'four-bytes': Buffer.from([0, 0, 8, 1]),
  'worker.js': 'console.error("console from the worker"); throw new Error("died in the worker");',
};

inEachBrowser('elements are found by role and name through shadow roots, clicked and filled', async (browser) => {
  // A strict policy, as an embedder may have: the driver must work under it.
  const site = await serveSite({ pages, headers: { 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'" } });
  try {
    await browser.setViewport(500, 400);
    await browser.goto(`${site.url}index.html`);
    assert.deepEqual(await browser.evaluate(() => [innerWidth, innerHeight]), [500, 400]);

    const cannot = await browser.describe('button', 'Cannot');
    assert.equal(cannot.disabled, true);
    assert.equal(cannot.description, 'nothing to prune yet');
    assert.equal(await browser.count('button', 'Hidden'), 0);
    assert.equal(await browser.count('img', 'Named by reference'), 1);
    await assert.rejects(browser.click('button', 'Cannot', { timeout: 200 }), /disabled/);
    await assert.rejects(browser.click('button', 'Under', { timeout: 200 }), /covered/);
    await assert.rejects(browser.click('button', 'Nowhere', { timeout: 200 }), /no button "Nowhere"; there are: "Plain"/);

    await browser.click('button', 'Slotted button');
    await browser.fill('Seed', 42);
    await browser.choose('Prune rate', 0.3);
    await browser.choose('Fast', true);
    assert.equal((await browser.describe('spinbutton', 'Seed')).value, '42');
    const heard = () => browser.evaluate('globalThis.heard.splice(0)');
    const events = /** @type {string[]} */ (await heard());
    assert.match(events[0], /^click (BUTTON|SPAN)true$/);
    assert.ok(events.includes('change number 42'), events.join());
    assert.ok(events.includes('change range 0.3'), events.join());
    assert.ok(events.includes('change checkbox true'), events.join());

    // Another button takes its place when the mouse arrives: that one must not get the click.
    await browser.click('button', 'Shy');
    await browser.click('button', 'Beside');
    assert.deepEqual(await browser.evaluate(() => document.querySelector('x-card')?.shadowRoot?.getElementById('beside')?.nextElementSibling?.id), 'shy');
    assert.deepEqual(await browser.evaluate('globalThis.pressed.splice(0)'), ['shy', 'beside']);
    await heard();

    await browser.evaluate(() => document.querySelector('button')?.focus());
    assert.equal((await browser.focused())?.name, 'Plain');
    await browser.press('ArrowLeft', 'Shift+ArrowRight', 'Escape');
    assert.deepEqual((/** @type {string[]} */ (await heard())).filter((key) => !key.endsWith('Shift')), ['ArrowLeft', 'Shift+ArrowRight', 'Escape']);

    const files = [{ name: 'a.idx', url: 'four-bytes' }, { name: 'b.idx', url: 'four-bytes' }];
    await browser.giveFiles('file', 'Own data', files);
    await browser.giveFiles('region', 'Drop here', files);
    assert.deepEqual(await heard(), ['files a.idx4,b.idx4', 'drop a.idx4,b.idx4']);

    await assert.rejects(browser.evaluate(() => Promise.reject(new Error('no luck'))), /no luck/);
    assert.equal(await browser.evaluate((/** @type {number} */ a, /** @type {number} */ b) => a + b, 2, 3), 5);
    const image = await browser.screenshot('');
    assert.equal(image.subarray(1, 4).toString(), 'PNG');
  } finally {
    await site.close();
  }
});

inEachBrowser('errors of page and workers are reported', async (browser) => {
  const site = await serveSite({ pages });
  try {
    await browser.goto(`${site.url}index.html`);
    assert.deepEqual(await browser.problems(), []);
    await browser.evaluate(() => {
      console.error('from the page');
      setTimeout(() => { throw new Error('uncaught in the page'); });
      new Worker('worker.js', { type: 'module' });
    });
    let seen = '';
    for (let tries = 0; tries < 60 && !/died in the worker/.test(seen); tries += 1) {
      seen += (await browser.problems()).join('\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    seen += (await browser.problems()).join('\n');
    assert.match(seen, /from the page/);
    assert.match(seen, /uncaught in the page/);
    // Only Chromium tells of a worker's console; a worker that dies is told of by all three.
    if (browser.name === 'chromium') assert.match(seen, /console from the worker/);
    assert.match(seen, /died in the worker/);
  } finally {
    await site.close();
  }
});

inEachBrowser('the site can fail as a test wishes', async (browser) => {
  const site = await serveSite({ pages });
  try {
    site.fail('standalone/data/mnist/manifest.json', { status: 503 }, 1);
    site.fail('standalone/data/mnist/test-00.labels.bin', { truncateTo: 100 });
    site.fail(/images/, { change: (bytes) => bytes.fill(7, 0, 1) });
    await browser.goto(`${site.url}index.html`);
    const outcomes = await browser.evaluate(async () => {
      const get = async (/** @type {string} */ path) => {
        try {
          const response = await fetch(path);
          const bytes = new Uint8Array(await response.arrayBuffer());
          return `${response.status} ${bytes[0]}`;
        } catch {
          return 'failed';
        }
      };
      const base = 'standalone/data/mnist/';
      return [await get(`${base}manifest.json`), await get(`${base}manifest.json`), await get(`${base}test-00.labels.bin`), await get(`${base}test-00.images.bin`)];
    });
    assert.deepEqual(outcomes, ['503 97', '200 123', 'failed', '200 7']);
    assert.ok(site.requests.includes('standalone/data/mnist/manifest.json'));
  } finally {
    await site.close();
  }
});
