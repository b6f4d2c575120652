/** `<lt-guess>`: the reader says a number first; then the outcome is shown against it, with its spread over the seeds. */
import { LitElement, css, html, nothing, svg } from 'lit';
import { count, percent } from '../figures/format.js';

/** @typedef {import('./steps.js').Guess} Guess */
/** @typedef {import('./facts.js').Fact} Fact */

export class LtGuess extends LitElement {
  static properties = {
    guess: { attribute: false },
    fact: { attribute: false },
    question: {},
    words: { attribute: false },
    spoken: {},
    value: { state: true },
    revealed: { type: Boolean, reflect: true },
    skipped: { state: true },
  };

  static styles = css`
    :host {
      display: block;
      padding: var(--lt-space-4, 16px);
      border: 1px solid var(--lt-line, #ddd);
      border-radius: var(--lt-radius, 6px);
      background: var(--lt-surface, #f4f4f4);
    }
    label,
    .question {
      display: block;
      font-weight: 600;
    }
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
    .buttons {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
      margin-top: 12px;
    }
    button {
      min-height: 2.25rem;
      padding: 4px 14px;
      border: 1px solid var(--lt-fg);
      border-radius: var(--lt-radius, 6px);
      background: var(--lt-fg);
      color: var(--lt-bg);
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    button.plain {
      padding: 4px 0;
      border-color: transparent;
      background: none;
      color: var(--lt-muted);
      font-weight: 400;
      font-size: 0.875rem;
      text-decoration: underline;
      text-underline-offset: 0.15em;
    }
    :focus-visible {
      outline: 2px solid var(--lt-focus);
      outline-offset: 2px;
    }
    svg {
      display: block;
      width: 100%;
      height: 76px;
      overflow: visible;
    }
    text {
      fill: var(--lt-fg);
      font-size: 13px;
      font-variant-numeric: tabular-nums;
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
  `;

  constructor() {
    super();
    /** @type {Guess} */
    this.guess = { kind: 'slider', min: 0, max: 100, step: 1, start: 50, unit: 'percent' };
    /** @type {Fact | undefined} */
    this.fact = undefined;
    this.question = '';
    /** @type {Record<string, any>} */
    this.words = {};
    this.spoken = 'en';
    /** @type {number | null} */
    this.value = null;
    this.revealed = false;
    this.skipped = false;
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

  /** @param {boolean} skipped */
  reveal(skipped) {
    this.skipped = skipped;
    this.revealed = true;
    this.dispatchEvent(new CustomEvent('lt-reveal', { bubbles: true, composed: true, detail: { guess: skipped ? null : this.current } }));
  }

  again() {
    this.revealed = false;
    this.skipped = false;
    this.dispatchEvent(new CustomEvent('lt-hide', { bubbles: true, composed: true }));
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
      <div class="buttons">
        <button ?disabled=${!this.fact} @click=${() => this.reveal(false)}>${this.words.guessButton}</button>
        <button class="plain" ?disabled=${!this.fact} @click=${() => this.reveal(true)}>${this.words.guessSkip}</button>
      </div>
    `;
  }

  told() {
    const fact = /** @type {Fact} */ (this.fact);
    const outcome = fact.value ?? 0;
    const spread = fact.min !== undefined && fact.max !== undefined && (fact.seeds ?? 1) > 1;
    const sentence = this.skipped
      ? ''
      : this.words.guessOff.replace('{guess}', this.say(this.current)).replace('{outcome}', this.say(outcome));
    const seeds = spread
      ? this.words.guessSpread
          .replace('{seeds}', String(fact.seeds))
          .replace('{min}', this.say(fact.min ?? 0))
          .replace('{max}', this.say(fact.max ?? 0))
      : '';
    return html`
      <div class="question">${this.question}</div>
      ${this.scale(outcome, fact)}
      <p class="said" role="status">${sentence || this.say(outcome)} <span>${seeds}</span></p>
      <div class="buttons"><button class="plain" @click=${this.again}>${this.words.guessAgain}</button></div>
    `;
  }

  /**
   * @param {number} outcome
   * @param {Fact} fact
   */
  scale(outcome, fact) {
    const { min = 0, max = 100 } = this.guess;
    const x = (/** @type {number} */ v) => `${(100 * (Math.min(max, Math.max(min, v)) - min)) / (max - min)}%`;
    const anchor = (/** @type {number} */ v) => {
      const share = (v - min) / (max - min);
      return share < 0.18 ? 'start' : share > 0.82 ? 'end' : 'middle';
    };
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
