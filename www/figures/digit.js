import { html, nothing } from 'lit';
import { lookOf } from './arms.js';
import { define, LtFigure } from './base.js';
import { answerOf, centreDigit, DRAWN, enlarge, FINE, SIDE, stroke, toggle } from './digit-image.js';
import { pathPicture } from './digit-path.js';
import { digitStyles } from './digit-styles.js';
import { count, percent } from './format.js';
import { theme } from './theme.js';

/** @typedef {import('./types.js').DigitData} DigitData */
/** @typedef {import('./types.js').ActivePath} ActivePath */

/**
 * An image, drawn or picked, and what the networks say to it.
 * @extends {LtFigure<DigitData>}
 */
export class LtDigit extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { cursor: { state: true }, drawnHere: { state: true } };
  static styles = [
    theme,
    digitStyles,
  ];

  constructor() {
    super();
    /** @type {{column: number, row: number} | null} the keyboard's place */
    this.cursor = null;
    /** Whether the image shown was drawn or changed here, rather than given. */
    this.drawnHere = false;
    /** @private */
    this._drawing = new Float32Array(DRAWN * DRAWN);
    /** @private */
    this._pixels = new Uint8Array(SIDE * SIDE);
    /** @private @type {{x: number, y: number} | null} */
    this._pen = null;
    /** @private */
    this._telling = 0;
    /** @private */
    this._dirty = true;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this._telling);
    this._telling = 0;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const before = /** @type {DigitData | null | undefined} */ (changed.get('data'));
    const { pixels } = this.data ?? {};
    // The reader's own drawing comes back as data: that must not blur it.
    if (changed.has('data') && pixels && pixels !== before?.pixels && pixels.join() !== this._pixels.join()) {
      this._pixels = Uint8Array.from(pixels);
      this._drawing = enlarge(pixels);
      this.drawnHere = false;
      this._dirty = true;
    }
  }

  picture() {
    const { data } = this;
    const empty = this._pixels.every((value) => value === 0);
    const many = data?.count ?? 0;
    const index = data?.index ?? -1;
    const pick = (/** @type {number} */ to) => () => this.say('lt-pick', { set: 'test', index: ((to % many) + many) % many });
    return html`<div class="draw">
        <div
          class="pad"
          part="pad"
          role="application"
          tabindex="0"
          aria-label=${this.t('digit.pad')}
          aria-description=${this.cursor ? this.t('digit.at', { row: this.cursor.row + 1, column: this.cursor.column + 1 }) : this.t('digit.keys')}
          @pointerdown=${this.penDown}
          @pointermove=${this.penMove}
          @pointerup=${this.penUp}
          @pointercancel=${this.penUp}
          @keydown=${this.key}
          @blur=${() => (this.cursor = null)}
        >
          <canvas class="paper" width=${DRAWN} height=${DRAWN}></canvas>
          ${empty ? html`<span class="invite">${this.t('digit.invite')}</span>` : nothing}
          <div class="cursor" ?hidden=${!this.cursor}></div>
        </div>
        <div class="verbs" part="verbs">
          <button type="button" ?disabled=${empty} @click=${this.clear}>${this.t('digit.clear')}</button>
          ${many
            ? html`<button type="button" aria-label=${this.t('digit.previous')} title=${this.t('digit.previous')} @click=${pick(index - 1)}>‹</button>
                <button type="button" @click=${pick(index + 1)}>${this.t('digit.next')}</button>`
            : nothing}
          <div class="seen">
            <canvas class="preview" width=${SIDE} height=${SIDE} aria-hidden="true"></canvas>
            <span>${this.seen()}</span>
          </div>
        </div>
      </div>
      ${this.answers()} ${data?.path === undefined ? nothing : this.way(data.path)}`;
  }

  seen() {
    const { data } = this;
    if (this.drawnHere) return this.t('digit.seenDrawn');
    if (typeof data?.index === 'number') {
      const label = typeof data.label === 'number' ? this.t('digit.label', { label: data.label }) : '';
      return `${this.t('digit.test', { index: count(this.locale, data.index + 1), count: count(this.locale, data.count ?? 0) })} ${label}`;
    }
    return this.t('digit.seen');
  }

  answers() {
    const answers = this.data?.answers ?? [];
    const label = this.drawnHere ? null : (this.data?.label ?? null);
    return html`<table class="answers" part="answers">
      <colgroup>
        <col class="digit" />
        ${answers.map(() => html`<col />`)}
      </colgroup>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">${this.t('column.digit')}</span></th>
          ${answers.map(({ arm, probabilities, remaining }) => {
            return html`<th scope="col" class="arm-${lookOf(arm).token}">
              ${this.armName(arm)}
              <span class="left">${remaining === undefined ? '\u00a0' : this.t('digit.left', { percent: percent(this.locale, remaining) })}</span>
              <span class="says">${probabilities ? answerOf(probabilities) : '–'}</span>
            </th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${Array.from({ length: 10 }, (_, digit) => {
          return html`<tr class=${digit === label ? 'label' : ''}>
            <th scope="row">${digit}</th>
            ${answers.map(({ arm, probabilities }) => {
              const p = probabilities?.[digit] ?? 0;
              const best = probabilities !== null && answerOf(probabilities) === digit;
              return html`<td class="arm-${lookOf(arm).token}">
                <div class="bar ${best ? 'best' : ''}">
                  <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 10">
                    <rect class="track" y="4.5" width="100" height="1" />
                    <rect class="value" width=${p * 100} height="10" />
                  </svg>
                  <span>${probabilities ? percent(this.locale, p * 100, p >= 0.9995 || p < 0.0005 ? 0 : 1) : '–'}</span>
                </div>
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  /** @param {ActivePath | null} path */
  way(path) {
    const answer = this.data?.answers.find(({ arm }) => arm === (path?.arm ?? 'ticket'))?.probabilities;
    return pathPicture(path, {
      width: this.box.width,
      sizes: this.data?.sizes ?? [784, 300, 100, 10],
      pixels: this._pixels,
      winner: answer ? answerOf(answer) : -1,
      label: path ? this.pathSentence(path) : '',
    });
  }

  /** @param {ActivePath} path */
  pathSentence(path) {
    return this.t('digit.path', { shown: count(this.locale, path.edges.length), total: count(this.locale, path.total), arm: this.armName(path.arm ?? 'ticket') });
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const cursor = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.cursor'));
    if (cursor && this.cursor) cursor.style.transform = `translate(${this.cursor.column * 100}%, ${this.cursor.row * 100}%)`;
    if (!this._dirty && !changed.has('colours')) return;
    this._dirty = false;
    const ink = this.colour('fg');
    this.paint('.paper', DRAWN, (i) => this._drawing[i] * 255, ink);
    this.paint('.preview', SIDE, (i) => this._pixels[i], ink);
  }

  /** @private @param {string} name @param {number} side @param {(i: number) => number} value @param {[number, number, number]} ink */
  paint(name, side, value, [r, g, b]) {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector(name));
    if (!canvas) return;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const image = context.createImageData(side, side);
    const out = new Uint32Array(image.data.buffer);
    for (let i = 0; i < out.length; i += 1) out[i] = (Math.round(value(i)) << 24) | (b << 16) | (g << 8) | r;
    context.putImageData(image, 0, 0);
  }

  // --- drawing --------------------------------------------------------------------------------------------------------------

  /** Where on the drawing a pointer is. @private @param {PointerEvent} event @param {EventTarget | null} [pad] */
  place({ clientX, clientY, currentTarget }, pad = currentTarget) {
    const { left, top, width, height } = /** @type {Element} */ (pad).getBoundingClientRect();
    return { x: ((clientX - left) / width) * DRAWN, y: ((clientY - top) / height) * DRAWN };
  }

  /** @param {PointerEvent} event */
  penDown(event) {
    if (event.button) return;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    // A given image is there to be looked at; the first stroke begins a new one.
    if (!this.drawnHere) this._drawing.fill(0);
    this._pen = this.place(event);
    stroke(this._drawing, this._pen.x, this._pen.y, this._pen.x, this._pen.y);
    this.tell();
  }

  /** @param {PointerEvent} event */
  penMove(event) {
    if (!this._pen) return;
    for (const each of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
      const to = this.place(each, event.currentTarget);
      stroke(this._drawing, this._pen.x, this._pen.y, to.x, to.y);
      this._pen = to;
    }
    this.tell();
  }

  penUp() {
    this._pen = null;
  }

  clear() {
    this._drawing = new Float32Array(DRAWN * DRAWN);
    this.tell();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.cursor ?? { column: SIDE / 2, row: SIDE / 2 };
    /** @type {Record<string, [number, number]>} */
    const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const move = moves[event.key];
    if (move) {
      const clamp = (/** @type {number} */ value) => Math.max(0, Math.min(SIDE - 1, value));
      this.cursor = this.cursor ? { column: clamp(at.column + move[0]), row: clamp(at.row + move[1]) } : at;
      // With Shift the pen is down.
      if (event.shiftKey) {
        const x = (this.cursor.column + 0.5) * FINE;
        const y = (this.cursor.row + 0.5) * FINE;
        stroke(this._drawing, x, y, x, y);
        this.tell();
      }
    } else if (event.key === ' ' || event.key === 'Enter') {
      this.cursor = at;
      toggle(this._drawing, at.column, at.row);
      this.tell();
    } else if (event.key === 'Delete' || event.key === 'Backspace') this.clear();
    else return;
    event.preventDefault();
  }

  /** Shows the drawing at once and tells of it once a frame. @private */
  tell() {
    this.drawnHere = true;
    if (this._telling) return;
    this._telling = requestAnimationFrame(() => {
      this._telling = 0;
      this._pixels = centreDigit(this._drawing);
      this._dirty = true;
      this.requestUpdate();
      this.say('lt-digit', { pixels: Uint8Array.from(this._pixels) });
    });
  }

  caption() {
    const { data } = this;
    return this.t('digit.caption') + (data?.path?.edges.length ? ` ${this.pathSentence(data.path)}` : '');
  }

  table() {
    const answers = this.data?.answers ?? [];
    return {
      columns: [
        { key: 'digit', label: this.t('column.digit') },
        ...answers.map(({ arm }) => ({
          key: `${arm}_probability`,
          label: this.armName(arm),
          format: (/** @type {number} */ p) => percent(this.locale, p * 100, 2),
        })),
      ],
      rows: Array.from({ length: 10 }, (_, digit) => [digit, ...answers.map(({ probabilities }) => probabilities?.[digit] ?? null)]),
    };
  }

  /** The answers are a table already. @returns {import('./base.js').Part} */
  values() {
    return nothing;
  }
}

define('lt-digit', LtDigit);
