/** The page's own prose: English stands in the HTML; another language replaces it, by name, and English can come back. */
import { fill } from './words.js';

/** @type {Map<any, string>} */
const english = new Map();

/**
 * @param {string} lang
 * @param {Record<string, any>} words   `page` holds HTML by the name in `data-text`
 */
export function translatePage(lang, words) {
  const page = lang.startsWith('en') ? {} : (words.page ?? {});
  for (const element of document.querySelectorAll('[data-text]')) {
    const place = /** @type {any} */ (element);
    // What the page is about, to those who search, is not between tags.
    const at = 'content' in place ? 'content' : 'innerHTML';
    if (!english.has(place)) english.set(place, place[at]);
    const text = page[element.getAttribute('data-text') ?? ''];
    place[at] = text ? fill(text, {}, words) : english.get(place);
  }
}
