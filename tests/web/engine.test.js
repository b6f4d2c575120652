// The wasm package by itself: a module worker instantiates it in every browser, and the page around it stays silent.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { inEachBrowser } from './lib/each.js';
import { serveSite } from './lib/site.js';

const folder = fileURLToPath(new URL('../../www/engine/pkg', import.meta.url));

const pages = {
  'index.html': '<!doctype html><meta charset="utf-8"><title>engine</title>',
  'worker.js': `
    import init from './lottery_ticket.js';
    const { memory } = await init();
    postMessage(memory.buffer.byteLength);
  `,
};

inEachBrowser('the engine starts in a module worker', async (browser) => {
  const site = await serveSite({ folder, below: '/below/some/path/', pages });
  try {
    await browser.goto(`${site.url}index.html`);
    const bytes = await browser.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker('worker.js', { type: 'module' });
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'));
        }),
    );
    assert.ok(Number(bytes) >= 65536, `memory of ${bytes} bytes`);
    assert.deepEqual(await browser.problems(), []);
  } finally {
    await site.close();
  }
});
