import { css, html, svg } from 'lit';
import { define, LtFigure } from './base.js';
import { tickDigits } from './chart-layout.js';
import { count, decimal, percent } from './format.js';
import { layoutHistogram, outlinePath, sum } from './histogram-layout.js';
import { theme } from './theme.js';

/** @typedef {import('./types.js').MovementData} MovementData */

/**
 * How far training moved what survived and what was pruned.
 * @extends {LtFigure<MovementData>}
 */
export class LtMovement extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { layer: { type: Number } };
  static styles = [
    theme,
    css`
      .picture {
        block-size: 16rem;
      }
      svg {
        direction: ltr;
      }
      .survivors {
        fill: color-mix(in srgb, var(--_ticket) 18%, transparent);
        stroke: var(--_ticket);
        stroke-width: 1.75;
      }
      .pruned {
        fill: color-mix(in srgb, var(--_muted) 12%, transparent);
        stroke: var(--_muted);
        stroke-width: 1.5;
        stroke-dasharray: 4 2;
      }
      .mean {
        stroke-width: 1.5;
      }
      .mean.of-survivors {
        stroke: var(--_ticket);
      }
      .mean.of-pruned {
        stroke: var(--_muted);
        stroke-dasharray: 4 2;
      }
      text.of-survivors {
        fill: var(--_ticket);
        font-weight: 600;
      }
      text.of-pruned {
        fill: var(--_muted);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {number | null} */
    this.layer = null;
  }

  get shown() {
    const layers = this.data?.layers ?? [];
    return layers.find((each) => each.layer === this.layer) ?? layers[0] ?? null;
  }

  controls() {
    return this.layerChoice(this.data?.layers ?? [], this.shown?.layer, (layer) => (this.layer = layer));
  }

  picture() {
    const { width, height } = this.box;
    const shown = this.shown;
    if (!width || !shown) return svg`<svg></svg>`;
    const { plot, x, bars, xTicks, yTicks } = layoutHistogram(shown.edges, [shown.pruned, shown.survivors], { width, height, mode: 'share' });
    const digits = tickDigits(xTicks.map((tick) => tick.value));
    const means = [
      { of: 'pruned', value: shown.meanPruned, some: sum(shown.pruned) > 0, y: plot.top - 14 },
      { of: 'survivors', value: shown.meanSurvivors, some: sum(shown.survivors) > 0, y: plot.top + 4 },
    ].filter((mean) => mean.some && Number.isFinite(mean.value));
    return html`<svg role="img" aria-label=${this.caption()} width=${width} height=${height}>
      ${yTicks.map(
        (tick) =>
          svg`<line class="axis" x1=${plot.left} x2=${plot.right} y1=${tick.at} y2=${tick.at} />
          <text class="muted" x=${plot.left - 8} y=${tick.at} text-anchor="end" dominant-baseline="middle">${percent(this.locale, tick.value, 0)}</text>`,
      )}
      <path class="pruned" d=${outlinePath(bars[0], plot.bottom)} />
      <path class="survivors" d=${outlinePath(bars[1], plot.bottom)} />
      ${xTicks.map(
        (tick) =>
          svg`<text class="muted" x=${tick.at} y=${plot.bottom + 17} text-anchor="middle">${decimal(this.locale, tick.value, digits)}</text>`,
      )}
      <text class="muted" x=${(plot.left + plot.right) / 2} y=${plot.bottom + 36} text-anchor="middle">${this.t('movement.x')}</text>
      ${means.map((mean) => {
        const at = x(mean.value);
        return svg`<line class="mean of-${mean.of}" x1=${at} x2=${at} y1=${mean.y - 8} y2=${plot.bottom} />
          <text class="halo of-${mean.of}" x=${at + 6} y=${mean.y}>${this.t(`movement.${mean.of}`, { mean: decimal(this.locale, mean.value, 3) })}</text>`;
      })}
    </svg>`;
  }

  caption() {
    const shown = this.shown;
    if (!shown) return this.t('figure.empty');
    return this.t('movement.caption', {
      survivors: count(this.locale, sum(shown.survivors)),
      pruned: count(this.locale, sum(shown.pruned)),
      layer: this.layerName(shown.layer),
    });
  }

  table() {
    const shown = this.shown;
    const n = (/** @type {number} */ value) => decimal(this.locale, value, 4);
    const c = (/** @type {number} */ value) => count(this.locale, value);
    return {
      columns: [
        { key: 'from', label: this.t('column.from'), format: n },
        { key: 'to', label: this.t('column.to'), format: n },
        { key: 'survivors', label: this.t('column.kept'), format: c },
        { key: 'pruned', label: this.t('column.pruned'), format: c },
      ],
      rows: shown
        ? Array.from({ length: shown.survivors.length }, (_, i) => [shown.edges[i], shown.edges[i + 1], shown.survivors[i], shown.pruned[i]])
        : [],
    };
  }
}

define('lt-movement', LtMovement);
