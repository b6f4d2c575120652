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

const PAINTED = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin',
  'opacity', 'paint-order', 'visibility',
];
const WRITTEN = ['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'font-variant-numeric'];
/** What an element without the attribute would have anyway. @type {Record<string, string>} */
const INITIAL = {
  fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1', 'stroke-dasharray': 'none',
  'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', opacity: '1', 'paint-order': 'normal', visibility: 'visible',
  'dominant-baseline': 'auto', 'font-variant-numeric': 'normal',
};
const SHAPES = 'path,line,rect,circle,text';

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
const LINE = 19;

/** @param {string} text @param {number} width in pixels; 6.6 is about the mean width of a letter at 13 pixels */
export function wrap(text, width) {
  const most = Math.max(20, Math.floor(width / 6.6));
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && line.length + word.length + 1 > most) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines;
}

/** @param {Frame} frame @param {number} width @param {number} height of the picture itself */
function layoutFrame(frame, width, height) {
  const lines = wrap(frame.caption, width);
  const top = MARGIN + (frame.title ? 28 : 0);
  return {
    width: width + 2 * MARGIN,
    height: top + height + (lines.length ? 14 + lines.length * LINE : 0) + MARGIN,
    top,
    lines: lines.map((text, i) => ({ text, y: top + height + 14 + LINE * (i + 0.75) })),
  };
}

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * A stand-alone SVG of what is on the screen, colours and fonts resolved, with title and caption.
 * @param {SVGSVGElement | string} picture  an element in the page, or markup of the given size
 * @param {number} width
 * @param {number} height
 * @param {Frame} frame
 */
export function toSvg(picture, width, height, frame) {
  const inner = typeof picture === 'string' ? picture : resolve(picture);
  const { width: w, height: h, top, lines } = layoutFrame(frame, width, height);
  const text = (/** @type {string} */ words, /** @type {number} */ y, /** @type {string} */ more) =>
    `<text x="${MARGIN}" y="${y}" fill="${frame.ink}" ${more}>${escape(words)}</text>`;
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" xml:lang="${escape(frame.lang)}" font-family="${escape(frame.font)}" role="img">
<title>${escape(frame.title)}</title><desc>${escape(frame.caption)}</desc>
<rect width="${w}" height="${h}" fill="${frame.background}"/>
${frame.title ? text(frame.title, MARGIN + 14, 'font-size="16" font-weight="600"') : ''}
<g transform="translate(${MARGIN},${top})">${inner}</g>
${lines.map((line) => text(line.text, line.y, 'font-size="13" opacity="0.8"')).join('\n')}
</svg>
`;
  return { markup, width: w, height: h };
}

/** The markup inside an SVG element with every computed style written as an attribute. @param {SVGSVGElement} source */
function resolve(source) {
  const copy = /** @type {SVGSVGElement} */ (source.cloneNode(true));
  const from = source.querySelectorAll('*');
  const to = copy.querySelectorAll('*');
  /** @type {Element[]} */
  const unseen = [];
  from.forEach((element, i) => {
    const twin = to[i];
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden' || element.classList.contains('hit')) unseen.push(twin);
    for (const { name } of [...twin.attributes]) {
      if (/^(class|part|tabindex|role|id|href)$/.test(name) || name.startsWith('aria-') || name.startsWith('data-')) twin.removeAttribute(name);
    }
    const properties = element.matches(SHAPES) ? PAINTED : element.matches('g') ? ['opacity'] : [];
    for (const name of element.matches('text') ? [...properties, ...WRITTEN] : properties) {
      const value = style.getPropertyValue(name);
      if (value && value !== INITIAL[name]) twin.setAttribute(name, value);
    }
  });
  for (const element of unseen) element.remove();
  return copy.innerHTML.replace(/<!--[\s\S]*?-->/g, '');
}

/**
 * The same picture as pixels.
 * @param {SVGSVGElement | HTMLCanvasElement} picture
 * @param {number} width
 * @param {number} height
 * @param {Frame} frame
 * @param {number} [scale]
 * @returns {Promise<Blob>}
 */
export function toPng(picture, width, height, frame, scale = 2) {
  const { width: w, height: h, top, lines } = layoutFrame(frame, width, height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(scale, scale);
  context.fillStyle = frame.background;
  context.fillRect(0, 0, w, h);
  context.fillStyle = frame.ink;
  context.font = `600 16px ${frame.font}`;
  context.fillText(frame.title, MARGIN, MARGIN + 14);
  context.font = `13px ${frame.font}`;
  context.globalAlpha = 0.8;
  for (const line of lines) context.fillText(line.text, MARGIN, line.y);
  context.globalAlpha = 1;
  if (picture instanceof SVGSVGElement) {
    const base = new DOMMatrix().scale(scale).translate(MARGIN, top);
    for (const element of picture.querySelectorAll(SHAPES)) paint(context, /** @type {SVGGraphicsElement} */ (element), base, picture);
  } else {
    context.imageSmoothingEnabled = picture.width > width;
    context.drawImage(picture, MARGIN, top, width, height);
  }
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('This browser could not make a PNG of the picture.'))), 'image/png'),
  );
}

/**
 * One shape as the screen shows it. An SVG could be drawn as an image, but only where the policy of the page lets images be loaded.
 * @param {CanvasRenderingContext2D} context
 * @param {SVGGraphicsElement} element
 * @param {DOMMatrix} base
 * @param {SVGSVGElement} root
 */
function paint(context, element, base, root) {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || element.classList.contains('hit')) return;
  let opacity = 1;
  for (let node = /** @type {Element | null} */ (element); node && node !== root; node = node.parentElement) {
    const own = getComputedStyle(node);
    if (own.display === 'none') return;
    opacity *= Number(own.opacity);
  }
  const own = element.getCTM();
  context.save();
  context.setTransform(own ? base.multiply(new DOMMatrix([own.a, own.b, own.c, own.d, own.e, own.f])) : base);
  context.globalAlpha = opacity * Number(style.fillOpacity);
  context.fillStyle = style.fill;
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth);
  context.lineCap = /** @type {CanvasLineCap} */ (style.strokeLinecap);
  context.lineJoin = /** @type {CanvasLineJoin} */ (style.strokeLinejoin === 'arcs' ? 'miter' : style.strokeLinejoin);
  context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  const filled = style.fill !== 'none';
  const stroked = style.stroke !== 'none' && context.lineWidth > 0;
  const number = (/** @type {string} */ name) => Number(element.getAttribute(name) ?? 0);
  if (element.matches('text')) {
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ends = style.direction === 'rtl' ? { start: 'right', middle: 'center', end: 'left' } : { start: 'left', middle: 'center', end: 'right' };
    context.textAlign = /** @type {CanvasTextAlign} */ (ends[/** @type {'start'} */ (style.textAnchor)] ?? 'left');
    const baseline = style.dominantBaseline;
    context.textBaseline = baseline === 'middle' || baseline === 'central' ? 'middle' : baseline === 'hanging' ? 'hanging' : 'alphabetic';
    const words = element.textContent ?? '';
    if (stroked) context.strokeText(words, number('x'), number('y'));
    if (filled) context.fillText(words, number('x'), number('y'));
  } else {
    const path = new Path2D(element.matches('path') ? (element.getAttribute('d') ?? '') : undefined);
    if (element.matches('line')) {
      path.moveTo(number('x1'), number('y1'));
      path.lineTo(number('x2'), number('y2'));
    } else if (element.matches('rect')) path.rect(number('x'), number('y'), number('width'), number('height'));
    else if (element.matches('circle')) path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
    if (filled) context.fill(path);
    context.globalAlpha = opacity * Number(style.strokeOpacity);
    if (stroked) context.stroke(path);
  }
  context.restore();
}
