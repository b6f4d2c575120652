import { css, html, nothing } from 'lit';
import { define, LtFigure } from './base.js';
import { count, percent } from './format.js';
import { sum } from './histogram-layout.js';
import { theme } from './theme.js';
import { paintTile, ramp } from './tiles.js';

/** @typedef {import('./types.js').PixelsData} PixelsData */

const SIDE = 28;

/**
 * How many connections leave each pixel, beside what the pixels usually show.
 * @extends {LtFigure<PixelsData>}
 */
export class LtPixels extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { over: { state: true } };
  static styles = [
    theme,
    css`
      .picture {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 18rem));
        gap: clamp(0.75rem, 4cqi, 3rem);
        max-inline-size: 42rem;
        cursor: crosshair;
        direction: ltr;
      }
      .picture > canvas {
        position: static;
        inset: auto;
      }
      .map {
        display: grid;
        align-content: start;
        gap: 0.375rem;
      }
      .map > div {
        position: relative;
        aspect-ratio: 1;
        border: 1px solid var(--_line);
      }
      .map canvas {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        image-rendering: pixelated;
      }
      .map span {
        font-size: 0.875em;
        text-align: start;
      }
      .mark {
        position: absolute;
        inset-block-start: 0;
        inset-inline-start: 0;
        inline-size: calc(100% / 28);
        block-size: calc(100% / 28);
        outline: 2px solid var(--_neg);
        pointer-events: none;
      }
      .mark[hidden] {
        display: none;
      }
      .readout {
        min-block-size: 1.5em;
        margin-block-start: 0.5rem;
        color: var(--_muted);
        font-size: 0.875em;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {number | null} */
    this.over = null;
  }

  picture() {
    const most = this.most();
    const maps = [
      { name: 'fan', label: this.t('pixels.fan', { most: count(this.locale, most) }) },
      ...(this.data && !this.data.mean ? [] : [{ name: 'mean', label: this.t('pixels.mean') }]),
    ];
    return html`${maps.map(
      ({ name, label }, i) =>
        html`<div class="map" part="map">
          <div
            role=${i ? 'img' : 'slider'}
            tabindex=${i ? nothing : 0}
            aria-label=${i ? label : `${label}. ${this.t('pixels.slider')}`}
            aria-valuemin=${i ? nothing : 1}
            aria-valuemax=${i ? nothing : SIDE * SIDE}
            aria-valuenow=${i ? nothing : (this.over ?? 0) + 1}
            aria-valuetext=${i ? nothing : this.sentence()}
            @pointermove=${this.point}
            @pointerleave=${() => (this.over = null)}
            @keydown=${this.key}
            @blur=${() => (this.over = null)}
          >
            <canvas class=${name} width=${SIDE} height=${SIDE}></canvas>
            <div class="mark" ?hidden=${this.over === null}></div>
          </div>
          <span aria-hidden="true">${label}</span>
        </div>`,
    )}`;
  }

  below() {
    return html`<div class="readout" part="readout">${this.sentence()}</div>`;
  }

  most() {
    return Math.max(0, ...Array.from(this.data?.fanOut ?? []));
  }

  sentence() {
    const { data, over } = this;
    if (!data) return '';
    if (over === null) return this.t('pixels.hint');
    return this.t('pixels.at', {
      row: Math.floor(over / SIDE) + 1,
      column: (over % SIDE) + 1,
      n: count(this.locale, data.fanOut[over]),
      of: count(this.locale, data.outputs),
      mean: data.mean ? percent(this.locale, data.mean[over] * 100, 0) : '–',
    });
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (this.renderRoot.querySelectorAll('.mark'))) {
      if (this.over !== null) mark.style.transform = `translate(${(this.over % SIDE) * 100}%, ${Math.floor(this.over / SIDE) * 100}%)`;
    }
    if (!changed.has('data') && !changed.has('colours')) return;
    const { data } = this;
    const most = this.most() || 1;
    this.paint('.fan', (i) => (data ? data.fanOut[i] / most : 0), 'ticket');
    this.paint('.mean', (i) => data?.mean?.[i] ?? 0, 'fg');
  }

  /** @private @param {string} name @param {(i: number) => number} value @param {string} token */
  paint(name, value, token) {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector(name));
    if (!canvas) return;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const image = context.createImageData(SIDE, SIDE);
    const colours = ramp(this.colour(token), 0.04);
    paintTile(new Uint32Array(image.data.buffer), SIDE, 0, 0, SIDE, SIDE * SIDE, value, colours, colours);
    context.putImageData(image, 0, 0);
  }

  /** @param {PointerEvent} event */
  point(event) {
    const bounds = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const column = Math.floor(((event.clientX - bounds.left) / bounds.width) * SIDE);
    const row = Math.floor(((event.clientY - bounds.top) / bounds.height) * SIDE);
    this.over = column >= 0 && column < SIDE && row >= 0 && row < SIDE ? row * SIDE + column : null;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.over ?? (SIDE / 2) * SIDE + SIDE / 2;
    const row = Math.floor(at / SIDE);
    const column = at % SIDE;
    /** @type {Record<string, [number, number]>} */
    const moves = { ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column], ArrowUp: [row - 1, column] };
    const to = moves[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (this.over === null) this.over = at;
    else if (to[0] >= 0 && to[0] < SIDE && to[1] >= 0 && to[1] < SIDE) this.over = to[0] * SIDE + to[1];
  }

  caption() {
    const { data } = this;
    if (!data) return this.t('figure.empty');
    const fan = Array.from(data.fanOut);
    return this.t('pixels.caption', {
      total: count(this.locale, sum(fan)),
      all: count(this.locale, fan.length * data.outputs),
      silent: count(this.locale, fan.filter((n) => !n).length),
      pixels: count(this.locale, fan.length),
    });
  }

  table() {
    const { data } = this;
    return {
      columns: [
        { key: 'row', label: this.t('column.row') },
        { key: 'column', label: this.t('column.column') },
        { key: 'connections', label: this.t('column.out') },
        { key: 'mean', label: this.t('pixels.mean'), format: (/** @type {number} */ m) => percent(this.locale, m * 100, 0) },
      ],
      rows: data
        ? Array.from({ length: data.fanOut.length }, (_, i) => [Math.floor(i / SIDE) + 1, (i % SIDE) + 1, data.fanOut[i], data.mean?.[i] ?? null])
        : [],
    };
  }

  snapshot() {
    const both = document.createElement('canvas');
    const cell = 8;
    const maps = [...this.renderRoot.querySelectorAll('.map canvas')];
    both.width = (maps.length * (SIDE + 3) - 3) * cell;
    both.height = SIDE * cell;
    const context = /** @type {CanvasRenderingContext2D} */ (both.getContext('2d'));
    context.imageSmoothingEnabled = false;
    maps.forEach((map, i) => context.drawImage(/** @type {HTMLCanvasElement} */ (map), i * (SIDE + 3) * cell, 0, SIDE * cell, SIDE * cell));
    return both;
  }
}

define('lt-pixels', LtPixels);
