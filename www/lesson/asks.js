/** What the two ways of guessing have in common: a question, two buttons, and the outcome once the reader has answered or passed. */
import { LitElement, css, html } from 'lit';

export class Asks extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    question: {},
    words: { attribute: false },
    spoken: {},
    revealed: { type: Boolean, reflect: true },
    skipped: { state: true },
  };

  /** @type {import('lit').CSSResultGroup} */
  static styles = css`
    :host {
      display: block;
      padding: var(--lt-space-4);
      border: 1px solid var(--lt-line);
      border-radius: var(--lt-radius);
      background: var(--lt-surface);
    }
    label,
    .question {
      display: block;
      font-weight: 600;
    }
    svg {
      display: block;
      width: 100%;
    }
    text {
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
      border-radius: var(--lt-radius);
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
  `;

  constructor() {
    super();
    this.question = '';
    /** @type {Record<string, any>} */
    this.words = {};
    this.spoken = 'en';
    this.revealed = false;
    this.skipped = false;
  }

  /** What the reader says. @returns {unknown} */
  get answer() {
    return null;
  }

  /** @param {boolean} skipped */
  reveal(skipped) {
    this.turn(true, skipped);
    this.tell('lt-reveal', { guess: skipped ? null : this.answer });
  }

  again() {
    this.turn(false, false);
    this.tell('lt-hide');
  }

  /** The button that was pressed gives way to another, which takes the keyboard's place. @private @param {boolean} revealed @param {boolean} skipped */
  async turn(revealed, skipped) {
    Object.assign(this, { revealed, skipped });
    await this.updateComplete;
    this.renderRoot.querySelector('button')?.focus();
  }

  /** @private @param {string} type @param {unknown} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  /** @param {boolean} [known] whether there is an outcome */
  buttons(known = true) {
    const { words } = this;
    return html`<div class="buttons">
      ${this.revealed
        ? html`<button class="plain" @click=${this.again}>${words.guessAgain}</button>`
        : html`<button ?disabled=${!known} @click=${() => this.reveal(false)}>${words.guessButton}</button>
            <button class="plain" ?disabled=${!known} @click=${() => this.reveal(true)}>${words.guessSkip}</button>`}
    </div>`;
  }
}
