// What axe-core finds wrong in a page, shadow roots included.
import { readFile } from 'node:fs/promises';

const source = await readFile(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/**
 * @param {import('./browser.js').Browser} browser
 * @param {string} [part]  a selector
 * @returns {Promise<string[]>}  a line a rule that is broken, with where
 */
export async function axeFinds(browser, part = 'html') {
  // As the text of an expression: an element <script> would not be let in by a strict policy.
  await browser.evaluate(`(() => { if (!globalThis.axe) { ${source} } return true; })()`);
  return browser.evaluate(async (/** @type {string} */ selector) => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(selector, { resultTypes: ['violations'] });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html, any }) => `${html.slice(0, 160)} (${any[0]?.message ?? ''})`).slice(0, 4).join(' | ')}`);
  }, part);
}
