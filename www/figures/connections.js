import { css, html, nothing } from 'lit';
import { cssColour, define, LtFigure, reducedMotion } from './base.js';
import { capacity, countAlive, degrees, layoutGraph, step, unitAt, unitLinks } from './connections-layout.js';
import { paintField, paintUnit, paintUnits } from './connections-overlay.js';
import { Painter } from './connections-paint.js';
import { count, decimal, percent } from './format.js';
import { panel, theme } from './theme.js';

/** @typedef {import('./types.js').ConnectionsData} ConnectionsData */
/** @typedef {import('./types.js').UnitDetail} UnitDetail */
/** @typedef {import('./connections-layout.js').Graph} Graph */

/** Share of the time that pictures of a run in progress may take. */
const DUTY = 0.05;

/**
 * Every surviving connection.
 * @extends {LtFigure<ConnectionsData>}
 */
export class LtConnections extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { unit: { state: true } };
  static styles = [
    theme,
    panel,
    css`
      .picture {
        aspect-ratio: 16 / 9;
        max-block-size: 44rem;
      }
      @container lt-figure (inline-size < 35rem) {
        .picture {
          aspect-ratio: 3 / 4.6;
        }
      }
      .stage {
        position: absolute;
        inset: 0;
        border-radius: 0.5rem;
        touch-action: pan-y;
        direction: ltr;
      }
      canvas {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      /* Without a transition: with one, Chromium went on showing what had been on the canvas before it was resized. */
      .dim .ink {
        opacity: 0.16;
      }
      .over {
        pointer-events: none;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {UnitDetail | null} the unit pointed at or walked to */
    this.unit = null;
    /** @private @type {Painter | null} */
    this._painter = null;
    /** @private @type {Graph | null} */
    this._graph = null;
    /** @private @type {ReturnType<typeof setTimeout> | undefined} */
    this._later = undefined;
    /** @private */
    this._restUntil = 0;
    /** @private */
    this._seen = true;
    /** @private */
    this._atOnce = false;
    /** Whose weights are shown as they were born. @private @type {ConnectionsData | null} */
    this._born = null;
    /** @private @type {IntersectionObserver | null} */
    this._watch = null;
    /** @private @type {ConnectionsData | null} */
    this._drawn = null;
    /** @private @type {{data: ConnectionsData, value: ReturnType<typeof degrees>} | null} */
    this._degrees = null;
    /** @private */
    this._drawing = false;
    /** @private */
    this._again = false;
    /** Resolves when the picture shows the present data. @type {Promise<void>} */
    this.drawn = Promise.resolve();
  }

  connectedCallback() {
    super.connectedCallback();
    this._watch = new IntersectionObserver(
      (entries) => {
        this._seen = entries[entries.length - 1].isIntersecting;
        if (this._seen && this.data && this._drawn !== this.data) this.draw();
      },
      { rootMargin: '50%' },
    );
    this._watch.observe(this);
    addEventListener('beforeprint', this._toPaper);
    addEventListener('afterprint', this._toPaper);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this._watch?.disconnect();
    removeEventListener('beforeprint', this._toPaper);
    removeEventListener('afterprint', this._toPaper);
    this._painter?.cancel();
    this._drawing = false;
    clearTimeout(this._later);
    this._drawn = null;
  }

  /** A printer does not wait: what nobody has scrolled to is drawn at once. @private */
  _toPaper = (/** @type {Event} */ { type }) => {
    this._atOnce = type === 'beforeprint';
    if (!this._atOnce) return;
    this._seen = true;
    this.draw();
    this.overlay();
  };

  /** The unit to be shown: that under the pointer, else the chosen one. */
  get lit() {
    const unit = this.unit ?? this.data?.selected ?? null;
    const sizes = this.data?.sizes;
    return unit && sizes && unit.layer >= 0 && unit.unit >= 0 && unit.unit < (sizes[unit.layer] ?? 0) ? unit : null;
  }

  picture() {
    const lit = this.lit;
    return html`<div
      class="stage ${lit ? 'dim' : ''}"
      part="stage"
      role="application"
      tabindex="0"
      aria-label=${`${this.t('connections.label')} ${this.caption()}`}
      aria-describedby="hint"
      @pointermove=${this.point}
      @pointerleave=${() => (this.unit = null)}
      @click=${this.pick}
      @keydown=${this.key}
      @blur=${() => (this.unit = null)}
    >
      <canvas class="ink"></canvas>
      <canvas class="over"></canvas>
    </div>`;
  }

  beneath() {
    const lit = this.lit;
    return html`<div class="unit" part="unit">
      <canvas class="field" ?hidden=${!lit} aria-hidden="true"></canvas>
      <div role="status">
        ${lit ? this.unitText(lit) : html`<p class="hint" id="hint">${this.t('connections.hint')}</p>`}
      </div>
    </div>`;
  }

  /** @param {UnitDetail} unit */
  unitText(unit) {
    const data = /** @type {ConnectionsData} */ (this.data);
    const { incoming, outgoing } = unitLinks(data, unit);
    const n = (/** @type {number} */ value) => count(this.locale, value);
    const last = data.sizes.length - 1;
    const parts = [];
    if (unit.layer > 0) parts.push(this.t('connections.in', { n: n(incoming.length), of: n(data.sizes[unit.layer - 1]) }));
    if (unit.layer < last) parts.push(this.t('connections.out', { n: n(outgoing.length), of: n(data.sizes[unit.layer + 1]) }));
    const known = [...incoming, ...outgoing].filter((link) => link.weight !== null);
    let strongest = '';
    if (known.length) {
      const best = known.reduce((a, b) => (Math.abs(b.weight ?? 0) > Math.abs(a.weight ?? 0) ? b : a));
      const mean = known.reduce((sum, link) => sum + Math.abs(link.weight ?? 0), 0) / known.length;
      const comes = best.to === unit.unit && best.layer === unit.layer - 1;
      const other = comes ? { layer: best.layer, unit: best.from } : { layer: best.layer + 1, unit: best.to };
      strongest = this.t(comes ? 'connections.strongestIn' : 'connections.strongestOut', {
        weight: signed(this.locale, best.weight ?? 0),
        unit: this.unitName(other),
        mean: decimal(this.locale, mean, 3),
      });
    }
    return html`<p><strong>${this.unitName(unit)}</strong>${this.degrees().dead[unit.layer][unit.unit] ? ` – ${this.t('connections.dead')}` : nothing}</p>
      <p>${parts.join(' · ')}</p>
      <p>${strongest}</p>`;
  }

  /** @param {UnitDetail} unit */
  unitName({ layer, unit }) {
    const sizes = this.data?.sizes ?? [];
    if (layer === 0) {
      const side = Math.round(Math.sqrt(sizes[0]));
      return this.t('unit.pixel', { row: Math.floor(unit / side) + 1, column: (unit % side) + 1 });
    }
    if (layer === sizes.length - 1) return this.t('unit.digit', { digit: unit });
    return this.t('unit.hidden', { unit: unit + 1, layer });
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!this.box.width || !this.data) {
      if (changed.has('data') && !this.data) this.wipe();
      return;
    }
    const { sizes, placement } = this.data;
    const old = /** @type {ConnectionsData | null | undefined} */ (changed.get('data'));
    if (!this._graph || changed.has('box') || (changed.has('data') && (!old || old.placement !== placement || String(old.sizes) !== String(sizes)))) {
      this._graph = layoutGraph({ sizes, placement, width: this.box.width, height: this.box.height });
      this._drawn = null;
    }
    if (changed.has('colours')) {
      this._drawn = null;
      this.recolourInk();
    }
    if (this._drawn !== this.data) this.schedule(changed, old ?? null);
    // While a network trains only the ink changes; units and names stay.
    const data = this.data;
    const ink = changed.size === 1 && old && !this.lit && old.age === data.age && old.round === data.round && old.sizes === data.sizes && old.placement === data.placement && old.selected === data.selected;
    if (!ink) this.overlay();
  }

  /**
   * At once, unless only the weights moved, as they do many times a second while a network trains: those pictures keep to their share
   * of the time.
   * @private
   * @param {Map<string, unknown>} changed
   * @param {ConnectionsData | null} old
   */
  schedule(changed, old) {
    const { data } = this;
    const live =
      data && old && this._drawn && changed.size === 1 && old.age === data.age && old.round === data.round && old.cut === data.cut;
    clearTimeout(this._later);
    const rest = this._restUntil - performance.now();
    if (live && rest > 0) this._later = setTimeout(() => this.draw(), rest);
    else this.draw();
  }

  /** @private */
  draw() {
    const { data, _graph: graph } = this;
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.ink'));
    if (!data || !graph || !canvas || !this._seen) return;
    const painter = (this._painter ??= new Painter(canvas));
    painter.atOnce = this._atOnce;
    const drawn = painter.data;
    // A cut that is being dragged asks faster than a dense network can be drawn: the picture under way is finished first, or none would be.
    if (this._drawing && !this._atOnce && painter.graph === graph && drawn?.age === data.age && drawn.round === data.round) {
      this._again = true;
      return;
    }
    this._drawing = true;
    this._again = false;
    this._drawn = data;
    this._born = null;
    this.drawn = painter.draw(graph, data, this.signs(), devicePixelRatio || 1).then((done) => {
      if (!done) return;
      this._drawing = false;
      this._restUntil = performance.now() + painter.cost / DUTY;
      if (this._again) this.draw();
    });
  }

  /** The ink that is there in the colours that are now: at once, since a printer does not wait. @private */
  recolourInk() {
    const painter = this._painter;
    if (!painter?.sheet || this._drawing) return;
    painter.colours = this.signs();
    painter.develop();
  }

  /** @private */
  wipe() {
    this._painter?.cancel();
    this._drawing = false;
    this._drawn = null;
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) canvas.width = canvas.height = 1;
  }

  /**
   * Moves the cut from one size of weight to another, the smallest going first. Resolves when done; under reduced motion, at once.
   * @param {number | number[] | null} from
   * @param {number | number[]} to
   * @param {number} [ms]
   */
  async fade(from, to, ms = 1600) {
    await this.drawn;
    this._drawing = false;
    await this._painter?.fade(from, to, reducedMotion() ? 0 : ms);
    this._drawn = null;
  }

  /** Moves the weights back to `data.start`. Resolves when done. @param {number} [ms] */
  async rewind(ms = 1200) {
    await this.drawn;
    if (!this.data?.start) return;
    this._born = this.data;
    this.requestUpdate();
    await this._painter?.rewind(this.data.start, reducedMotion() ? 0 : ms);
  }

  /** @private */
  degrees() {
    const data = /** @type {ConnectionsData} */ (this.data);
    if (!this._degrees || this._degrees.data.sizes !== data.sizes || this._degrees.data.age !== data.age || this._degrees.data.round !== data.round) {
      this._degrees = { data, value: degrees(data.sizes, data.round > 0 ? data.age : null, data.round) };
    }
    return /** @type {{value: ReturnType<typeof degrees>}} */ (this._degrees).value;
  }

  /** The colours of positive and negative weights; one for both where weights are not known. @private @returns {[[number, number, number], [number, number, number]]} */
  signs() {
    const neutral = this.colour('muted');
    return this.data?.weights ? [this.colour('pos'), this.colour('neg')] : [neutral, neutral];
  }

  /** @private */
  palette() {
    const of = (/** @type {string} */ token) => cssColour(this.colour(token));
    return {
      fg: of('fg'),
      bg: of('bg'),
      dead: of('dead'),
      line: of('line'),
      muted: of('muted'),
      positive: of('pos'),
      negative: of('neg'),
      font: getComputedStyle(this).fontFamily,
    };
  }

  /** Units, names and the connections of one unit: everything that is not ink. @private */
  overlay() {
    const { data, _graph: graph } = this;
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.over'));
    if (!data || !graph || !canvas) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    const { width, height } = this.box;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const palette = this.palette();
    paintUnits(context, graph, data, this.degrees(), palette);
    // As a picture: Chromium prints the strokes that made a canvas, and what was cleared before them covers the ink.
    if (this._atOnce) context.putImageData(context.getImageData(0, 0, canvas.width, canvas.height), 0, 0);
    const lit = this.lit;
    if (!lit) return;
    paintUnit(context, graph, data, lit, palette);
    const field = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.field'));
    if (field) paintField(field, data, lit, this.signs());
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (event.pointerType === 'touch') return;
    this.hover(this.under(event));
  }

  /** @private @param {MouseEvent} event */
  under(event) {
    if (!this._graph) return null;
    const bounds = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    return unitAt(this._graph, event.clientX - bounds.left, event.clientY - bounds.top);
  }

  /** @private @param {UnitDetail | null} unit */
  hover(unit) {
    if (unit?.layer === this.unit?.layer && unit?.unit === this.unit?.unit) return;
    this.unit = unit;
    this.say('lt-hover-unit', unit ?? { layer: -1, unit: -1 });
  }

  /** @param {MouseEvent} event */
  pick(event) {
    this.choose(this.under(event));
  }

  /** @private @param {UnitDetail | null} unit */
  choose(unit) {
    const same = unit && this.data?.selected?.layer === unit.layer && this.data.selected.unit === unit.unit;
    this.unit = same ? null : unit;
    this.say('lt-select-unit', same || !unit ? { layer: -1, unit: -1 } : unit);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { data, _graph: graph } = this;
    if (!data || !graph || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.lit;
    if (event.key === 'Enter' || event.key === ' ') {
      if (at) this.choose(at);
    } else if (event.key === 'Escape') {
      if (!at) return;
      this.choose(null);
    } else if (event.key.startsWith('Arrow')) {
      this.hover(at ? step(graph, data.sizes, at, event.key) : { layer: 1, unit: graph.slot[1].indexOf(0) });
    } else return;
    event.preventDefault();
  }

  caption() {
    const { data } = this;
    if (!data) return this.t('figure.empty');
    const total = capacity(data.sizes);
    const alive = this.degrees().incoming.reduce((sum, layer) => layer.reduce((a, b) => a + b, sum), 0);
    const words = { alive: count(this.locale, alive), total: count(this.locale, total), percent: percent(this.locale, (alive / total) * 100), round: data.round };
    const part = data.total !== undefined && data.total > alive;
    const what = part
      ? this.t('connections.part', { ...words, of: count(this.locale, data.total ?? 0) })
      : this.t(alive === total ? 'connections.all' : 'connections.some', words);
    const how = this.t(data.weights ? 'connections.colours' : 'connections.plain', { signs: this.signWords() });
    const which = data.weights && data.which ? this.t(`connections.${this._born === data ? 'initial' : data.which}`) : '';
    return [what, which, how].filter(Boolean).join(' ');
  }

  /** @param {number} limit */
  table(limit) {
    const { data } = this;
    const columns = [
      { key: 'layer', label: this.t('column.layer'), format: (/** @type {number} */ layer) => this.layerName(layer) },
      { key: 'from', label: this.t('column.fromUnit') },
      { key: 'to', label: this.t('column.toUnit') },
      { key: 'weight', label: this.t('column.weight'), format: (/** @type {number} */ w) => signed(this.locale, w) },
    ];
    /** @type {import('./csv.js').Value[][]} */
    const rows = [];
    if (!data) return { columns, rows };
    let i = 0;
    for (let layer = 0; layer + 1 < data.sizes.length && rows.length < limit; layer += 1) {
      const width = data.sizes[layer + 1];
      for (let k = 0; k < data.sizes[layer] * width && rows.length < limit; k += 1, i += 1) {
        if (data.age && data.age[i] < data.round) continue;
        rows.push([layer, Math.floor(k / width), k % width, data.weights?.[layer]?.[k] ?? null]);
      }
    }
    return { columns, rows, total: countAlive(data.sizes, data.age, data.round) };
  }

  snapshot() {
    const [ink, over] = /** @type {NodeListOf<HTMLCanvasElement>} */ (this.renderRoot.querySelectorAll('.stage canvas'));
    const both = document.createElement('canvas');
    both.width = over.width;
    both.height = over.height;
    const context = /** @type {CanvasRenderingContext2D} */ (both.getContext('2d'));
    context.globalAlpha = this.lit ? 0.16 : 1;
    context.drawImage(ink, 0, 0, both.width, both.height);
    context.globalAlpha = 1;
    context.drawImage(over, 0, 0);
    return both;
  }

  vector() {
    const lines = this.lit ? null : this._painter?.vector();
    const over = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.over'));
    if (!lines || !over) return null;
    const { width, height } = this.box;
    return `<g>${lines}</g><image width="${width}" height="${height}" href="${over.toDataURL('image/png')}"/>`;
  }
}

/** @param {string} lang @param {number} value */
const signed = (lang, value) => (value < 0 ? '−' : '+') + decimal(lang, Math.abs(value), 3);

define('lt-connections', LtConnections);
