// The laboratory's sentences in the reader's language; English is always there, the others are fetched when first asked for.
import en from './lab.en.js';

/**
 * @typedef {Record<string, string | number | undefined | null>} Params
 * @typedef {string | {one: string, other: string}} Message  a pair is chosen by params.count
 */

/** @type {Map<string, Record<string, Message>>} */
const tables = new Map([['en', en]]);

/** @type {Record<string, () => Promise<{default: Record<string, Message>}>>} */
const loaders = { de: () => import('./lab.de.js'), fr: () => import('./lab.fr.js') };

const base = (/** @type {string} */ lang) => lang.toLowerCase().split('-')[0];

/** @param {string} lang @returns {Promise<boolean>} whether there is anything new to say */
export async function loadLabLanguage(lang) {
  const name = base(lang);
  const load = loaders[name];
  if (!load || tables.has(name)) return false;
  try {
    tables.set(name, (await load()).default);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} lang
 * @param {string} key
 * @param {Params} [params]
 */
export function say(lang, key, params = {}) {
  const table = /** @type {Record<string, Message>} */ (en);
  const message = tables.get(base(lang))?.[key] ?? table[key] ?? key;
  const text = typeof message === 'string' ? message : message[new Intl.PluralRules(lang).select(Number(params.count ?? 0)) === 'one' ? 'one' : 'other'];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (params[name] === undefined ? whole : String(params[name])));
}

/** The language an element is in: its own, or that of whatever it stands in. @param {Element} element */
export function languageOf(element) {
  for (let at = /** @type {Element | null} */ (element); at; ) {
    const found = at.closest('[lang]');
    if (found) return found.getAttribute('lang') || 'en';
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}
