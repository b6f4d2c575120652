import { css, html, nothing } from 'lit';
import { choice, define, LtFigure } from './base.js';
import { count, percent } from './format.js';
import { panel, theme } from './theme.js';
import { paintTile, ramp, strongest } from './tiles.js';
import { deadLast, inDegrees, layoutAtlas } from './units-layout.js';

/** @typedef {import('./types.js').UnitsData} UnitsData */
/** @typedef {import('./types.js').UnitsLayer} UnitsLayer */
/** @typedef {'mask' | 'initial' | 'trained' | 'movement' | 'age'} View */

/** @type {View[]} */
const VIEWS = ['mask', 'initial', 'trained', 'movement', 'age'];

/**
 * What every unit looks at: its incoming weights as an image, all units in one bitmap.
 * @extends {LtFigure<UnitsData>}
 */
export class LtUnits extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { layer: { type: Number }, view: { type: String }, over: { state: true } };
  static styles = [
    theme,
    panel,
    css`
      .picture {
        aspect-ratio: 581 / 436;
        max-inline-size: 62rem;
      }
      @container lt-figure (inline-size < 35rem) {
        .picture {
          aspect-ratio: 349 / 726;
        }
      }
      .stage {
        position: absolute;
        inset: 0;
        cursor: pointer;
        direction: ltr;
      }
      .atlas {
        position: absolute;
        inset-block-start: 0;
        inset-inline-start: 0;
      }
      .mark {
        position: absolute;
        inset-block-start: 0;
        inset-inline-start: 0;
        border: 2px solid var(--_fg);
        border-radius: 2px;
        pointer-events: none;
        outline: 2px solid var(--_bg);
      }
      .mark[hidden] {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {number | null} index into data.layers */
    this.layer = null;
    /** @type {View | null} */
    this.view = null;
    /** @type {number | null} the unit under the pointer */
    this.over = null;
    /** @private @type {{of: UnitsLayer, round: number, into: Uint16Array, dead: ArrayLike<number>, order: number[]} | null} */
    this._facts = null;
    /** @private @type {string} */
    this._key = '';
    /** @private @type {UnitsData | null} */
    this._painted = null;
    /** How the atlas was painted. @private @type {ReturnType<LtUnits['scale']> | null} */
    this._scale = null;
  }

  /** @returns {UnitsLayer | null} */
  get shown() {
    const layers = this.data?.layers ?? [];
    return layers[this.layer ?? this.data?.layer ?? 0] ?? layers[0] ?? null;
  }
  get shownIndex() {
    return this.shown ? (this.data?.layers.indexOf(this.shown) ?? 0) : 0;
  }
  /** @returns {View[]} */
  get views() {
    const shown = this.shown;
    return VIEWS.filter((view) => shown && (view === 'mask' || (view === 'movement' ? shown.initial && shown.trained : shown[view])));
  }
  /** @returns {View} */
  get shownView() {
    const wanted = this.view ?? this.data?.view ?? 'trained';
    return this.views.includes(wanted) ? wanted : 'mask';
  }
  /** The unit spoken of: under the pointer, else chosen. */
  get lit() {
    if (this.over !== null) return this.over;
    const chosen = this.data?.selected;
    return chosen && chosen.layer === this.shownIndex + 1 && chosen.unit < (this.shown?.outputs ?? 0) ? chosen.unit : null;
  }

  controls() {
    const layers = this.data?.layers ?? [];
    return html`${layers.length > 1
      ? choice({
          name: 'layer',
          label: this.t('figure.layer'),
          choices: layers.map((_, i) => ({ value: String(i), label: i > 1 ? this.layerName(i) : this.t(`units.layer.${i}`) })),
          value: String(this.shownIndex),
          change: (value) => {
            this.layer = Number(value);
            this.over = null;
            this.say('lt-layer', { layer: this.layer });
          },
        })
      : nothing}
    ${choice({
      name: 'view',
      label: this.t('units.view'),
      choices: this.views.map((view) => ({ value: view, label: this.t(`units.${view}`) })),
      value: this.shownView,
      change: (value) => {
        this.view = /** @type {View} */ (value);
        this.say('lt-view', { view: value });
      },
    })}`;
  }

  layout() {
    const shown = /** @type {UnitsLayer} */ (this.shown);
    return layoutAtlas(shown.outputs, shown.inputs, this.box.width, this.box.height);
  }

  /** Counted once for each data and layer, however often it is asked for. */
  facts() {
    const shown = /** @type {UnitsLayer} */ (this.shown);
    if (this._facts?.of === shown && this._facts.round === this.data?.round) return this._facts;
    const into = inDegrees(shown.age, shown.inputs, shown.outputs, this.data?.round ?? 0);
    const dead = shown.dead ?? into.map((n) => (n === 0 ? 1 : 0));
    this._facts = { of: shown, round: this.data?.round ?? 0, into, dead, order: deadLast(dead) };
    return this._facts;
  }

  picture() {
    const shown = this.shown;
    const lit = this.lit;
    return html`<div
      class="stage"
      part="stage"
      role="slider"
      tabindex="0"
      aria-label=${this.t('units.slider')}
      aria-valuemin="1"
      aria-valuemax=${shown?.outputs ?? 1}
      aria-valuenow=${(lit ?? 0) + 1}
      aria-valuetext=${shown && lit !== null ? this.unitSentence(lit) : this.caption()}
      @pointermove=${this.point}
      @pointerleave=${() => (this.over = null)}
      @click=${this.pick}
      @keydown=${this.key}
      @blur=${() => (this.over = null)}
    >
      <canvas class="atlas"></canvas>
      <div class="mark" hidden></div>
    </div>`;
  }

  beneath() {
    const lit = this.shown ? this.lit : null;
    return html`<div class="unit" part="unit">
      <canvas class="field" ?hidden=${lit === null} aria-hidden="true"></canvas>
      <div>${lit === null ? html`<p class="hint">${this.t('units.hint')}</p>` : html`<p>${this.unitSentence(lit)}</p>`}</div>
    </div>`;
  }

  /** @param {number} unit */
  unitSentence(unit) {
    const shown = /** @type {UnitsLayer} */ (this.shown);
    const { into, dead } = this.facts();
    const name = this.t('unit.hidden', { unit: unit + 1, layer: this.shownIndex + 1 });
    const ways = this.t('connections.in', { n: count(this.locale, into[unit]), of: count(this.locale, shown.inputs) });
    const out = shown.outDegree ? ` · ${this.t('units.out', { n: count(this.locale, shown.outDegree[unit]) })}` : '';
    return `${name}${dead[unit] ? ` – ${this.t('connections.dead')}` : ''}: ${ways}${out}`;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const atlas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.atlas'));
    if (!atlas || !this.box.width) return;
    if (!this.shown || !this.data) {
      atlas.width = atlas.height = 1;
      return;
    }
    const key = [this.shownIndex, this.shownView, this.box.width, this.box.height, this.colours].join();
    if (key !== this._key || this._painted !== this.data || changed.has('colours')) this.paint(atlas);
    this._key = key;
    this._painted = this.data;
    this.mark();
  }

  /**
   * How a weight of the shown layer is written as −1…1.
   * @returns {{value: (i: number) => number, positive: [number, number, number], negative: [number, number, number]}}
   */
  scale() {
    const { age, initial, trained } = /** @type {UnitsLayer} */ (this.shown);
    const { round, rounds } = /** @type {UnitsData} */ (this.data);
    const view = this.shownView;
    const alive = (/** @type {number} */ i) => !age || round <= 0 || age[i] >= round;
    const sign = { positive: this.colour('pos'), negative: this.colour('neg') };
    if (view === 'age' && age) {
      const oldest = Math.max(1, rounds);
      const colour = this.colour('ticket');
      // The oldest are the fewest and matter most: opacity grows faster than age.
      return { value: (i) => (age[i] / oldest) ** 1.5, positive: colour, negative: colour };
    }
    if (view === 'movement' && initial && trained) {
      const strong = 2 * strongest(initial, 0.8);
      return { value: (i) => (alive(i) ? (trained[i] - initial[i]) / strong || 1e-9 : 0), ...sign };
    }
    const weights = view === 'initial' ? initial : view === 'trained' ? trained : null;
    if (weights) {
      const strong = strongest(weights);
      return { value: (i) => (alive(i) ? weights[i] / strong || 1e-9 : 0), ...sign };
    }
    const ink = this.colour('fg');
    return { value: (i) => (alive(i) ? 0.8 : 0), positive: ink, negative: ink };
  }

  /** @private @param {HTMLCanvasElement} atlas */
  paint(atlas) {
    const shown = /** @type {UnitsLayer} */ (this.shown);
    const { corner, bitmapWidth, bitmapHeight, tileWidth, tileHeight, scale } = this.layout();
    const { dead, order } = this.facts();
    this._scale = this.scale();
    const { value, positive, negative } = this._scale;
    const up = ramp(positive);
    const down = ramp(negative);
    const bitmap = document.createElement('canvas');
    bitmap.width = bitmapWidth;
    bitmap.height = bitmapHeight;
    const context = /** @type {CanvasRenderingContext2D} */ (bitmap.getContext('2d'));
    const image = context.createImageData(bitmapWidth, bitmapHeight);
    const out = new Uint32Array(image.data.buffer);
    const [lr, lg, lb] = this.colour('line');
    const [dr, dg, db] = this.colour('dead');
    const paper = ((90 << 24) | (lb << 16) | (lg << 8) | lr) >>> 0;
    const grave = ((255 << 24) | (db << 16) | (dg << 8) | dr) >>> 0;
    order.forEach((unit, place) => {
      const { x, y } = corner(place);
      for (let row = 0; row < tileHeight; row += 1) out.fill(dead[unit] ? grave : paper, (y + row) * bitmapWidth + x, (y + row) * bitmapWidth + x + tileWidth);
      if (dead[unit] && this.shownView !== 'age') return;
      paintTile(out, bitmapWidth, x, y, tileWidth, shown.inputs, (i) => value(i * shown.outputs + unit), up, down);
    });
    context.putImageData(image, 0, 0);
    // Enlarged in whole steps first, so that every weight is a square, and only then fitted.
    const times = Math.max(1, Math.min(4, Math.ceil(scale * (devicePixelRatio || 1))));
    atlas.width = bitmapWidth * times;
    atlas.height = bitmapHeight * times;
    const large = /** @type {CanvasRenderingContext2D} */ (atlas.getContext('2d'));
    large.imageSmoothingEnabled = false;
    large.drawImage(bitmap, 0, 0, atlas.width, atlas.height);
    atlas.style.inlineSize = `${bitmapWidth * scale}px`;
    atlas.style.blockSize = `${bitmapHeight * scale}px`;
  }

  /** @private */
  mark() {
    const mark = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.mark'));
    const field = /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('.field'));
    const lit = this.lit;
    mark.hidden = lit === null;
    if (lit === null) return;
    const shown = /** @type {UnitsLayer} */ (this.shown);
    const { corner, tileWidth, tileHeight, scale } = this.layout();
    const { x, y } = corner(this.facts().order.indexOf(lit));
    mark.style.transform = `translate(${x * scale - 2}px, ${y * scale - 2}px)`;
    mark.style.inlineSize = `${tileWidth * scale + 4}px`;
    mark.style.blockSize = `${tileHeight * scale + 4}px`;
    field.width = tileWidth;
    field.height = tileHeight;
    const context = /** @type {CanvasRenderingContext2D} */ (field.getContext('2d'));
    const image = context.createImageData(tileWidth, tileHeight);
    const { value, positive, negative } = (this._scale ??= this.scale());
    paintTile(new Uint32Array(image.data.buffer), tileWidth, 0, 0, tileWidth, shown.inputs, (i) => value(i * shown.outputs + lit), ramp(positive), ramp(negative));
    context.putImageData(image, 0, 0);
  }

  /** @private @param {MouseEvent} event */
  under(event) {
    if (!this.shown || !this.box.width) return null;
    const bounds = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const place = this.layout().placeAt(event.clientX - bounds.left, event.clientY - bounds.top);
    return place < 0 ? null : this.facts().order[place];
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (event.pointerType !== 'touch') this.over = this.under(event);
  }

  /** @param {MouseEvent} event */
  pick(event) {
    const unit = this.under(event);
    if (unit === null) return;
    this.over = unit;
    this.say('lt-select-unit', { layer: this.shownIndex + 1, unit });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const { order } = this.facts();
    const { columns } = this.layout();
    const lit = this.lit;
    const at = lit === null ? -1 : order.indexOf(lit);
    /** @type {Record<string, number>} */
    const moves = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at < 0 ? 0 : at + columns,
      ArrowUp: at - columns,
      Home: 0,
      End: order.length - 1,
    };
    if (event.key === 'Enter' || event.key === ' ') {
      if (lit !== null) this.say('lt-select-unit', { layer: this.shownIndex + 1, unit: lit });
    } else if (event.key in moves) {
      const to = moves[event.key];
      if (to >= 0 && to < order.length) this.over = order[to];
    } else return;
    event.preventDefault();
  }

  caption() {
    const shown = this.shown;
    const { data } = this;
    if (!shown || !data) return this.t('figure.empty');
    const { dead } = this.facts();
    const gone = Array.from(dead).filter(Boolean).length;
    const words = { units: count(this.locale, shown.outputs), dead: count(this.locale, gone), inputs: count(this.locale, shown.inputs), round: data.round };
    return [
      this.t(`units.caption.${Math.min(1, this.shownIndex)}`, words),
      this.t(`units.shows.${this.shownView}`, { signs: this.signWords(), rounds: data.rounds }),
      gone ? this.t('units.dead', { count: gone, ...words }) : '',
    ]
      .filter(Boolean)
      .join(' ');
  }

  table() {
    const shown = this.shown;
    if (!shown) return { columns: [], rows: [] };
    const { into, dead } = this.facts();
    const p = (/** @type {number} */ share) => percent(this.locale, share);
    return {
      columns: [
        { key: 'unit', label: this.t('column.unit') },
        { key: 'connections_in', label: this.t('column.in') },
        { key: 'percent_in', label: '%', format: p },
        { key: 'connections_out', label: this.t('column.out') },
        { key: 'dead', label: this.t('column.dead'), format: (/** @type {number} */ d) => this.t(d ? 'figure.yes' : 'figure.no') },
      ],
      rows: Array.from({ length: shown.outputs }, (_, unit) => [
        unit + 1,
        into[unit],
        (into[unit] / shown.inputs) * 100,
        shown.outDegree?.[unit] ?? null,
        dead[unit] ? 1 : 0,
      ]),
    };
  }

  snapshot() {
    return /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.atlas'));
  }
}

define('lt-units', LtUnits);
