import { css, html, nothing, svg } from 'lit';
import { lookOf, shapePath } from './arms.js';
import { axes, choice, define, LtFigure, sample } from './base.js';
import { count, percent } from './format.js';
import { aggregate, layoutLadder, nearestRound, seedsIn, valueOf } from './ladder-layout.js';
import { linePath } from './scales.js';
import { readout, theme } from './theme.js';

/** @typedef {import('./types.js').LadderData} LadderData */
/** @typedef {import('./ladder-layout.js').Measure} Measure */

/**
 * Accuracy and early-stop step against remaining weights; the way from round to round.
 * @extends {LtFigure<LadderData>}
 */
export class LtLadder extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { measure: { type: String }, hovered: { state: true } };
  static styles = [
    theme,
    readout,
    css`
      .picture {
        block-size: 22rem;
      }
      @container lt-figure (inline-size < 35rem) {
        .picture {
          block-size: 18rem;
        }
      }
      svg {
        touch-action: pan-y;
        cursor: pointer;
      }
      .line {
        fill: none;
        stroke: var(--_arm);
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .band {
        fill: var(--_arm);
        opacity: 0.13;
      }
      .point {
        fill: var(--_arm);
        stroke: var(--_bg);
        stroke-width: 1.5;
      }
      .point.censored {
        fill: var(--_bg);
        stroke: var(--_arm);
        stroke-width: 1.75;
      }
      .reference {
        stroke: var(--_dense);
        stroke-width: 1;
        stroke-dasharray: 1 3;
      }
      .here {
        stroke: var(--_fg);
        stroke-width: 1;
        opacity: 0.45;
      }
      .over {
        stroke: var(--_muted);
        stroke-width: 1;
        opacity: 0.5;
        stroke-dasharray: 2 2;
      }
      .recorded .line,
      .recorded .point {
        opacity: 0.75;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Measure | null} the reader's choice, before that of the data */
    this.measure = null;
    /** @type {number | null} */
    this.hovered = null;
  }

  /** @returns {Measure} */
  get shown() {
    return this.measure ?? this.data?.measure ?? 'accuracy';
  }

  get empty() {
    return !this.data?.results.length;
  }

  get lines() {
    return this.data ? aggregate(this.data.results, this.shown, this.data.arms) : [];
  }

  controls() {
    return choice({
      name: 'measure',
      label: this.t('figure.measure'),
      choices: [
        { value: 'accuracy', label: this.t('ladder.accuracy') },
        { value: 'step', label: this.t('ladder.step') },
      ],
      value: this.shown === 'final' ? 'accuracy' : this.shown,
      change: (value) => {
        this.measure = /** @type {Measure} */ (value);
        this.say('lt-measure', { measure: value });
      },
    });
  }

  layout() {
    const { width, height } = this.box;
    return layoutLadder(this.lines, {
      width,
      height,
      measure: this.shown,
      name: (arm) => this.armName(arm),
      steps: this.data?.steps,
    });
  }

  /** @param {number} value */
  value(value) {
    return this.shown === 'step' ? count(this.locale, value) : percent(this.locale, value, 1);
  }

  picture() {
    const { width, height } = this.box;
    const rounds = this.rounds();
    if (!width) return svg`<svg></svg>`;
    const { plot, lines, labels, xTicks, yTicks, dense, narrow } = this.layout();
    const at = (/** @type {number | null | undefined} */ round) => lines.flatMap(({ points }) => points).find((point) => point.round === round)?.x ?? null;
    const here = at(this.data?.round);
    const over = at(this.hovered);
    const now = this.data?.round ?? rounds[rounds.length - 1] ?? 0;
    return html`<svg
      role="slider"
      tabindex=${rounds.length ? 0 : nothing}
      aria-label=${this.t('ladder.slider')}
      aria-valuemin=${rounds[0] ?? 0}
      aria-valuemax=${rounds[rounds.length - 1] ?? 0}
      aria-valuenow=${now}
      aria-valuetext=${this.sentence(now)}
      width=${width}
      height=${height} viewBox=${`0 0 ${width} ${height}`}
      @keydown=${this.key}
      @click=${this.choose}
      @pointermove=${this.move}
      @pointerleave=${() => (this.hovered = null)}
    >
      <g class=${this.data?.recorded ? 'recorded' : ''}>
        ${axes({ plot, xTicks, yTicks, x: (value) => percent(this.locale, value), y: (value) => this.tick(value, yTicks), label: this.t('ladder.x'), line: true })}
        ${dense
          ? svg`<line class="reference" x1=${plot.left} x2=${plot.right} y1=${dense.y} y2=${dense.y} />`
          : nothing}
        ${over === null ? nothing : svg`<line class="over" x1=${over} x2=${over} y1=${plot.top} y2=${plot.bottom} />`}
        ${here === null ? nothing : svg`<line class="here" x1=${here} x2=${here} y1=${plot.top - 6} y2=${plot.bottom} />`}
        ${lines.map((each) => {
          const look = lookOf(each.arm);
          const points = each.points.filter((point) => Number.isFinite(point.y));
          return svg`<g class="arm-${look.token}">
            ${points.some((point) => point.seeds > 1)
              ? svg`<path class="band" d=${linePath([...points.map((point) => [point.x, point.y0]), ...points.map((point) => [point.x, point.y1]).reverse()])} />`
              : nothing}
            <path class="line" stroke-dasharray=${look.dash || 'none'} d=${linePath(points.map((point) => [point.x, point.y]))} />
            ${points.map(
              (point) =>
                svg`<path class="point ${point.censored && this.shown === 'step' ? 'censored' : ''}"
                  transform="translate(${point.x},${point.y})"
                  d=${shapePath(look.shape, point.round === this.data?.round ? 6 : 4)} />`,
            )}
          </g>`;
        })}
        ${labels.map(
          (label) =>
            svg`<text class="arm halo arm-${lookOf(label.arm).token}" x=${narrow ? plot.right : plot.right + 6} y=${label.y + (narrow ? -10 : 0)}
              text-anchor=${narrow ? 'end' : 'start'} dominant-baseline="middle">${label.text}</text>`,
        )}
        ${dense && !narrow
          ? svg`<text class="muted halo" x=${plot.right - 4} y=${dense.y + (labels.some(({ y }) => Math.abs(dense.y - 12 - y) < 14) ? 18 : -8)} text-anchor="end">${this.t('ladder.denseLine', { value: this.value(dense.value.mean) })}</text>`
          : nothing}
      </g>
    </svg>`;
  }

  /** Ticks share one number of decimals. @param {number} value @param {{value: number}[]} ticks */
  tick(value, ticks) {
    if (this.shown === 'step') return count(this.locale, value);
    const fine = ticks.length > 1 && Math.abs(ticks[1].value - ticks[0].value) < 1;
    return percent(this.locale, value, fine ? 1 : 0);
  }

  /** What the arms came to in a round; they share the dense network. @param {number | null} round */
  found(round) {
    const found = this.lines.flatMap((each) => each.rungs.filter((rung) => rung.round === round).map((rung) => ({ arm: round ? each.arm : 'dense', rung })));
    return round ? found : found.slice(0, 1);
  }

  below() {
    const round = this.hovered ?? this.data?.round ?? null;
    const found = this.found(round);
    return html`<div class="readout" part="readout">
      ${found.length
        ? html`<span>${this.t('figure.roundLeft', { round: String(round), percent: percent(this.locale, found[0].rung.remaining) })}</span>
            ${found.map(
              ({ arm, rung }) =>
                html`<span class="arm-${lookOf(arm).token}"
                  >${sample(arm, true)}<b>${this.armName(arm)}</b> ${this.value(rung.value.mean)}${rung.value.max > rung.value.min
                    ? ` (${this.value(rung.value.min)} – ${this.value(rung.value.max)})`
                    : nothing}${rung.censored && this.shown === 'step' ? ` ${this.t('ladder.orLater')}` : nothing}</span
                >`,
            )}`
        : this.empty
          ? nothing
          : html`<span>${this.t('ladder.hint')}</span>`}
    </div>`;
  }

  /** @param {number} round */
  sentence(round) {
    const found = this.found(round);
    if (!found.length) return this.t('figure.empty');
    const parts = found.map(({ arm, rung }) => `${this.armName(arm)} ${this.value(rung.value.mean)}`);
    return [this.t('figure.roundLeft', { round, percent: percent(this.locale, found[0].rung.remaining) }), ...parts].join(', ');
  }

  rounds() {
    return [...new Set(this.lines.flatMap((each) => each.rungs.map((rung) => rung.round)))].sort((a, b) => a - b);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const rounds = this.rounds();
    const at = rounds.indexOf(this.data?.round ?? rounds[rounds.length - 1]);
    /** @type {Record<string, number>} */
    const moves = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: rounds.length - 1 };
    const to = moves[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const round = rounds[Math.max(0, Math.min(rounds.length - 1, to))];
    if (round !== undefined && round !== this.data?.round) this.say('lt-select', { round });
  }

  /** @param {MouseEvent} event */
  roundAt(event) {
    const bounds = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    return nearestRound(this.lines, this.layout().x, event.clientX - bounds.left);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerType === 'touch') return;
    const round = this.roundAt(event);
    this.hovered = round < 0 ? null : round;
  }

  /** @param {MouseEvent} event */
  choose(event) {
    const round = this.roundAt(event);
    if (round >= 0) this.say('lt-select', { round });
  }

  caption() {
    if (this.empty) return this.t('ladder.none');
    const results = this.data?.results ?? [];
    const seeds = seedsIn(results);
    const what = this.t(this.shown === 'step' ? 'ladder.captionStep' : this.shown === 'final' ? 'ladder.captionFinal' : 'ladder.captionAccuracy');
    const over = this.t('ladder.over', { count: seeds, seeds: count(this.locale, seeds) });
    const censored = this.shown === 'step' && results.some((result) => result.censored) ? this.t('ladder.censored') : '';
    return [what, over, censored].filter(Boolean).join(' ');
  }

  table() {
    const results = this.data?.results ?? [];
    const p = (/** @type {number} */ value) => percent(this.locale, value);
    return {
      columns: [
        { key: 'arm', label: this.t('column.arm'), format: (/** @type {string} */ arm) => this.armName(arm) },
        { key: 'seed', label: this.t('column.seed') },
        { key: 'round', label: this.t('column.round') },
        { key: 'remaining_percent', label: this.t('column.remaining'), format: p },
        { key: 'test_accuracy_early_stop_percent', label: this.t('column.testEarly'), format: p },
        { key: 'test_accuracy_final_percent', label: this.t('column.testFinal'), format: p },
        { key: 'early_stop_step', label: this.t('column.earlyStop'), format: (/** @type {number} */ n) => count(this.locale, n) },
        { key: 'censored', label: this.t('column.censored'), format: (/** @type {boolean} */ yes) => this.t(yes ? 'figure.yes' : 'figure.no') },
      ],
      rows: results.map((result) => [
        result.arm,
        result.seed,
        result.round,
        result.remaining,
        result.testAccuracyEarlyStop,
        result.testAccuracyFinal,
        valueOf(result, 'step'),
        result.censored,
      ]),
    };
  }
}

define('lt-ladder', LtLadder);
