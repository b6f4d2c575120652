/** The page's own prose: English stands in the HTML; another language replaces it, by name, and English can come back. */
import { fill } from './words.js';

/** @type {Map<Element, string>} */
const english = new Map();

/**
 * @param {string} lang
 * @param {Record<string, any>} words   `page` holds HTML by the name in `data-text`
 */
export function translatePage(lang, words) {
  const page = lang.startsWith('en') ? {} : (words.page ?? {});
  for (const element of document.querySelectorAll('[data-text]')) {
    if (!english.has(element)) english.set(element, element.innerHTML);
    const text = page[element.getAttribute('data-text') ?? ''];
    element.innerHTML = text ? fill(text, {}) : (english.get(element) ?? '');
  }
}
