/** The lesson's texts: one table a language, English always there, the others fetched when asked for. */
import en from '../strings/lesson.en.js';
import { SOURCES } from './sources.js';

/** @typedef {Record<string, any>} Table */

/** @type {Record<string, () => Promise<{default: Table}>>} */
const loaders = {
  de: () => import('../strings/lesson.de.js'),
  fr: () => import('../strings/lesson.fr.js'),
};

/** @param {string} lang @returns {Promise<Table>} English where that language is not there or cannot be fetched */
export async function loadWords(lang) {
  const loader = loaders[lang.toLowerCase().split('-')[0]];
  if (!loader) return en;
  try {
    return { ...en, ...(await loader()).default };
  } catch {
    return en;
  }
}

export { en };

/**
 * Puts facts and sources into a text. What is not known yet stands as an ellipsis; what stands ((so)) is said of several seeds only.
 * @param {string} text
 * @param {Record<string, {text: string} | string | number | undefined>} facts
 * @param {Table} [words]  for what a source is called
 */
export function fill(text, facts, words = en) {
  return text
    .replace(/\(\((.*?)\)\)/g, /** @type {any} */ (facts.seeds)?.text === '1' ? '' : '$1')
    .replace(/\{(\w+)\}/g, (_, name) => {
      const fact = /** @type {any} */ (facts[name]) ?? '…';
      return fact.text ?? fact;
    })
    .replace(/\[(\w+)\]/g, (whole, name) => {
      const number = SOURCES.indexOf(name) + 1;
      return number ? `<sup class="cite"><a href="#source-${name}" aria-label="${words.cite} ${number}">${number}</a></sup>` : whole;
    });
}
