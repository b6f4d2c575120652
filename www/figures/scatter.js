import { css, html, nothing, svg } from 'lit';
import { tickDigits } from './chart-layout.js';
import { define, LayeredFigure } from './base.js';
import { count, decimal } from './format.js';
import { linear } from './scales.js';
import { theme } from './theme.js';

/** @typedef {import('./types.js').ScatterData} ScatterData */

/**
 * Dots as one path a class: a move and a line of no length, drawn with round ends.
 * @param {Float32Array} points triples θ₀, θ_T, kept
 * @param {boolean} kept
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 */
function dotsPath(points, kept, x, y) {
  let path = '';
  for (let i = 0; i + 2 < points.length; i += 3) {
    if (points[i + 2] > 0 === kept) path += `M${x(points[i]).toFixed(1)},${y(points[i + 1]).toFixed(1)}h0`;
  }
  return path;
}

/** The largest absolute value on either axis. @param {Float32Array} points */
export const reach = (points) => points.reduce((most, value, i) => (i % 3 === 2 ? most : Math.max(most, Math.abs(value))), 0) || 1;

/**
 * Where weights started and where they ended.
 * @extends {LayeredFigure<ScatterData>}
 */
export class LtScatter extends LayeredFigure {
  static styles = [
    theme,
    css`
      .picture {
        max-inline-size: 34rem;
        aspect-ratio: 1;
      }
      .dots {
        fill: none;
        stroke-linecap: round;
      }
      .kept {
        stroke: var(--_ticket);
        stroke-width: 4;
      }
      .pruned {
        stroke: var(--_muted);
        stroke-width: 3;
        stroke-opacity: 0.5;
      }
      .same {
        stroke: var(--_muted);
        stroke-dasharray: 2 3;
      }
    `,
  ];

  picture() {
    const { width, height } = this.box;
    const shown = this.shown;
    if (!width || !shown) return svg`<svg></svg>`;
    const plot = { left: 50, right: width - 14, top: 14, bottom: height - 44 };
    const most = reach(shown.points);
    const x = linear([-most, most], [plot.left, plot.right]);
    const y = linear([-most, most], [plot.bottom, plot.top]);
    const ticks = x.ticks(5);
    const digits = tickDigits(ticks);
    return html`<svg role="img" aria-label=${this.caption()} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
      <line class="axis" x1=${plot.left} x2=${plot.right} y1=${y(0)} y2=${y(0)} />
      <line class="axis" x1=${x(0)} x2=${x(0)} y1=${plot.top} y2=${plot.bottom} />
      ${ticks.map(
        (value) =>
          svg`<text class="muted" x=${x(value)} y=${plot.bottom + 17} text-anchor="middle">${decimal(this.locale, value, digits)}</text>
          <text class="muted" x=${plot.left - 8} y=${y(value)} text-anchor="end" dominant-baseline="middle">${decimal(this.locale, value, digits)}</text>`,
      )}
      <line class="same" x1=${x(-most)} y1=${y(-most)} x2=${x(most)} y2=${y(most)} />
      <path class="dots pruned" d=${dotsPath(shown.points, false, x, y)} />
      <path class="dots kept" d=${dotsPath(shown.points, true, x, y)} />
      <text class="muted" x=${(plot.left + plot.right) / 2} y=${plot.bottom + 38} text-anchor="middle">${this.t('scatter.x')}</text>
      <text class="muted halo" x=${plot.left + 4} y=${plot.top + 4}>${this.t('scatter.y')}</text>
      ${this.kept < shown.points.length / 3
        ? svg`<text class="arm arm-ticket halo" x=${plot.right - 4} y=${plot.bottom - 26} text-anchor="end">● ${this.t('scatter.kept')}</text>
      <text class="muted halo" x=${plot.right - 4} y=${plot.bottom - 8} text-anchor="end"><tspan opacity="0.5">●</tspan> ${this.t('scatter.pruned')}</text>`
        : nothing}
    </svg>`;
  }

  /** Of those drawn; all where nothing is pruned. */
  get kept() {
    return this.shown?.points.filter((kept, i) => i % 3 === 2 && kept > 0).length ?? 0;
  }

  caption() {
    const shown = this.shown;
    if (!shown) return this.t('figure.empty');
    const drawn = shown.points.length / 3;
    const words = { drawn: count(this.locale, drawn), total: count(this.locale, shown.total), kept: count(this.locale, this.kept), until: this.data?.until ?? '' };
    return [this.t('scatter.caption', words), this.kept < drawn ? this.t('scatter.survive', words) : ''].join(' ').trim();
  }

  /** @param {number} limit */
  table(limit) {
    const points = this.shown?.points ?? new Float32Array();
    const total = Math.floor(points.length / 3);
    const n = (/** @type {number} */ value) => decimal(this.locale, value, 4);
    return {
      columns: [
        { key: 'initial', label: 'θ₀', format: n },
        { key: 'trained', label: 'θₜ', format: n },
        { key: 'kept', label: this.t('column.kept'), format: (/** @type {number} */ v) => this.t(v ? 'figure.yes' : 'figure.no') },
      ],
      rows: Array.from({ length: Math.min(total, limit) }, (_, i) => [points[3 * i], points[3 * i + 1], points[3 * i + 2]]),
      total,
    };
  }
}

define('lt-scatter', LtScatter);
