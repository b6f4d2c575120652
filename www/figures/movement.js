import { css, html, svg } from 'lit';
import { axes, define, LayeredFigure } from './base.js';
import { textWidth, tickDigits } from './chart-layout.js';
import { count, decimal, percent } from './format.js';
import { histogramTable, layoutHistogram, outlinePath, sum } from './histogram-layout.js';
import { theme } from './theme.js';

/** @typedef {import('./types.js').MovementData} MovementData */

/** @type {{edges: number[], survivors: number[], pruned: number[]}} */
const NONE = { edges: [], survivors: [], pruned: [] };

/**
 * How far training moved what survived and what was pruned.
 * @extends {LayeredFigure<MovementData>}
 */
export class LtMovement extends LayeredFigure {
  static styles = [
    theme,
    css`
      .picture {
        block-size: 16rem;
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
      .of-survivors {
        --_arm: var(--_ticket);
      }
      .of-pruned {
        --_arm: var(--_muted);
      }
      .mean {
        stroke: var(--_arm);
        stroke-width: 1.5;
      }
      .mean.of-pruned {
        stroke-dasharray: 4 2;
      }
    `,
  ];

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
    return html`<svg role="img" aria-label=${this.caption()} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
      ${axes({ plot, xTicks, yTicks, x: (value) => decimal(this.locale, value, digits), y: (value) => percent(this.locale, value, 0), label: this.t('movement.x') })}
      <path class="pruned" d=${outlinePath(bars[0], plot.bottom)} />
      <path class="survivors" d=${outlinePath(bars[1], plot.bottom)} />
      ${means.map((mean) => {
        const at = x(mean.value);
        const text = this.t(means[1] ? `movement.${mean.of}` : 'movement.mean', { mean: decimal(this.locale, mean.value, 3) });
        const fits = at + 6 + textWidth(text) <= width;
        return svg`<line class="mean of-${mean.of}" x1=${at} x2=${at} y1=${mean.y - 8} y2=${plot.bottom} />
          <text class="arm halo of-${mean.of}" x=${fits ? at + 6 : at - 6} y=${mean.y} text-anchor=${fits ? 'start' : 'end'}>${text}</text>`;
      })}
    </svg>`;
  }

  caption() {
    const shown = this.shown;
    if (!shown) return this.t('figure.empty');
    const kept = count(this.locale, sum(shown.survivors));
    const words = { kept, until: this.data?.until ?? '', pruned: count(this.locale, sum(shown.pruned)), layer: this.layerName(shown.layer), which: this.t('weights.trained') };
    return this.t(sum(shown.pruned) ? 'movement.caption' : 'weights.caption', words);
  }

  table() {
    const { edges, survivors, pruned } = this.shown ?? NONE;
    return histogramTable(this, edges, 'survivors', survivors, pruned);
  }
}

define('lt-movement', LtMovement);
