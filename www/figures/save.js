/** Pictures and tables as files. Everything happens here, in the page: no request is made, no image is loaded, so a strict policy allows it. */

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveBlob(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {string} markup */
export const svgBlob = (markup) => new Blob([markup], { type: 'image/svg+xml' });

/** What an element without the attribute has anyway. @type {Attributes} */
const INITIAL = {
  fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1', 'stroke-dasharray': 'none',
  'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', opacity: '1', 'paint-order': 'normal', transform: 'matrix(1, 0, 0, 1, 0, 0)',
  'font-size': '16px', 'font-weight': '400', 'font-variant-numeric': 'normal', direction: 'ltr', 'text-anchor': 'start', 'dominant-baseline': 'auto',
};
const PLACE = /^([dxyr]|[cxyr][xy12]|width|height)$/;

/** @typedef {Record<string, string | number>} Attributes */
/** @typedef {[name: string, attributes: Attributes, words?: string, canvas?: HTMLCanvasElement]} Mark an element of an SVG, with every style as an attribute */

/**
 * @typedef {object} Frame what stands around a saved picture
 * @property {string} title
 * @property {string} caption
 * @property {string} background  a colour
 * @property {string} ink         a colour
 * @property {string} font        a font family
 * @property {string} lang
 */

const MARGIN = 24;
/** Below the title. */
const TOP = 52;
const LINE = 19;

/** @param {string} text @param {number} width in pixels; 6.6 is about the mean width of a letter at 13 pixels */
export function wrap(text, width) {
  const most = Math.max(20, Math.floor(width / 6.6));
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && longer.length > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  return lines;
}

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** @typedef {SVGSVGElement | HTMLElement | null} Picture a drawing, a canvas, or a part of the page with these and words in it */

/**
 * What a file shows: the picture with its title and caption.
 * @param {Picture} picture
 * @param {number} width
 * @param {number} height
 * @param {Frame} frame
 */
function sheetOf(picture, width, height, frame) {
  /** @type {Mark[]} */
  const marks = [];
  const lines = wrap(frame.caption, width);
  const [w, h] = [width + 2 * MARGIN, TOP + height + 14 + lines.length * LINE + MARGIN];
  const fill = frame.ink;
  marks.push(['rect', { width: w, height: h, fill: frame.background }], ['text', { x: MARGIN, y: MARGIN + 14, fill, 'font-weight': '600' }, frame.title]);
  if (picture instanceof HTMLCanvasElement) marks.push(['image', { x: MARGIN, y: TOP, width, height }, '', picture]);
  else if (picture) {
    const { x, y } = picture.getBoundingClientRect();
    shown(marks, picture, MARGIN - x, TOP - y);
  }
  lines.forEach((line, i) => marks.push(['text', { x: MARGIN, y: TOP + height + 14 + LINE * (i + 0.75), fill, 'font-size': '13px', opacity: '0.8' }, line]));
  return { marks, w, h };
}

/**
 * What the screen shows of an element, but for what is there to be pressed.
 * @param {Mark[]} marks  to which they are added
 * @param {Element} element
 * @param {number} dx  from a place on the screen to that in the file
 * @param {number} dy
 * @param {number} [faded]       opacity of what it is in
 * @param {DOMMatrix} [drawing]  where the drawing lies that it is in
 */
function shown(marks, element, dx, dy, faded = 1, drawing = new DOMMatrix()) {
  const look = getComputedStyle(element);
  if (look.display === 'none' || look.visibility === 'hidden' || element.matches('.hit, .visually-hidden, .verbs button')) return;
  const opacity = faded * Number(look.opacity);
  const { x: left, y: top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + dx, top + dy];
  if (element instanceof HTMLCanvasElement) marks.push(['image', { x, y, width, height }, '', element]);
  else if (element.matches('path, line, rect, circle, text')) {
    /** @type {Attributes} */
    const attributes = {};
    for (const { name, value } of element.attributes) if (PLACE.test(name)) attributes[name] = value;
    for (const name in INITIAL) attributes[name] = look.getPropertyValue(name);
    const transform = String(drawing.multiply(/** @type {SVGGraphicsElement} */ (element).getCTM() ?? undefined));
    marks.push([element.localName, { ...attributes, opacity, transform }, element.textContent ?? '']);
  } else {
    const stroke = parseFloat(look.borderTopWidth) ? look.borderTopColor : 'none';
    // Not every program knows colours that let something through.
    const fill = /rgba|\//.test(look.backgroundColor) ? 'none' : look.backgroundColor;
    if (fill !== 'none' || parseFloat(look.borderLeftWidth)) {
      marks.push(['rect', { x, y, width, height, rx: look.borderRadius === '50%' ? width / 2 : 0, fill, stroke, opacity }]);
    } else if (stroke !== 'none') marks.push(['path', { d: `M${x},${y}h${width}`, stroke }]);
    const inside = element instanceof SVGSVGElement ? new DOMMatrix().translate(x, y) : drawing;
    for (const node of element.childNodes) {
      if (node instanceof Element) shown(marks, node, dx, dy, opacity, inside);
      else if (node instanceof Text) sayLines(marks, node, look, dx, dy);
    }
  }
}

/** Words of the page, broken into lines as there. @param {Mark[]} marks @param {Text} text @param {CSSStyleDeclaration} look @param {number} dx @param {number} dy */
function sayLines(marks, text, look, dx, dy) {
  const end = look.textAlign === 'end';
  const range = new Range();
  /** @type {Mark | undefined} */
  let line;
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const { left, right, top, height } = range.getBoundingClientRect();
    // Letters stand on about four fifths of the height that their font asks for.
    const y = top + 0.8 * height + dy;
    if (line?.[1].y === y) line[2] += ` ${word}`;
    else {
      line = ['text', { x: left + dx, y, fill: look.color, 'font-size': look.fontSize, 'font-weight': look.fontWeight, 'text-anchor': end ? 'end' : 'start' }, word];
      marks.push(line);
    }
    if (end) line[1].x = right + dx;
  }
}

/**
 * A stand-alone SVG of what is on the screen, colours and fonts resolved, with title and caption.
 * @param {Picture} picture
 * @param {number} width
 * @param {number} height
 * @param {Frame} frame
 * @param {string | null} vector  markup instead of the picture
 */
export function toSvg(picture, width, height, frame, vector) {
  const { marks, w, h } = sheetOf(vector ? null : picture, width, height, frame);
  const written = marks.map(([name, attributes, words = '', canvas]) => {
    let start = `<${name}`;
    if (canvas) attributes.href = canvas.toDataURL();
    for (const key in attributes) {
      const value = String(attributes[key]);
      if (value !== INITIAL[key]) start += ` ${key}="${escape(value)}"`;
    }
    return `${start}>${escape(words)}</${name}>`;
  });
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" xml:lang="${escape(frame.lang)}" font-family="${escape(frame.font)}" role="img">
<title>${escape(frame.title)}</title><desc>${escape(frame.caption)}</desc>
${written.join('\n')}
${vector ? `<g transform="translate(${MARGIN},${TOP})">${vector}</g>\n` : ''}</svg>
`;
  return { markup, width: w, height: h };
}

/**
 * The same picture as pixels. An SVG could be drawn as an image, but only where the policy of the page lets images be loaded.
 * @param {Picture} picture
 * @param {number} width
 * @param {number} height
 * @param {Frame} frame
 * @returns {Promise<Blob>}
 */
export function toPng(picture, width, height, frame) {
  const { marks, w, h } = sheetOf(picture, width, height, frame);
  const canvas = document.createElement('canvas');
  // No browser refuses a picture of 4,096 × 4,096 pixels, some a larger one.
  const scale = Math.min(2, 4096 / Math.sqrt(w * h));
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  for (const mark of marks) paint(context, mark, frame.font, scale);
  return new Promise((done) => canvas.toBlob((blob) => done(/** @type {Blob} */ (blob))));
}

/** @param {CanvasRenderingContext2D} context @param {Mark} mark @param {string} font @param {number} scale */
function paint(context, [name, attributes, words = '', canvas], font, scale) {
  /** @type {Record<string, any>} */
  const look = { ...INITIAL, ...attributes };
  const number = (/** @type {string} */ key) => parseFloat(look[key] ?? 0);
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(number);
  context.setTransform(new DOMMatrix(`scale(${scale}) ${look.transform}`));
  context.globalAlpha = number('opacity') * number('fill-opacity');
  // A canvas knows no "none".
  context.fillStyle = look.fill.replace('none', '#0000');
  context.strokeStyle = look.stroke.replace('none', '#0000');
  context.lineWidth = number('stroke-width');
  context.lineCap = look['stroke-linecap'];
  context.lineJoin = look['stroke-linejoin'];
  context.setLineDash(look['stroke-dasharray'].match(/[\d.]+/g)?.map(Number) ?? []);
  if (canvas) {
    context.imageSmoothingEnabled = canvas.width > width;
    context.drawImage(canvas, x, y, width, height);
  } else if (name === 'text') {
    context.font = `${look['font-weight']} ${look['font-size']} ${font}`;
    context.direction = look.direction;
    context.textAlign = look['text-anchor'].replace('middle', 'center');
    context.textBaseline = look['dominant-baseline'].replace('auto', 'alphabetic');
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
  } else {
    const path = new Path2D(look.d);
    if (name === 'line') {
      path.moveTo(number('x1'), number('y1'));
      path.lineTo(number('x2'), number('y2'));
    } else if (name === 'rect') path.roundRect(x, y, width, height, number('rx'));
    else if (name === 'circle') path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
    context.fill(path);
    context.globalAlpha = number('opacity') * number('stroke-opacity');
    context.stroke(path);
  }
}
