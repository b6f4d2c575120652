/**
 * A run on one sheet, for places where no script runs: in words, as a ladder, as what survived, in numbers, with everything that
 * determines it. One SVG that needs nothing else.
 */
import { percent } from '../figures/format.js';
import { aggregate } from '../figures/ladder-layout.js';
import { escape, wrap } from '../figures/save.js';

/**
 * @typedef {import('../figures/types.js').RoundResult} RoundResult
 * @typedef {import('../figures/base.js').LtFigure<any>} Figure
 * @typedef {import('./words.js').Words} Words
 */

const MARGIN = 24;
const LEAST_WIDTH = 640;
/** Where the columns of numbers end. */
const COLUMN = 150;

/**
 * The run in plain words, as far as its arms tell.
 * @param {import('../figures/ladder-layout.js').Line[]} lines
 * @param {number} round  which ticket is spoken of
 * @param {Words} words
 */
function sentences(lines, round, words) {
  const rung = (/** @type {string} */ arm, /** @type {number} */ wanted) => lines.find((line) => line.arm === arm)?.rungs.find((each) => each.round === wanted);
  const [first] = lines;
  const dense = rung(first.arm, 0);
  const ticket = round > 0 ? rung(first.arm, round) : undefined;
  const control = ticket && rung('reinit', round);
  const accuracy = (/** @type {number} */ value) => percent(words.lang, value, 1);
  return [
    dense && words.t('poster.dense', { accuracy: accuracy(dense.value.mean) }),
    ticket && words.t('poster.ticket', { remaining: words.percent(ticket.remaining), accuracy: accuracy(ticket.value.mean) }),
    control && words.t('poster.control', { accuracy: accuracy(control.value.mean) }),
    words.t('ladder.over', { count: first.rungs[0].seeds, seeds: first.rungs[0].seeds }),
  ].filter((sentence) => sentence !== undefined);
}

/**
 * @param {object} run
 * @param {RoundResult[]} run.results
 * @param {number} run.round        the one that is shown
 * @param {Record<string, any>} run.config
 * @param {string} run.address      a link to it
 * @param {Figure[]} run.figures    what is drawn, in order
 * @param {Words} run.words
 */
export async function posterOf({ results, round, config, address, figures, words }) {
  const lines = aggregate(results, 'accuracy');
  const pictures = await Promise.all(figures.map((figure) => figure.svg()));
  const { ink, background, font, lang } = figures[0].frame();
  const width = Math.max(LEAST_WIDTH, ...pictures.map((picture) => picture.width), 2 * MARGIN + COLUMN * (lines.length + 2));
  const said = sentences(lines, round, words);
  const heading = words.t('poster.title');
  let body = '';
  let y = MARGIN;
  const text = (/** @type {string} */ content, /** @type {number} */ size, { x = MARGIN, more = '' } = {}) =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${ink}" ${more}>${escape(content)}</text>\n`;
  const paragraph = (/** @type {string} */ content, /** @type {number} */ size, more = '') => {
    for (const line of wrap(content, ((width - 2 * MARGIN) * 13) / size)) {
      y += size * 1.45;
      body += text(line, size, { more });
    }
  };

  paragraph(heading, 24, 'font-weight="650"');
  y += 6;
  for (const sentence of said) paragraph(sentence, 15);
  y += 12;
  const top = y;
  for (const picture of pictures) {
    body += picture.markup.replace('<svg ', `<svg y="${y}" `);
    y += picture.height;
  }

  // Numbers: a row a round, a column an arm.
  const rounds = [...new Set(lines.flatMap(({ rungs }) => rungs.map((rung) => rung.round)))].sort((a, b) => a - b);
  const rows = rounds.map((each) => {
    const found = lines.map(({ rungs }) => rungs.find((rung) => rung.round === each));
    const { remaining } = /** @type {{remaining: number}} */ (found.find(Boolean));
    return [String(each), words.percent(remaining), ...found.map((rung) => (rung ? percent(words.lang, rung.value.mean, 2) : '–'))];
  });
  const head = [words.t('column.round'), words.t('column.remaining'), ...lines.map(({ arm }) => words.t(`arm.${arm}`))];
  // Beside the first picture where there is room, below all of them where there is none.
  const beside = width - pictures[0].width >= COLUMN * head.length;
  const bottom = y;
  const left = beside ? width - COLUMN * head.length : MARGIN;
  if (beside) y = top + MARGIN;
  for (const row of [head, ...rows]) {
    y += 22;
    row.forEach((cell, column) => {
      const weight = row === head ? 'font-weight="600"' : '';
      body += text(cell, 13, column ? { x: left + COLUMN * (column + 1) - MARGIN - 80, more: `text-anchor="end" ${weight}` } : { x: left, more: weight });
    });
  }

  y = Math.max(y, bottom) + 16;
  const settings = Object.entries(config).filter(([, value]) => value !== null && value !== undefined);
  paragraph(settings.map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(name === 'sizes' ? '-' : ' ') : value}`).join(', '), 12, 'opacity="0.8"');
  paragraph(address, 12, 'opacity="0.8"');
  paragraph('Frankle & Carbin, The lottery ticket hypothesis, ICLR 2019.', 12, 'opacity="0.8"');
  y += MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.ceil(y)}" viewBox="0 0 ${width} ${Math.ceil(y)}" xml:lang="${escape(lang)}" font-family="${escape(font)}" role="document" aria-labelledby="title" aria-describedby="desc">
<title id="title">${escape(heading)}</title><desc id="desc">${escape(said.join(' '))}</desc>
<rect width="100%" height="100%" fill="${background}"/>
${body}</svg>
`;
}
