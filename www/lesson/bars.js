/** `<lt-bars>`: a few numbers as bars, or as dots within their range where the axis does not begin at nothing. */
import { css, html, nothing } from 'lit';
import { define, LtFigure } from '../figures/base.js';
import { theme } from '../figures/theme.js';

/**
 * @typedef {object} Bar
 * @property {string} name
 * @property {'dense' | 'ticket' | 'other'} look
 * @property {number} value
 * @property {number} [min]
 * @property {number} [max]
 */
/** @typedef {{key: string, title: string, from?: number, say: (value: number) => string, bars: Bar[]}} Group */
/** @typedef {{groups: Group[], caption?: string}} BarsData */

/** @extends {LtFigure<BarsData>} */
export class LtBars extends LtFigure {
  static styles = [
    theme,
    css`
      .picture {
        min-block-size: 11rem;
      }
      p,
      .value {
        font-weight: 650;
        margin-inline-start: auto;
      }
      p {
        margin: 32px 0 0;
      }
      .name {
        margin-top: 14px;
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        font-size: 0.9375rem;
        font-variant-numeric: tabular-nums;
      }
      .track {
        position: relative;
        height: 18px;
        margin-top: 3px;
        background: var(--lt-surface);
      }
      .bar {
        height: 100%;
        min-width: 2px;
      }
      .bar,
      .spread,
      .dot {
        background: var(--_arm, var(--lt-strong-line));
      }
      .spread,
      .dot {
        position: absolute;
        inset-block: 4px;
        opacity: 0.4;
      }
      .dot {
        inline-size: 10px;
        margin-inline-start: -5px;
        border-radius: 50%;
        opacity: 1;
      }
      @media (forced-colors: active) {
        .bar,
        .spread,
        .dot {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  get groups() {
    return this.data?.groups ?? [];
  }

  headline() {
    return this.groups[0]?.title ?? '';
  }

  picture() {
    return html`${this.groups.map(({ title, from = 0, say, bars }, i) => {
      const top = from ? 100 : Math.max(...bars.map((bar) => bar.value));
      const share = (/** @type {number} */ v) => (100 * (v - from)) / (top - from);
      // The first title stands above them all.
      return html`${i ? html`<p>${title}</p>` : nothing}
        ${bars.map(
          ({ name, look, value, min = 0, max = 0 }) => html`<div class="arm-${look}">
            <div class="name"><span>${name}</span><span class="value">${say(value)}</span></div>
            <div class="track">
              ${from
                ? html`<div class="spread" style=${`inset-inline-start:${share(min)}%;inline-size:${share(max) - share(min)}%`}></div>
                    <div class="dot" style=${`inset-inline-start:${share(value)}%`}></div>`
                : html`<div class="bar" style=${`inline-size:${share(value)}%`}></div>`}
            </div>
          </div>`,
        )}`;
    })}`;
  }

  caption() {
    return this.data?.caption ?? '';
  }

  table() {
    // The last group has them all.
    const names = this.groups.at(-1)?.bars.map(({ name }) => name) ?? [];
    const columns = this.groups.flatMap(({ key, title, from, say, bars }) =>
      /** @type {('value' | 'min' | 'max')[]} */ (from ? ['value', 'min', 'max'] : ['value']).map((part, i) => ({
        key: i ? `${key}_${part}` : key,
        label: i ? this.t(i > 1 ? 'column.to' : 'column.from') : title,
        format: say,
        cells: names.map((name) => bars.find((bar) => bar.name === name)?.[part]),
      })),
    );
    return {
      columns: [{ key: 'network', label: this.t('column.arm') }, ...columns],
      rows: names.map((name, i) => [name, ...columns.map(({ cells }) => cells[i])]),
    };
  }
}

define('lt-bars', LtBars);
