import { LitElement, html, nothing, svg } from 'lit';
import { langOf, loadLanguage, onLanguage, spoken, t } from '../strings/index.js';
import { lookOf, shapePath } from './arms.js';
import { toCsv, written } from './csv.js';
import { count } from './format.js';
import { saveBlob, svgBlob, toPng, toSvg } from './save.js';
import { theme } from './theme.js';

/** @typedef {import('./csv.js').Table} Table */
/** @typedef {import('../strings/index.js').Params} Params */
/** @typedef {import('lit').TemplateResult | typeof nothing} Part */

/** Milliseconds of a frame that figures may take together. */
const FRAME = 8;

/** @type {(() => void)[]} figures that wait for their turn */
const waiting = [];

/** A turn in one of the next frames: a page full of figures that all have news is not held until the last of them is drawn. */
const turnToDraw = () =>
  new Promise((/** @type {(value: void) => void} */ done) => {
    waiting.push(done);
    if (waiting.length === 1) requestAnimationFrame(giveTurns);
  });

async function giveTurns() {
  const end = performance.now() + FRAME;
  do {
    waiting[0]();
    // The figure draws while this waits; it leaves the queue afterwards, so that whoever comes meanwhile does not ask for another frame.
    await null;
    waiting.shift();
  } while (waiting.length && performance.now() < end);
  if (waiting.length) requestAnimationFrame(giveTurns);
}

/** Rows a table shows in the page; files have them all. */
const TABLE_ROWS = 200;

/**
 * What all figures have in common: a frame with title, picture at its reserved size, caption, table of values and files to save;
 * words in the reader's language; one drawing a frame, and only when something changed. A figure says what is in the frame.
 *
 * @template Data
 */
export class LtFigure extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    data: { attribute: false },
    heading: { type: String },
    note: { type: String },
    compact: { type: Boolean, reflect: true },
    box: { state: true },
    colours: { state: true },
    tableOpen: { state: true },
  };
  static styles = [theme];

  constructor() {
    super();
    /** @type {Data | null} */
    this.data = null;
    /** @type {string | null} */
    this.heading = null;
    /** @type {string | null} */
    this.note = null;
    this.compact = false;
    /** Size of the picture in CSS pixels; 0 until it is in the page. */
    this.box = { width: 0, height: 0 };
    /** Counts changes of theme. */
    this.colours = 0;
    /** What colours are worth, until they change: asking costs a style of the whole page. @private @type {Map<string, [number, number, number]>} */
    this._worth = new Map();
    this.tableOpen = false;
    /** @private @type {ResizeObserver | null} */
    this._resize = null;
    /** @private @type {Element | null} */
    this._observed = null;
    /** @private @type {(() => void) | null} */
    this._endLanguage = null;
    /** Whether canvases are painted for paper. @private */
    this._paper = false;
    /** Paper is white whatever the theme, and there is no later; back on the screen, styles follow only after the event. @private */
    this._toPrint = (/** @type {Event} */ { type }) => {
      this._paper = type === 'beforeprint';
      if (!this._paper) requestAnimationFrame(() => this.recolour());
      else {
        this.recolour();
        this.performUpdate();
      }
    };
    /** @private */
    this._name = this.localName.replace(/^lt-/, '');
  }

  // --- what a figure says ---------------------------------------------------------------------------------------------------

  /** @returns {string} */
  headline() {
    return this.t(`${this._name}.title`);
  }
  /** Choices at the right of the title. @returns {Part} */
  controls() {
    return nothing;
  }
  /** @returns {Part} */
  picture() {
    return nothing;
  }
  /** Whether there is nothing to show, and so to save. */
  get empty() {
    return !this.data;
  }
  /** What is shown of what there is. @returns {string} */
  caption() {
    return '';
  }
  /** The numbers behind the picture, at most so many rows. @param {number} _limit @returns {Table | null} */
  table(_limit) {
    return null;
  }
  /** What is saved as a picture: an SVG in the page, a canvas, or a part of the page as the screen shows it. @returns {SVGSVGElement | HTMLElement | null} */
  snapshot() {
    return this.renderRoot.querySelector('.picture > svg:only-child') ?? this.renderRoot.querySelector('.picture');
  }
  /** Markup that stands for a canvas in an SVG file, where there is a better one than its pixels. @returns {string | null} */
  vector() {
    return null;
  }

  // --- words ----------------------------------------------------------------------------------------------------------------

  get locale() {
    return spoken(langOf(this));
  }
  /** @param {string} key @param {Params} [params] */
  t(key, params) {
    return t(this.locale, key, params);
  }
  /** The name of an arm in the reader's language. @param {string} arm */
  armName(arm) {
    const key = `arm.${arm}`;
    const name = this.t(key);
    return name === key ? arm : name;
  }

  /** What positive and negative weights do, by their colours where these are blue and orange; a page may have chosen others. */
  signWords() {
    const [r, g, b] = this.colour('pos');
    const [red, green, blue] = this.colour('neg');
    const usual = (b > g && g > r && red > green && green > blue) || !this.hasUpdated;
    return this.t(usual ? 'signs' : 'signs.other');
  }

  /** The name of a layer of connections; −1 are all. @param {number} layer */
  layerName(layer) {
    return this.t(layer < 0 ? 'layer.all' : layer > 2 ? 'layer.n' : `layer.${layer}`, { n: layer + 1 });
  }
  /**
   * Lets the reader choose among layers where there is more than one.
   * @param {{layer: number}[]} layers
   * @param {number | undefined} shown
   * @param {(layer: number) => void} change
   * @returns {Part}
   */
  layerChoice(layers, shown, change) {
    if (layers.length < 2) return nothing;
    return choice({
      name: 'layer',
      label: this.t('figure.layer'),
      choices: layers.map(({ layer }) => ({ value: String(layer), label: this.layerName(layer) })),
      value: String(shown),
      change: (value) => {
        change(Number(value));
        this.say('lt-layer', { layer: Number(value) });
      },
    });
  }

  // --- life -----------------------------------------------------------------------------------------------------------------

  connectedCallback() {
    super.connectedCallback();
    // For the page around whoever shows it.
    this.setAttribute('exportparts', 'header,heading,menu,tools,choice,picture,readout,caption,unit,values');
    this._worth.clear();
    void loadLanguage(langOf(this));
    this._endLanguage = onLanguage(() => {
      void loadLanguage(langOf(this));
      this.requestUpdate();
    });
    addEventListener('beforeprint', this._toPrint);
    addEventListener('afterprint', this._toPrint);
    this._resize = new ResizeObserver(() => this.fit());
    if (this.hasUpdated) this.watchPicture();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this._endLanguage?.();
    removeEventListener('beforeprint', this._toPrint);
    removeEventListener('afterprint', this._toPrint);
    this._resize?.disconnect();
    this._observed = null;
  }

  /** Once a frame at most, however often data arrives. The first time at once, so that nothing flashes. */
  async scheduleUpdate() {
    if (this.hasUpdated && document.visibilityState === 'visible') await turnToDraw();
    super.scheduleUpdate();
  }

  firstUpdated() {
    this.watchPicture();
  }

  /** @private */
  watchPicture() {
    const picture = this.renderRoot.querySelector('.picture');
    if (picture && picture !== this._observed) {
      this._resize?.observe(picture);
      this._observed = picture;
      this.fit();
    }
  }

  /** @private */
  fit() {
    if (!this._observed) return;
    const { clientWidth: width, clientHeight: height } = this._observed;
    if (width && (width !== this.box.width || height !== this.box.height)) this.box = { width, height };
  }

  // --- frame ----------------------------------------------------------------------------------------------------------------

  render() {
    const title = this.heading ?? this.headline();
    const caption = this.caption();
    return html`<figure class=${this.empty ? 'empty' : ''} part="figure" aria-label=${title || nothing}>
      ${this.compact
        ? nothing
        : html`<div class="header" part="header">
            ${title ? html`<p class="heading" part="heading">${title}</p>` : nothing}
            ${this.menu()}
            <div class="tools" part="tools">${this.controls()}</div>
          </div>`}
      <div class="picture" part="picture">${this.picture()}</div>
      ${this.below()}
      <figcaption part="caption">${caption} ${this.note ?? nothing}<slot name="note"></slot></figcaption>
      ${this.beneath()}${this.compact ? nothing : this.values()}
      <div class="visually-hidden probe" aria-hidden="true" @transitionend=${this.recolour}><i></i></div>
    </figure>`;
  }

  /** Between picture and caption. @returns {Part} */
  below() {
    return nothing;
  }

  /** After the caption. @returns {Part} */
  beneath() {
    return nothing;
  }

  /** @returns {Part} */
  menu() {
    const shut = (/** @type {HTMLDetailsElement} */ menu) => {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    };
    const save = (/** @type {'svg' | 'png' | 'csv'} */ kind) => (/** @type {Event} */ event) => {
      shut(/** @type {HTMLDetailsElement} */ (/** @type {Element} */ (event.currentTarget).closest('details')));
      void this.save(kind);
    };
    const leave = (/** @type {FocusEvent} */ event) => {
      const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
      if (!menu.contains(/** @type {Node | null} */ (event.relatedTarget))) menu.open = false;
    };
    const close = (/** @type {KeyboardEvent} */ event) => {
      const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
      if (event.key === 'Escape' && menu.open) shut(menu);
    };
    return html`<details class="menu" part="menu" @focusout=${leave} @keydown=${close}>
      <summary>${this.t('figure.save')}</summary>
      <div>
        ${/** @type {const} */ (['svg', 'png', 'csv']).map((kind) => html`<button type="button" @click=${save(kind)}>${this.t(`figure.save.${kind}`)}</button>`)}
      </div>
    </details>`;
  }

  /** The table of values, folded away. @returns {Part} */
  values() {
    const toggle = (/** @type {Event} */ event) => {
      this.tableOpen = /** @type {HTMLDetailsElement} */ (event.currentTarget).open;
    };
    return html`<details class="values" part="values" @toggle=${toggle}>
      <summary>${this.t('figure.values')}</summary>
      ${this.tableOpen ? this.valueTable() : nothing}
    </details>`;
  }

  /** @private */
  valueTable() {
    const table = this.table(TABLE_ROWS);
    if (!table || !table.rows.length) return html`<p>${this.t('figure.empty')}</p>`;
    const { columns } = table;
    const total = table.total ?? table.rows.length;
    const rows = table.rows.slice(0, TABLE_ROWS);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${`${this.heading || this.headline()}: ${this.t('figure.values')}`}>
      <table>
        ${total > rows.length
          ? html`<caption>${this.t('figure.firstRows', { shown: count(this.locale, rows.length), total: count(this.locale, total) })}</caption>`
          : nothing}
        <thead>
          <tr>${columns.map((column) => html`<th scope="col">${column.label}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>${row.map((value, i) => {
                const text = written(columns[i], value);
                return i === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`;
              })}</tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  // --- colours --------------------------------------------------------------------------------------------------------------

  /** @private */
  recolour() {
    this._worth.clear();
    this.colours += 1;
  }

  /**
   * What a token is worth now, for a canvas.
   * @param {string} name such as 'pos'
   * @returns {[number, number, number]}
   */
  colour(name) {
    const known = this._worth.get(name);
    if (known) return known;
    const probe = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.probe i'));
    if (!probe || !this.isConnected) return [0, 0, 0];
    const sample = document.createElement('span');
    sample.style.color = `var(--_${name})`;
    if (this._paper) sample.style.colorScheme = 'light';
    probe.append(sample);
    const text = getComputedStyle(sample).color;
    sample.remove();
    const worth = rgb(text);
    this._worth.set(name, worth);
    return worth;
  }

  // --- files ----------------------------------------------------------------------------------------------------------------

  /** Saves the picture or its numbers as a file. @param {'svg' | 'png' | 'csv'} kind */
  async save(kind) {
    saveBlob(await this.file(kind), `lottery-ticket-${this._name}.${kind}`);
  }

  /** The picture or its numbers. @param {'svg' | 'png' | 'csv'} kind @returns {Promise<Blob>} */
  async file(kind) {
    if (kind === 'csv') {
      const table = this.table(Infinity) ?? { columns: [], rows: [] };
      return new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' });
    }
    await this.updateComplete;
    return kind === 'svg' ? svgBlob((await this.svg()).markup) : toPng(...this.sheet());
  }

  /** The picture with title and caption, as an SVG that stands alone. */
  async svg() {
    await this.updateComplete;
    return toSvg(...this.sheet(), this.vector());
  }

  /** What goes into a file, and its size. @private @returns {[ReturnType<LtFigure<any>['snapshot']>, number, number, import('./save.js').Frame]} */
  sheet() {
    const picture = this.snapshot();
    let { width, height } = this.box;
    width ||= 600;
    if (picture instanceof HTMLCanvasElement) height = (width * picture.height) / picture.width;
    else if (picture instanceof HTMLElement) ({ width, height } = picture.getBoundingClientRect());
    return [picture, width, height, this.frame()];
  }

  /** What stands around a saved picture. @returns {import('./save.js').Frame} */
  frame() {
    return {
      title: this.heading || this.headline(),
      caption: [this.caption(), this.note].filter(Boolean).join(' '),
      background: cssColour(this.colour('bg')),
      ink: cssColour(this.colour('fg')),
      font: getComputedStyle(this).fontFamily,
      lang: this.locale,
    };
  }

  // --- events ---------------------------------------------------------------------------------------------------------------

  /** @param {string} type @param {unknown} [detail] */
  say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/**
 * A figure that shows one of several layers: the reader's choice before that of the data.
 * @template {{layers: {layer: number}[], layer?: number}} Data
 * @extends {LtFigure<Data>}
 */
export class LayeredFigure extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { layer: { type: Number } };

  constructor() {
    super();
    /** @type {number | null} */
    this.layer = null;
  }

  /** @returns {Data['layers'][number] | null} */
  get shown() {
    const layers = this.data?.layers ?? [];
    const wanted = this.layer ?? this.data?.layer;
    return layers.find(({ layer }) => layer === wanted) ?? layers[0] ?? null;
  }

  controls() {
    return this.layerChoice(this.data?.layers ?? [], this.shown?.layer, (layer) => (this.layer = layer));
  }
}

/** @param {[number, number, number]} colour */
export const cssColour = ([r, g, b]) => `rgb(${r},${g},${b})`;

/** "rgb(1, 2, 3)" or "color(srgb 0.1 0.2 0.3)" as bytes. @param {string} text @returns {[number, number, number]} */
function rgb(text) {
  const numbers = text.replace(/^[^(]*\((srgb )?/, '').match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
  const scale = text.startsWith('color(') ? 255 : 1;
  const [r, g, b] = numbers.map((number) => Math.round(number * scale));
  return [r, g, b];
}

export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** @template {CustomElementConstructor} C @param {string} name @param {C} element */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}

/**
 * A group of radio buttons that look like words.
 * @param {object} options
 * @param {string} options.name      unique within the figure
 * @param {string} options.label     what is chosen, for those who hear the page
 * @param {{value: string, label: string}[]} options.choices
 * @param {string} options.value
 * @param {(value: string) => void} options.change
 */
export function choice({ name, label, choices, value, change }) {
  return html`<fieldset class="choice" part="choice">
    <legend class="visually-hidden">${label}</legend>
    ${choices.map(
      (each) =>
        html`<label
          ><input type="radio" name=${name} .checked=${each.value === value} @change=${() => change(each.value)} />${each.label}</label
        >`,
    )}
  </fieldset>`;
}

/** How the line of an arm looks, for a list of lines. @param {string} arm @param {boolean} [points] with its points */
export function sample(arm, points = false) {
  const { dash, shape } = lookOf(arm);
  return html`<svg class="sample" aria-hidden="true">
    <line x1="0" x2="22" y1="5" y2="5" stroke-dasharray=${dash || 'none'} />
    ${points ? svg`<path transform="translate(11,5)" d=${shapePath(shape, 4)} />` : nothing}
  </svg>`;
}

/**
 * The axes of a chart with their numbers, and what the lower one counts.
 * @param {object} options
 * @param {{left: number, right: number, top: number, bottom: number}} options.plot
 * @param {{at: number, value: number}[]} options.xTicks
 * @param {{at: number, value: number}[]} options.yTicks
 * @param {(value: number) => string} options.x
 * @param {(value: number) => string} options.y
 * @param {string} options.label
 * @param {boolean} [options.line]  the lower axis is drawn, with marks at its numbers
 */
export function axes({ plot: { left, right, bottom }, xTicks, yTicks, x, y, label, line = false }) {
  return svg`${yTicks.map(
    (tick) =>
      svg`<line class="axis" x1=${left} x2=${right} y1=${tick.at} y2=${tick.at} />
      <text class="muted" x=${left - 8} y=${tick.at} text-anchor="end" dominant-baseline="middle">${y(tick.value)}</text>`,
  )}
  ${xTicks.map(
    (tick) =>
      svg`${line ? svg`<line class="axis" x1=${tick.at} x2=${tick.at} y1=${bottom} y2=${bottom + 5} />` : nothing}
      <text class="muted" x=${tick.at} y=${bottom + 18} text-anchor="middle">${x(tick.value)}</text>`,
  )}
  ${line ? svg`<line class="axis" x1=${left} x2=${right} y1=${bottom} y2=${bottom} />` : nothing}
  <text class="muted" x=${(left + right) / 2} y=${bottom + 37} text-anchor="middle">${label}</text>`;
}
