/** `<lt-sketch>`: the reader draws the line of accuracy against remaining weights; then the true one is laid over it. */
import { css, html, nothing, svg } from 'lit';
import { decimal, percent } from '../figures/format.js';
import { Asks } from './asks.js';
import { fill } from './words.js';

/** @typedef {{round: number, remaining: number, accuracy: number | null}} Point */

const WIDTH = 320;
const HEIGHT = 210;
const LEFT = 44;
const RIGHT = 24;
const TOP = 16;
const BOTTOM = 40;

export class LtSketch extends Asks {
  static properties = { truth: { attribute: false }, drawn: { state: true } };

  static styles = [
    Asks.styles,
    css`
      svg {
        max-width: 26rem;
        margin-top: 8px;
        -webkit-user-select: none;
        user-select: none;
      }
      text {
        fill: var(--lt-muted);
        font-size: 12px;
      }
      .grid {
        stroke: var(--lt-line);
      }
      .mine {
        fill: none;
        stroke: var(--lt-fg);
        stroke-width: 2;
        stroke-dasharray: 4 4;
      }
      .true {
        fill: none;
        stroke: var(--lt-ticket);
        stroke-width: 3;
      }
      .handle {
        cursor: ns-resize;
        touch-action: none;
        outline: none;
      }
      .handle .reach {
        fill: transparent;
      }
      .handle .dot {
        fill: var(--lt-bg);
        stroke: var(--lt-fg);
        stroke-width: 2;
      }
      .handle:focus-visible .dot {
        stroke: var(--lt-focus);
        stroke-width: 4;
      }
      .fixed {
        fill: var(--lt-dense);
      }
      .point {
        fill: var(--lt-ticket);
      }
      p {
        margin: 4px 0 0;
        font-size: 0.875rem;
        color: var(--lt-muted);
      }
      p[role="status"] {
        color: var(--lt-fg);
        font-size: 1rem;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Point[]} */
    this.truth = [];
    /** @type {number[]} */
    this.drawn = [];
  }

  /** The axis leaves room below the truth, so that its range does not give the answer away. */
  get low() {
    const least = Math.min(...this.truth.map((p) => p.accuracy ?? 100));
    return Math.max(0, Math.floor((least - 15) / 10) * 10);
  }

  /** @param {number} index */
  mine(index) {
    const first = this.truth[0]?.accuracy ?? 95;
    return index === 0 ? first : (this.drawn[index] ?? first);
  }

  /** @param {number} index @param {number} value */
  draw(index, value) {
    const drawn = this.truth.map((_, i) => this.mine(i));
    drawn[index] = Math.min(100, Math.max(this.low, Math.round(value * 2) / 2));
    this.drawn = drawn;
  }

  /** @param {number} remaining */
  x(remaining) {
    const least = this.truth[this.truth.length - 1]?.remaining ?? 1;
    return LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(100 / remaining)) / Math.log(100 / least);
  }

  /** @param {number} accuracy */
  y(accuracy) {
    return TOP + ((HEIGHT - TOP - BOTTOM) * (100 - accuracy)) / (100 - this.low);
  }

  /** @param {PointerEvent} event @param {number} index */
  grab(event, index) {
    const handle = /** @type {SVGGElement} */ (event.currentTarget);
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      const box = /** @type {SVGSVGElement} */ (handle.ownerSVGElement).getBoundingClientRect();
      const y = ((move.clientY - box.top) / box.height) * HEIGHT;
      this.draw(index, 100 - ((y - TOP) / (HEIGHT - TOP - BOTTOM)) * (100 - this.low));
    };
    handle.onpointerup = handle.onpointercancel = () => {
      handle.onpointermove = null;
    };
  }

  /** @param {KeyboardEvent} event @param {number} index */
  key(event, index) {
    const by = { ArrowUp: 0.5, ArrowRight: 0.5, ArrowDown: -0.5, ArrowLeft: -0.5, PageUp: 5, PageDown: -5 }[event.key];
    if (by !== undefined) this.draw(index, this.mine(index) + by);
    else if (event.key === 'Home') this.draw(index, this.low);
    else if (event.key === 'End') this.draw(index, 100);
    else return;
    event.preventDefault();
  }

  get answer() {
    return this.drawn;
  }

  /** @param {Point} point @param {number} index */
  handle(point, index) {
    const x = this.x(point.remaining);
    const y = this.y(this.mine(index));
    if (index === 0) return svg`<circle class="fixed" cx=${x} cy=${y} r="6" />`;
    if (this.revealed) return nothing;
    const value = this.mine(index);
    return svg`<g class="handle" role="slider" tabindex="0" aria-orientation="vertical"
      aria-label=${fill(this.words.sketchPoint, { remaining: percent(this.spoken, point.remaining) })}
      aria-valuemin=${this.low} aria-valuemax="100" aria-valuenow=${value} aria-valuetext=${percent(this.spoken, value, 1)}
      @pointerdown=${(/** @type {PointerEvent} */ e) => this.grab(e, index)}
      @keydown=${(/** @type {KeyboardEvent} */ e) => this.key(e, index)}>
      <rect class="reach" x=${x - 24} y=${y - 40} width="48" height="80" />
      <circle class="dot" cx=${x} cy=${y} r="8" />
    </g>`;
  }

  render() {
    if (this.truth.length < 2) return nothing;
    const { words, spoken } = this;
    const path = (/** @type {number[]} */ values) =>
      values.map((v, i) => `${i ? 'L' : 'M'}${this.x(this.truth[i].remaining)},${this.y(v)}`).join('');
    const mine = this.truth.map((_, i) => this.mine(i));
    const truth = this.truth.map((p) => p.accuracy ?? 0);
    const off = truth.slice(1).reduce((sum, v, i) => sum + Math.abs(v - mine[i + 1]), 0) / Math.max(1, truth.length - 1);
    const ticks = [100, (100 + this.low) / 2, this.low];
    return html`
      <div class="question">${this.question}</div>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-label=${this.question}>
        ${ticks.map(
          (tick) => svg`<line class="grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${this.y(tick)} y2=${this.y(tick)} />
            <text x=${LEFT - 8} y=${this.y(tick) + 4} text-anchor="end">${percent(spoken, tick)}</text>`,
        )}
        ${this.truth.map(
          (p) => svg`<text x=${this.x(p.remaining)} y=${HEIGHT - 16} text-anchor="middle">${percent(spoken, p.remaining)}</text>`,
        )}
        ${this.revealed && this.skipped ? nothing : svg`<path class="mine" d=${path(mine)} />`}
        ${this.revealed ? svg`<path class="true" d=${path(truth)} />` : nothing}
        ${this.revealed
          ? this.truth.map((p) => svg`<circle class="point" cx=${this.x(p.remaining)} cy=${this.y(p.accuracy ?? 0)} r="5" />`)
          : nothing}
        ${this.truth.map((p, i) => this.handle(p, i))}
      </svg>
      ${this.revealed
        ? html`<p role="status">${this.skipped ? '' : fill(words.sketchResult, { points: decimal(spoken, off, 1) })}</p>`
        : html`<p>${words.sketchHelp}</p>`}
      ${this.buttons()}
    `;
  }
}

customElements.define('lt-sketch', LtSketch);
