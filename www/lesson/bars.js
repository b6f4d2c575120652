/** `<lt-bars>`: a few numbers as bars, or as dots where the axis does not begin at nothing, each written beside its bar, so that the picture is its own table. */
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
/** @typedef {{groups: {title?: string, from?: number, bars: Bar[]}[], caption?: string}} BarsData */

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
    p {
      margin: 0;
      font-weight: 650;
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
      background: var(--lt-surface);
    }
    .bar {
      height: 100%;
      min-width: 2px;
    }
    .dense {
      background: var(--lt-dense);
    }
    .ticket {
      background: var(--lt-ticket);
    }
    .other {
      background: var(--lt-strong-line);
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
    figcaption {
      color: var(--lt-muted);
      font-size: 0.875rem;
    }
    @media (forced-colors: active) {
      .bar,
      .dot {
        border: 1px solid CanvasText;
      }
    }
  `;

  constructor() {
    super();
    /** @type {BarsData | null} */
    this.data = null;
  }

  /** @param {BarsData['groups'][number]} group */
  group({ title, from = 0, bars }) {
    const top = from ? 100 : Math.max(...bars.map((bar) => bar.value));
    const share = (/** @type {number} */ v) => (100 * (v - from)) / (top - from);
    return html`${title ? html`<p>${title}</p>` : nothing}<ul>
      ${bars.map(
        (bar) => html`<li>
          <div class="name"><span>${bar.name}</span><span class="value">${bar.text}</span></div>
          <div class="track" aria-hidden="true">
            ${bar.min === undefined || bar.max === undefined
              ? html`<div class=${`bar ${bar.look}`} style=${`inline-size:${share(bar.value)}%`}></div>`
              : html`<div class=${`spread ${bar.look}`} style=${`inset-inline-start:${share(bar.min)}%;inline-size:${share(bar.max) - share(bar.min)}%`}></div>
                  <div class=${`dot ${bar.look}`} style=${`inset-inline-start:${share(bar.value)}%`}></div>`}
          </div>
        </li>`,
      )}
    </ul>`;
  }

  render() {
    if (!this.data) return nothing;
    return html`<figure>
      ${this.data.groups.map((group) => this.group(group))}
      <figcaption>${this.data.caption ?? nothing}</figcaption>
    </figure>`;
  }
}

customElements.define('lt-bars', LtBars);
