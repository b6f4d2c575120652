/** `<lt-bars>`: a few numbers as bars, each written beside its bar, so that the picture is its own table. */
import { LitElement, css, html, nothing } from 'lit';

/**
 * @typedef {object} Bar
 * @property {string} name
 * @property {'dense' | 'ticket' | 'other'} look
 * @property {number} value
 * @property {number} [min]
 * @property {number} [max]
 * @property {string} text
 */
/** @typedef {{groups: {from?: number, bars: Bar[]}[], caption: string}} BarsData */

export class LtBars extends LitElement {
  static properties = { data: { attribute: false } };

  static styles = css`
    :host {
      display: block;
      min-height: 14rem;
    }
    figure {
      margin: 0;
    }
    ul {
      margin: 0 0 32px;
      padding: 0;
      list-style: none;
    }
    li {
      margin-top: 14px;
    }
    .name {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 12px;
      font-size: 0.9375rem;
    }
    .value {
      font-weight: 650;
      font-variant-numeric: tabular-nums;
    }
    .track {
      position: relative;
      height: 18px;
      margin-top: 3px;
      background: var(--lt-surface, #eee);
    }
    .bar {
      height: 100%;
      min-width: 2px;
    }
    .dense {
      background: var(--lt-dense, #444);
    }
    .ticket {
      background: var(--lt-ticket, #076);
    }
    .other {
      background: var(--lt-strong-line, #888);
    }
    .spread {
      position: absolute;
      top: 7px;
      height: 4px;
      background: var(--lt-fg, #000);
      border: 1px solid var(--lt-bg, #fff);
    }
    figcaption {
      color: var(--lt-muted, #555);
      font-size: 0.875rem;
    }
    @media (forced-colors: active) {
      .bar {
        border: 1px solid CanvasText;
      }
    }
  `;

  constructor() {
    super();
    /** @type {BarsData | null} */
    this.data = null;
  }

  /** @param {{from?: number, bars: Bar[]}} group */
  group({ from = 0, bars }) {
    const top = from ? 100 : Math.max(...bars.map((bar) => bar.value));
    const share = (/** @type {number} */ v) => (100 * (v - from)) / (top - from);
    return html`<ul>
      ${bars.map(
        (bar) => html`<li>
          <div class="name"><span>${bar.name}</span><span class="value">${bar.text}</span></div>
          <div class="track" aria-hidden="true">
            <div class=${`bar ${bar.look}`} style=${`inline-size:${share(bar.value)}%`}></div>
            ${bar.min === undefined || bar.max === undefined
              ? nothing
              : html`<div class="spread" style=${`inset-inline-start:${share(bar.min)}%;inline-size:${share(bar.max) - share(bar.min)}%`}></div>`}
          </div>
        </li>`,
      )}
    </ul>`;
  }

  render() {
    if (!this.data) return nothing;
    return html`<figure>
      ${this.data.groups.map((group) => this.group(group))}
      <figcaption>${this.data.caption}</figcaption>
    </figure>`;
  }
}

customElements.define('lt-bars', LtBars);
