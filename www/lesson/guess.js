/** `<lt-guess>`: the reader says a number first; then the outcome is shown against it, with its spread over the seeds. */
import { css, html, nothing, svg } from 'lit';
import { count, percent } from '../figures/format.js';
import { Asks } from './asks.js';
import { fill } from './words.js';

/** @typedef {import('./steps.js').Guess} Guess */
/** @typedef {import('./facts.js').Fact} Fact */

export class LtGuess extends Asks {
  static properties = {
    guess: { attribute: false },
    fact: { attribute: false },
    value: { state: true },
  };

  static styles = [
    Asks.styles,
    css`
      .row {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-top: 12px;
      }
      input {
        flex: 1;
        min-width: 0;
        height: 28px;
        margin: 0;
        accent-color: var(--lt-fg);
        cursor: pointer;
      }
      output {
        min-width: 5.2ch;
        font-size: 1.25rem;
        font-weight: 650;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      svg {
        height: 76px;
        overflow: visible;
      }
      text {
        fill: var(--lt-fg);
        font-size: 13px;
      }
      .rule {
        stroke: var(--lt-strong-line);
      }
      .guess {
        fill: var(--lt-bg);
        stroke: var(--lt-fg);
        stroke-width: 2;
      }
      .outcome {
        fill: var(--lt-accent);
      }
      .spread {
        stroke: var(--lt-accent);
        stroke-width: 8;
        stroke-linecap: round;
        opacity: 0.35;
      }
      .off {
        stroke: var(--lt-fg);
        stroke-dasharray: 2 3;
      }
      .said {
        margin: 4px 0 0;
      }
      .said span {
        color: var(--lt-muted);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Guess} */
    this.guess = { kind: 'slider', min: 0, max: 100, step: 1, start: 50, unit: 'percent' };
    /** @type {Fact | undefined} */
    this.fact = undefined;
    /** @type {number | null} */
    this.value = null;
  }

  get current() {
    return this.value ?? this.guess.start ?? 0;
  }

  /** @param {number} v */
  say(v) {
    if (this.guess.unit === 'percent') return percent(this.spoken, v, 1);
    if (this.guess.unit === 'kilobytes') return `${count(this.spoken, v)} kB`;
    return count(this.spoken, v);
  }

  get answer() {
    return this.current;
  }

  asking() {
    const { min, max, step } = this.guess;
    return html`
      <label for="slider">${this.question}</label>
      <div class="row">
        <input
          id="slider"
          type="range"
          min=${min ?? 0}
          max=${max ?? 100}
          step=${step ?? 1}
          .value=${String(this.current)}
          aria-valuetext=${this.say(this.current)}
          @input=${(/** @type {Event} */ event) => {
            this.value = Number(/** @type {HTMLInputElement} */ (event.target).value);
          }}
        />
        <output for="slider">${this.say(this.current)}</output>
      </div>
      ${this.buttons(this.fact !== undefined)}
    `;
  }

  told() {
    const fact = /** @type {Fact} */ (this.fact);
    const outcome = fact.value ?? 0;
    const spread = fact.min !== undefined && fact.max !== undefined && (fact.seeds ?? 1) > 1;
    const sentence = this.skipped
      ? ''
      : fill(this.words.guessOff, { guess: this.say(this.current), outcome: this.say(outcome) });
    const seeds = spread
      ? fill(this.words.guessSpread, { seeds: fact.seeds, min: this.say(fact.min ?? 0), max: this.say(fact.max ?? 0) })
      : '';
    return html`
      <div class="question">${this.question}</div>
      ${this.scale(outcome, fact)}
      <p class="said" role="status">${sentence || this.say(outcome)} <span>${seeds}</span></p>
      ${this.buttons()}
    `;
  }

  /**
   * @param {number} outcome
   * @param {Fact} fact
   */
  scale(outcome, fact) {
    const { min = 0, max = 100 } = this.guess;
    const share = (/** @type {number} */ v) => Math.min(1, Math.max(0, (v - min) / (max - min)));
    const x = (/** @type {number} */ v) => `${100 * share(v)}%`;
    const anchor = (/** @type {number} */ v) => (share(v) < 0.18 ? 'start' : share(v) > 0.82 ? 'end' : 'middle');
    return html`<svg aria-hidden="true">
      <line class="rule" x1="0" x2="100%" y1="38" y2="38" />
      ${svgLine('spread', x(fact.min ?? outcome), x(fact.max ?? outcome))}
      ${this.skipped ? nothing : svgLine('off', x(this.current), x(outcome))}
      ${this.skipped ? nothing : svgMark('guess', x(this.current), this.words.yourGuess, 68, anchor(this.current))}
      ${svgMark('outcome', x(outcome), this.words.outcome, 16, anchor(outcome))}
    </svg>`;
  }

  render() {
    return this.revealed && this.fact ? this.told() : this.asking();
  }
}

/**
 * @param {string} name
 * @param {string} from
 * @param {string} to
 */
const svgLine = (name, from, to) => svg`<line class=${name} x1=${from} x2=${to} y1="38" y2="38" />`;

/**
 * @param {string} name
 * @param {string} x
 * @param {string} label
 * @param {number} y
 * @param {string} anchor
 */
const svgMark = (name, x, label, y, anchor) =>
  svg`<circle class=${name} cx=${x} cy="38" r="7" /><text x=${x} y=${y} text-anchor=${anchor}>${label}</text>`;

customElements.define('lt-guess', LtGuess);
