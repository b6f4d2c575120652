// German and French have one word for one thing, and the spaces and quotation marks of their own typography, in all their tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import deFigures from '../../www/strings/de.js';
import frFigures from '../../www/strings/fr.js';
import deLab from '../../www/strings/lab.de.js';
import frLab from '../../www/strings/lab.fr.js';
import deLesson from '../../www/strings/lesson.de.js';
import frLesson from '../../www/strings/lesson.fr.js';
import { templates as deSaid } from '../../www/strings/said.de.js';
import { templates as frSaid } from '../../www/strings/said.fr.js';

/** What a reader sees, markup left out. @param {unknown} table @param {string} [key] @returns {string[][]} pairs of a key and its text */
const texts = (table, key = '') => (typeof table === 'string' ? [[key, table.replace(/<[^>]*>/g, '')]] : Object.entries(Object(table)).flatMap(([name, inner]) => texts(inner, `${key} ${name}`)));

/** The word that counts, and those that it has won against. @type {Record<string, {tables: object[], words: Record<string, RegExp>, marks: RegExp}>} */
const languages = {
  de: {
    tables: [deFigures, deLab, deLesson, deSaid],
    words: {
      Artikel: /veröffentlichung/i,
      'auf einen Schlag': /auf einmal ausgedünnt/i,
      auslosen: /neu initialisier|gewichte zieh/i,
      Einstellungen: /konfiguration/i,
      Etiketten: /bezeichnung|beschriftung/i,
      Genauigkeit: /treffer/i,
      Gerät: /maschine/i,
      Gewinnlos: /gewinnende[nrsm]? los/i,
      Größe: /betrag/i,
      Impuls: /schwung/i,
      Pixel: /bildpunkt|\d punkten/i,
      Rechenwerk: /rechenkern/i,
      speichern: /(?<!\p{L})ge?sicher[nt]|(?<!\p{L})sichern/iu,
      'verborgene Einheiten': /versteckt/i,
      Verlust: /(?<!eigenen )fehler(?!t)/i,
      'volles Netz': /(ganze|dichte)[ns]? netz/i,
    },
    // A straight quotation mark, an English one, and what may break before a percent sign.
    marks: /"|[”’]| %/,
  },
  fr: {
    tables: [frFigures, frLab, frLesson, frSaid],
    words: {
      appareil: /machine/i,
      calcul: /(?<!\p{L})essais?(?!\p{L})/iu,
      endommagé: /abîm/i,
      'en une fois': /d’un coup/i,
      exactitude: /précision|réussite/i,
      'réglages': /configuration/i,
      'réinitialiser': /retire[rz](-les)? au sort/i,
      'réseau dense': /réseau (entier|complet|plein)/i,
      taille: /grandeur/i,
    },
    // A straight apostrophe or quotation mark, and any space but the narrow one that does not break at a mark that has one.
    marks: /["'“”]|[ \u00a0][:;!?»%]|«[ \u00a0]|[^\s\u202f][;!?»%]|\p{L}:(?!\p{L})/u,
  },
};

for (const [lang, { tables, words, marks }] of Object.entries(languages)) {
  test(`${lang} has one word for one thing`, () => {
    for (const [key, text] of texts(tables)) for (const [word, lost] of Object.entries(words)) assert.doesNotMatch(text, lost, `${lang}${key}: “${word}” is the word`);
  });

  test(`${lang} keeps to its typography`, () => {
    for (const [key, text] of texts(tables)) assert.doesNotMatch(text, marks, `${lang}${key}`);
  });
}
