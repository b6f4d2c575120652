import { css, html, nothing, svg } from 'lit';
import { lookOf } from './arms.js';
import { axes, choice, define, LtFigure, sample } from './base.js';
import { count, decimal, percent } from './format.js';
import { layoutRace, pointAt } from './race-layout.js';
import { linePath } from './scales.js';
import { readout, theme } from './theme.js';

/** @typedef {import('./types.js').RaceData} RaceData */
/** @typedef {import('./race-layout.js').Measure} Measure */

/**
 * Arms in lock-step on one axis, live.
 * @extends {LtFigure<RaceData>}
 */
export class LtRace extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { measure: { type: String }, hovered: { state: true } };
  static styles = [
    theme,
    readout,
    css`
      .picture {
        block-size: 20rem;
      }
      @container lt-figure (inline-size < 35rem) {
        .picture {
          block-size: 17rem;
        }
      }
      svg {
        touch-action: pan-y;
      }
      .line {
        fill: none;
        stroke: var(--_arm);
        stroke-width: 2;
        stroke-linejoin: round;
        stroke-linecap: round;
      }
      .stop {
        fill: var(--_bg);
        stroke: var(--_arm);
        stroke-width: 2;
      }
      .head {
        fill: var(--_arm);
      }
      .over {
        stroke: var(--_muted);
        stroke-width: 1;
        opacity: 0.6;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Measure | null} */
    this.measure = null;
    /** @type {number | null} a step */
    this.hovered = null;
  }

  /** @returns {Measure} */
  get shown() {
    return this.measure ?? this.data?.measure ?? 'valAccuracy';
  }

  controls() {
    return choice({
      name: 'measure',
      label: this.t('figure.measure'),
      choices: ['valAccuracy', 'valLoss', 'trainLoss'].map((value) => ({ value, label: this.t(`race.${value}`) })),
      value: this.shown,
      change: (value) => {
        this.measure = /** @type {Measure} */ (value);
        this.say('lt-measure', { measure: value });
      },
    });
  }

  layout() {
    return layoutRace(this.data?.curves ?? [], {
      width: this.box.width,
      height: this.box.height,
      measure: this.shown,
      steps: this.data?.steps ?? 1,
      name: (curve) => this.armName(curve.arm),
    });
  }

  /** @param {number | undefined} value */
  value(value) {
    if (value === undefined || !Number.isFinite(value)) return '–';
    return this.shown === 'valAccuracy' ? percent(this.locale, value, 1) : decimal(this.locale, value, 3);
  }

  picture() {
    const { width, height } = this.box;
    if (!width) return svg`<svg></svg>`;
    const { plot, x, narrow, curves, labels, xTicks, yTicks } = this.layout();
    return html`<svg
      role="img"
      aria-label=${this.summary()}
      width=${width}
      height=${height} viewBox=${`0 0 ${width} ${height}`}
      @pointermove=${this.move}
      @pointerleave=${() => (this.hovered = null)}
    >
      ${axes({ plot, xTicks, yTicks, x: (value) => count(this.locale, value), y: (value) => this.tick(value, yTicks), label: this.t('race.x'), line: true })}
      ${this.hovered === null
        ? nothing
        : svg`<line class="over" x1=${x(this.hovered)} x2=${x(this.hovered)} y1=${plot.top} y2=${plot.bottom} />`}
      ${curves.map(({ curve, parts, points, stop }) => {
        const look = lookOf(curve.arm);
        const end = points[points.length - 1];
        const inside = end && end[1] <= plot.bottom && end[1] >= plot.top;
        return svg`<g class="arm-${look.token}">
          <path class="line" stroke-dasharray=${look.dash || 'none'} d=${parts.map(linePath).join('')} />
          ${inside ? svg`<circle class="head" cx=${end[0]} cy=${end[1]} r="3.5" />` : nothing}
          ${stop ? svg`<circle class="stop" cx=${stop.x} cy=${stop.y} r="4.5" />` : nothing}
        </g>`;
      })}
      ${(narrow ? [] : labels).map((label) => {
        // At the end of the axis there is room beside the line; on the way there only above it.
        const above = label.x < plot.right - 12;
        return svg`<text class="arm halo arm-${lookOf(label.arm).token}"
          x=${above ? Math.min(label.x + 4, plot.right) : label.x + 9} y=${label.y - (above ? 13 : 0)}
          text-anchor=${above && label.x > width / 4 ? 'end' : 'start'} dominant-baseline="middle">${label.text}</text>`;
      })}
    </svg>`;
  }

  /** @param {number} value @param {{value: number}[]} ticks */
  tick(value, ticks) {
    const apart = ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : 1;
    if (this.shown === 'valAccuracy') return percent(this.locale, value, apart < 1 ? 1 : 0);
    return decimal(this.locale, value, apart < 0.1 ? 2 : 1);
  }

  get empty() {
    return !this.data?.curves.length;
  }

  get drawn() {
    return (this.data?.curves ?? []).filter((curve) => curve.points.length);
  }

  below() {
    const curves = this.drawn;
    const step = this.hovered ?? Math.max(0, ...curves.map((curve) => curve.points[curve.points.length - 1].step));
    return html`<div class="readout" part="readout">
      ${curves.length
        ? html`<span>${this.t('race.atStep', { step: count(this.locale, step) })}</span>
            ${curves.map(
              (curve) =>
                html`<span class="arm-${lookOf(curve.arm).token}"
                  >${sample(curve.arm)}<b>${this.armName(curve.arm)}</b> ${this.value(pointAt(curve.points, step)?.[this.shown])}</span
                >`,
            )}`
        : nothing}
    </div>`;
  }

  summary() {
    const parts = this.drawn.map((curve) => `${this.armName(curve.arm)} ${this.value(curve.points[curve.points.length - 1][this.shown])}`);
    return [this.t(`race.${this.shown}`), ...parts].join(', ');
  }

  /** @param {PointerEvent} event */
  move(event) {
    const bounds = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const step = this.layout().x.invert(event.clientX - bounds.left);
    this.hovered = step >= 0 && step <= (this.data?.steps ?? 0) ? Math.round(step) : null;
  }

  caption() {
    const { data } = this;
    if (!data || this.empty) return this.t('race.none');
    const { curves } = data;
    const seeds = [...new Set(curves.map((curve) => curve.seed).filter((seed) => seed !== undefined))];
    const round =
      typeof data.round === 'number' && data.remaining !== undefined
        ? `${this.t('figure.roundLeft', { round: data.round, percent: percent(this.locale, data.remaining) })}. `
        : '';
    const who = seeds.length ? this.t('race.seeds', { count: seeds.length, seeds: seeds.join(', ') }) : '';
    const stops = curves.some((curve) => typeof curve.earlyStopStep === 'number') ? this.t('race.stops') : '';
    return `${round}${this.t('race.caption')} ${who} ${stops}`.replace(/\s+/g, ' ').trim();
  }

  table() {
    const n = (/** @type {number} */ value) => decimal(this.locale, value, 4);
    return {
      columns: [
        { key: 'arm', label: this.t('column.arm'), format: (/** @type {string} */ arm) => this.armName(arm) },
        { key: 'seed', label: this.t('column.seed') },
        { key: 'step', label: this.t('column.step'), format: (/** @type {number} */ value) => count(this.locale, value) },
        { key: 'train_loss', label: this.t('race.trainLoss'), format: n },
        { key: 'validation_loss', label: this.t('race.valLoss'), format: n },
        {
          key: 'validation_accuracy_percent',
          label: this.t('race.valAccuracy'),
          format: (/** @type {number} */ value) => percent(this.locale, value, 2),
        },
      ],
      rows: (this.data?.curves ?? []).flatMap((curve) =>
        curve.points.map((point) => [curve.arm, curve.seed ?? null, point.step, point.trainLoss, point.valLoss, point.valAccuracy]),
      ),
    };
  }
}

define('lt-race', LtRace);
