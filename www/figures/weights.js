import { css, html, nothing, svg } from 'lit';
import { axes, define, LayeredFigure } from './base.js';
import { tickDigits } from './chart-layout.js';
import { count, decimal, percent } from './format.js';
import { barsBetween, barsPath, below, firstCut, histogramTable, layoutHistogram, nearestEdge, sum } from './histogram-layout.js';
import { theme } from './theme.js';

/** @typedef {import('./types.js').WeightsData} WeightsData */
/** @typedef {import('./types.js').Histogram} Histogram */

/** @type {{edges: number[], kept: number[], pruned: number[]}} */
const NONE = { edges: [], kept: [], pruned: [] };

/**
 * How large the weights are, and a cut that prunes the small ones.
 * @extends {LayeredFigure<WeightsData>}
 */
export class LtWeights extends LayeredFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { edge: { state: true } };
  static styles = [
    theme,
    css`
      .picture {
        block-size: 17rem;
      }
      svg {
        touch-action: pan-y;
      }
      svg.cuts {
        cursor: ew-resize;
        -webkit-user-select: none;
        user-select: none;
      }
      .kept {
        fill: var(--_ticket);
      }
      .goes {
        fill: var(--_ticket);
        opacity: 0.35;
      }
      .gone {
        fill: var(--_dead);
      }
      .cut {
        stroke: var(--_fg);
        stroke-width: 1.5;
      }
      .slider {
        /* The thumb's middle runs over the plot: its margins less half a thumb. */
        padding-inline: 46px 6px;
        direction: ltr;
      }
      .slider input {
        display: block;
        inline-size: 100%;
        block-size: 28px;
        margin: 0;
        appearance: none;
        background: none;
        outline-offset: -4px;
        cursor: ew-resize;
      }
      .slider input::-webkit-slider-runnable-track {
        block-size: 2px;
        background: var(--_line);
      }
      .slider input::-moz-range-track {
        block-size: 2px;
        background: var(--_line);
      }
      .slider input::-webkit-slider-thumb {
        appearance: none;
        inline-size: 20px;
        block-size: 20px;
        margin-block-start: -9px;
        border: 2px solid var(--_bg);
        border-radius: 50%;
        background: var(--_fg);
      }
      .slider input::-moz-range-thumb {
        inline-size: 16px;
        block-size: 16px;
        border: 2px solid var(--_bg);
        border-radius: 50%;
        background: var(--_fg);
      }
      .verbs {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        min-block-size: 2.25rem;
        font-size: 0.875em;
        font-variant-numeric: tabular-nums;
      }
      .verbs output {
        flex: 1 1 16rem;
        min-block-size: 1.5em;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {number | null} index of the bin edge where the reader cuts */
    this.edge = null;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    // Other weights: a cut made for the old ones means nothing.
    if (changed.has('data') && this.edge !== null) {
      const before = /** @type {WeightsData | null} */ (changed.get('data'));
      const old = before?.layers.find((each) => each.layer === this.shown?.layer);
      if (String(old?.kept) !== String(this.shown?.kept)) this.edge = null;
    }
  }

  get detail() {
    const shown = /** @type {Histogram} */ (this.shown);
    const { edge } = this;
    return { layer: shown.layer, ...(edge === null ? firstCut(shown) : { cut: shown.edges[edge], count: below(shown.kept, edge) }) };
  }

  get cuts() {
    return this.shown !== null && this.data?.canCut !== false;
  }

  controls() {
    return this.layerChoice(this.data?.layers ?? [], this.shown?.layer, (layer) => {
      this.layer = layer;
      this.edge = null;
    });
  }

  picture() {
    const { width, height } = this.box;
    const shown = this.shown;
    if (!width || !shown) return svg`<svg></svg>`;
    const { plot, x, bars, xTicks, yTicks } = layoutHistogram(shown.edges, [shown.pruned, shown.kept], { width, height, mode: 'stack' });
    const digits = tickDigits(xTicks.map((tick) => tick.value));
    const at = x(this.cuts ? this.detail.cut : 0);
    return html`<svg
      role="img"
      class=${this.cuts ? 'cuts' : ''}
      aria-label=${this.caption()}
      width=${width}
      height=${height} viewBox=${`0 0 ${width} ${height}`}
      @pointerdown=${this.grab}
      @pointermove=${this.drag}
    >
      ${axes({ plot, xTicks, yTicks, x: (value) => decimal(this.locale, value, digits), y: (value) => count(this.locale, value), label: this.t('weights.x') })}
      <path class="gone" d=${barsPath(bars[0])} />
      <path class="goes" d=${barsPath(barsBetween(bars[1], 0, at))} />
      <path class="kept" d=${barsPath(barsBetween(bars[1], at, width))} />
      ${this.cuts
        ? svg`<line class="cut" x1=${at} x2=${at} y1=${plot.top - 22} y2=${plot.bottom} />
          ${at > 70 ? svg`<text class="halo" x=${at - 8} y=${plot.top - 13} text-anchor="end">${this.t('weights.goes')}</text>` : nothing}
          ${at < plot.right - 70 ? svg`<text class="halo" x=${at + 8} y=${plot.top - 13}>${this.t('weights.stays')}</text>` : nothing}`
        : nothing}
    </svg>`;
  }

  below() {
    const shown = this.shown;
    if (!shown || !this.cuts) return nothing;
    const { cut, count: goes } = this.detail;
    const total = sum(shown.kept);
    const words = {
      cut: decimal(this.locale, cut, 4),
      goes: count(this.locale, goes),
      total: count(this.locale, total),
      percent: percent(this.locale, total ? (goes / total) * 100 : 0, 1),
    };
    const said = this.t(goes ? 'weights.wouldGo' : 'weights.nothing', words);
    const { canUndo } = this.data ?? {};
    return html`<div class="slider">
        <input
          type="range"
          min="0"
          max=${shown.edges.length - 1}
          step="1"
          .value=${String(this.edge ?? nearestEdge(shown.edges, cut))}
          aria-label=${this.t('weights.cut')}
          aria-valuetext=${said}
          @input=${(/** @type {Event} */ event) => this.setEdge(Number(/** @type {HTMLInputElement} */ (event.currentTarget).value))}
        />
      </div>
      <div class="verbs" part="verbs">
        <output>${said}</output>
        <button type="button" class="primary" part="prune" aria-disabled=${String(!goes)} @click=${() => goes && this.say('lt-cut-commit', this.detail)}>
          ${this.t(goes ? 'weights.prune' : 'weights.pruneNone', { count: goes, goes: words.goes })}
        </button>
        <button type="button" part="undo" aria-disabled=${String(!canUndo)} @click=${() => canUndo && this.say('lt-undo')}>${this.t('weights.undo')}</button>
      </div>`;
  }

  /** @param {number} edge */
  setEdge(edge) {
    if (edge === this.edge) return;
    this.edge = edge;
    this.say('lt-cut', this.detail);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (!this.cuts || event.button) return;
    const target = /** @type {Element} */ (event.currentTarget);
    target.setPointerCapture(event.pointerId);
    this.pull(event);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (/** @type {Element} */ (event.currentTarget).hasPointerCapture(event.pointerId)) this.pull(event);
  }

  /** @param {PointerEvent} event */
  pull(event) {
    const shown = this.shown;
    if (!shown) return;
    const bounds = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const { x } = layoutHistogram(shown.edges, [], { width: this.box.width, height: this.box.height, mode: 'stack' });
    this.setEdge(nearestEdge(shown.edges, x.invert(event.clientX - bounds.left)));
  }

  caption() {
    const shown = this.shown;
    if (!shown) return this.t('figure.empty');
    const words = {
      kept: count(this.locale, sum(shown.kept)),
      pruned: count(this.locale, sum(shown.pruned)),
      layer: this.layerName(shown.layer),
    };
    const which = this.t(`weights.${this.data?.which ?? 'trained'}`);
    return [this.t('weights.caption', { ...words, which }), sum(shown.pruned) ? this.t('weights.captionPruned', words) : ''].filter(Boolean).join(' ');
  }

  table() {
    const { edges, kept, pruned } = this.shown ?? NONE;
    return histogramTable(this, edges, 'kept', kept, pruned);
  }
}

define('lt-weights', LtWeights);
