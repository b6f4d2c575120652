/**
 * Every sentence that the page and the figures say, in one table a language. English is always there; the others are fetched when
 * first asked for and announce themselves through {@link onLanguage}.
 */
import en from './en.js';

/** @typedef {string | {one: string, other: string}} Message `{name}` is replaced by params.name; a pair is chosen by params.count */
/** @typedef {Record<string, any>} Table a {@link Message} a key; `said`, where it is there, is a function */
/** @typedef {Record<string, string | number | undefined | null>} Params */

/** @typedef {Record<string, () => Promise<{default: Table}>>} Loaders */

/** @type {Map<string, Table>} */
const tables = new Map([['en', { .../** @type {Table} */ (en) }]]);
const figures = { de: () => import('./de.js'), fr: () => import('./fr.js') };
const sayings = { de: () => import('./said.de.js'), fr: () => import('./said.fr.js') };
/** Those of the figures, and of every part that was added. @type {Set<Loaders>} */
const parts = new Set([figures]);
/** @type {Set<Loaders[string]>} */
const loaded = new Set();
/** @type {Set<() => void>} */
const listeners = new Set();

/** The languages whose tables are complete. */
export const LANGUAGES = ['en', ...Object.keys(figures)];

/**
 * The sentences of a part of the page that is loaded later than the figures.
 * @param {Table} english
 * @param {Loaders} loaders
 */
export function addStrings(english, loaders) {
  tables.set('en', { ...tables.get('en'), ...english });
  parts.add(loaders);
}

/** @param {string} lang a tag such as "de-CH" */
const base = (lang) => lang.toLowerCase().split('-')[0];

/**
 * The sentence `key` in `lang`, in English where that language does not have it (yet), the key itself where nobody has it.
 * @param {string} lang
 * @param {string} key
 * @param {Params} [params]
 */
export function t(lang, key, params = {}) {
  /** @type {Message} */
  let message = tables.get(base(lang))?.[key];
  let spoken = lang;
  if (message === undefined) {
    message = tables.get('en')?.[key] ?? key;
    spoken = 'en';
  }
  if (typeof message !== 'string') {
    message = plural(spoken).select(Number(params.count ?? 0)) === 'one' ? message.one : message.other;
  }
  return message.replace(/\{(\w+)\}/g, (whole, name) => (params[name] === undefined ? whole : String(params[name])));
}

/** In which language an element speaks that is in `lang`: English for those of which nothing is known (yet), numbers and dates too. @param {string} lang */
export const spoken = (lang) => (tables.has(base(lang)) ? lang : 'en');

/**
 * In `lang`, what the engine, the session or a download has said in English; as it is where that language does not have it (yet).
 * @param {string} lang
 * @param {string} sentence
 * @returns {string}
 */
export const said = (lang, sentence) => tables.get(base(lang))?.said?.(sentence) ?? sentence;

/** Makes a language available together with what {@link said} needs of it. @param {string} lang */
export function loadSaid(lang) {
  parts.add(sayings);
  return loadLanguage(lang);
}

/** @type {Map<string, Intl.PluralRules>} */
const rules = new Map();
/** @param {string} lang */
function plural(lang) {
  let found = rules.get(lang);
  if (!found) rules.set(lang, (found = new Intl.PluralRules(lang)));
  return found;
}

/**
 * Makes a language available; resolves to whether there is such a language. Failing to fetch it leaves English.
 * @param {string} lang
 */
export async function loadLanguage(lang) {
  const name = base(lang);
  if (!LANGUAGES.includes(name)) return false;
  let news = false;
  for (const { [name]: load } of parts) {
    if (!load || loaded.has(load)) continue;
    try {
      const { default: table } = await load();
      if (loaded.has(load)) continue;
      loaded.add(load);
      tables.set(name, { ...tables.get(name), ...table });
      news = true;
    } catch {
      return false;
    }
  }
  if (news) announce();
  return true;
}

/** Not within `onLanguage`: the observer would hold the first caller's listener, and with it an element, as long as the page lives. */
function announce() {
  for (const listener of listeners) listener();
}

/**
 * Calls back whenever sentences may read differently: a language has arrived, or some `lang` in the document has changed.
 * @param {() => void} listener
 * @param {Node} [root]  where to look besides: the shadow root of somebody's page
 * @returns {() => void} ends it
 */
export function onLanguage(listener, root) {
  if (typeof MutationObserver !== 'undefined') {
    observer ??= new MutationObserver(announce);
    for (const node of [document, root ?? document]) observer.observe(node, { attributes: true, attributeFilter: ['lang', 'dir'], subtree: true });
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) observer?.disconnect();
  };
}
/** @type {MutationObserver | undefined} */
let observer;

/**
 * The language an element is in: its own or its nearest ancestor's `lang`, looking out of shadow roots; else English.
 * @param {Element} element
 */
export function langOf(element) {
  /** @type {Node | null} */
  let node = element;
  while (node) {
    if (node instanceof Element) {
      const lang = node.getAttribute('lang');
      if (lang) return valid(lang);
    }
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
  }
  return 'en';
}

/** Intl throws on a malformed tag, which a host page may well carry. @param {string} lang */
function valid(lang) {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
