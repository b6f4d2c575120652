/**
 * `<lt-lesson>`: the guided story. It lives in the page's own tree (no shadow root), so that it prints, is found by the browser's
 * search, and wears the page's styles. Figures get their data when they come near the screen and when their source has news.
 */
import { LitElement, html, nothing, render } from 'lit';
import { decimal, percent } from '../figures/format.js';
import { makeFigure } from '../figures/make.js';
import { factsOf, line } from './facts.js';
import { dataFor, noteFor } from './feeds.js';
import { steps } from './steps.js';
import { en, fill } from './words.js';
import './bars.js';
import './guess.js';
import './sketch.js';

/** @typedef {import('./steps.js').Step} Step */
/** @typedef {import('./steps.js').StepFigure} StepFigure */
/** @typedef {import('./recorded.js').RecordedSource} RecordedSource */
/** @typedef {EventTarget & {kind: 'recorded' | 'live', config: Record<string, any>, seeds: number[], rounds: number, rates?: Record<number, number>, results(): import('../figures/types.js').RoundResult[], figure(name: string, view: import('./recorded.js').View): Promise<any>}} Source */
/** @typedef {{view: import('./recorded.js').View, revealed: boolean, done: boolean, rewound: boolean, allSeeds: boolean, near: boolean, chosen?: number, cut?: import('../figures/types.js').CutDetail}} StepState */

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What figures tell that a step may wait for. */
const HEARD = ['lt-pick', 'lt-digit', 'lt-hover-unit', 'lt-select-unit', 'lt-measure', 'lt-cut', 'lt-cut-commit', 'lt-undo', 'lt-select'];

export class LtLesson extends LitElement {
  static properties = {
    source: { attribute: false },
    recorded: { attribute: false },
    words: { attribute: false },
    spoken: {},
    current: { state: true },
  };

  constructor() {
    super();
    /** @type {Source | null} the run that is shown */
    this.source = null;
    /** @type {RecordedSource | null} what a run in the page does not have comes from here */
    this.recorded = null;
    /** @type {Record<string, any>} */
    this.words = en;
    this.spoken = 'en';
    this.current = '';
    /** Nobody can guess on paper. */
    this.printing = false;
    /** @type {Map<string, StepState>} */
    this.states = new Map();
    /** @type {import('./facts.js').Facts} what is known of the run that is shown */
    this.facts = {};
    /** @type {import('./facts.js').Facts} those that a picture shows */
    this.seen = {};
    /** @type {import('./facts.js').Facts} */
    this.recordedFacts = {};
    this.news = () => this.refresh();
    /** @type {Map<string, number>} asked for last, so that a late answer cannot overwrite a newer one */
    this.asked = new Map();
    /** @type {Map<string, HTMLElement>} by step and figure */
    this.elements = new Map();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.nearness = new IntersectionObserver((entries) => this.cameNear(entries), { rootMargin: '300px 0px' });
    // The step whose middle part crosses the upper third of the window is the one being read.
    this.reading = new IntersectionObserver((entries) => this.cameToRead(entries), { rootMargin: '-30% 0px -60% 0px' });
    addEventListener('beforeprint', this.fillAll);
    addEventListener('afterprint', this.hideAgain);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.nearness?.disconnect();
    this.reading?.disconnect();
    removeEventListener('beforeprint', this.fillAll);
    removeEventListener('afterprint', this.hideAgain);
    this.source?.removeEventListener('change', this.news);
  }

  fillAll = () => {
    this.printing = true;
    this.requestUpdate();
    for (const step of steps) {
      this.stateOf(step).near = true;
      this.feed(step);
    }
  };

  hideAgain = () => {
    this.printing = false;
    this.requestUpdate();
    for (const step of steps) this.feed(step);
  };

  /** @param {Step} step @returns {StepState} */
  stateOf(step) {
    let state = this.states.get(step.id);
    if (!state) {
      const rounds = this.source?.config.rounds ?? 0;
      const round = step.figures[0].round === 'last' ? rounds : 0;
      state = { view: { round }, revealed: false, done: false, rewound: false, allSeeds: step.id !== 'seeds', near: false };
      this.states.set(step.id, state);
    }
    return state;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('source')) {
      this.seen = {};
      /** @type {Source | null | undefined} */ (changed.get('source'))?.removeEventListener('change', this.news);
      this.source?.addEventListener('change', this.news);
      for (const step of steps) {
        const state = this.states.get(step.id);
        if (state) state.view = { ...state.view, round: step.figures[0].round === 'last' ? (this.source?.config.rounds ?? 0) : 0 };
      }
    }
    this.learn();
  }

  /** Brings the numbers in the text up to date. */
  learn() {
    if (!this.source) return;
    const { source } = this;
    const own = factsOf(source.results(), source.config, this.spoken, this.recorded?.recording ?? null);
    // A live run has no number for what it has not reached yet: sentences then wait with an ellipsis, guesses cannot be resolved.
    this.facts = { ...own, ...this.seen };
    const { recorded } = this;
    if (!recorded) return;
    this.recordedFacts = factsOf(recorded.results(), recorded.config, this.spoken, recorded.recording);
    const here = this.measured;
    if (here) this.recordedFacts.faster = { text: decimal(this.spoken, here[here.length - 1] / here[0], 1) };
  }

  /** Images a second that a run of the reader's own trained, round by round, once it has come to its end. */
  get measured() {
    const rates = Object.values(this.source?.rates ?? {});
    return rates.length > (this.recorded?.rounds ?? 0) ? rates : null;
  }

  refresh() {
    this.requestUpdate();
    for (const step of steps) this.feed(step);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const list = document.querySelector('.lesson-steps');
    if (list instanceof HTMLElement) {
      list.setAttribute('aria-label', this.words.steps);
      render(this.list(), list);
    }
    for (const section of this.querySelectorAll('.step')) {
      this.nearness?.observe(section);
      this.reading?.observe(section);
    }
    if (changed.has('source') || changed.has('words') || changed.has('spoken')) for (const step of steps) this.feed(step);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  cameNear(entries) {
    for (const { target, isIntersecting } of entries) {
      const step = steps.find((s) => `step-${s.id}` === target.id);
      if (!step) continue;
      const state = this.stateOf(step);
      const was = state.near;
      state.near = isIntersecting;
      if (isIntersecting && !was) this.feed(step);
    }
  }

  /** @param {IntersectionObserverEntry[]} entries */
  cameToRead(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      const step = steps.find((s) => `step-${s.id}` === target.id);
      if (!step || step.id === this.current) continue;
      const before = steps.find((s) => s.id === this.current);
      if (before) before.leave?.(this.stage(before));
      this.current = step.id;
      step.enter?.(this.stage(step));
      this.dispatchEvent(new CustomEvent('lt-step', { bubbles: true, detail: { step: step.id } }));
    }
  }

  /** @param {Step} step @returns {import('./steps.js').Stage} */
  stage(step) {
    return {
      figure: (name) => this.querySelector(`#step-${step.id} lt-${name}`),
      show: (view) => this.show(step, view),
      done: () => this.finish(step),
    };
  }

  /** @param {Step} step */
  finish(step) {
    const state = this.stateOf(step);
    if (state.done) return;
    state.done = true;
    this.requestUpdate();
  }

  /** @param {Step} step @param {Partial<import('./recorded.js').View>} view */
  show(step, view) {
    const state = this.stateOf(step);
    state.view = { ...state.view, ...view };
    this.requestUpdate();
    this.feed(step);
  }

  /** Gives a step's figures their data. @param {Step} step */
  feed(step) {
    const state = this.stateOf(step);
    if (!state.near || !this.source) return;
    for (const figure of step.figures) this.feedFigure(step, figure, state);
  }

  /** @param {Step} step @param {StepFigure} figure @param {StepState} state */
  async feedFigure(step, figure, state) {
    const element = /** @type {any} */ (this.querySelector(`#step-${step.id} lt-${figure.name}`));
    if (!element) return;
    const hidden = step.guess && !state.revealed && !this.printing;
    if (hidden && figure.name !== 'pixels' && figure.name !== 'units') {
      element.data = null;
      return;
    }
    const ticket = `${step.id}/${figure.name}`;
    const number = (this.asked.get(ticket) ?? 0) + 1;
    this.asked.set(ticket, number);
    const data = await dataFor(this, figure, state);
    if (this.asked.get(ticket) !== number) return;
    element.note = noteFor(this, figure, state);
    element.data = hidden ? null : data;
  }

  /** A number that a picture shows and a sentence names. @param {string} name @param {import('./facts.js').Fact} fact */
  see(name, fact) {
    this.seen[name] = fact;
    if (this.facts[name]?.text !== fact.text) this.requestUpdate();
  }

  /** @param {Step} step @param {Event} event */
  heard(step, event) {
    step.on?.[event.type]?.(this.stage(step), /** @type {CustomEvent} */ (event));
    if (event.type === 'lt-pick') {
      const { index } = /** @type {CustomEvent} */ (event).detail;
      const recorded = this.source === this.recorded ? this.recorded : null;
      const differing = step.figures.some((figure) => figure.differing);
      const first = recorded?.digits.find(({ differ }) => differ || !differing);
      const from = this.stateOf(step).view.index ?? first?.index ?? 0;
      this.show(step, { index: recorded ? recorded.nearestDigit(index, from) : index, pixels: undefined });
    }
    if (event.type === 'lt-cut-commit' || event.type === 'lt-undo') {
      const state = this.stateOf(step);
      const { detail } = /** @type {CustomEvent} */ (event);
      state.cut = event.type === 'lt-undo' ? undefined : { ...detail, count: detail.count + (state.cut?.count ?? 0) };
      this.feed(step);
    }
    if (event.type === 'lt-digit') this.show(step, { pixels: /** @type {CustomEvent} */ (event).detail.pixels });
    if (event.type === 'lt-select') {
      const { round } = /** @type {CustomEvent} */ (event).detail;
      this.stateOf(step).chosen = round;
      // The first picture follows: the ladder is the way through the rounds.
      this.dispatchEvent(new CustomEvent('lt-round-chosen', { bubbles: true, detail: { round } }));
      this.show(step, { round });
    }
  }

  /** @param {Step} step @param {StepFigure} figure */
  figure(step, figure) {
    const key = `${step.id}/${figure.name}`;
    let element = this.elements.get(key);
    if (!element) {
      const hear = (/** @type {Event} */ event) => this.heard(step, event);
      element = makeFigure(figure.name, Object.fromEntries(HEARD.map((type) => [type, hear])));
      this.elements.set(key, element);
    }
    element.lang = this.spoken;
    return element;
  }

  /** @param {Step} step @param {StepState} state */
  controls(step, state) {
    const { words, spoken, source } = this;
    if (!source || (step.guess && !state.revealed)) return nothing;
    if (step.controls === 'rewind') {
      return html`<p class="choose">
        <button class="button" @click=${() => this.rewind(step, state)}>${state.rewound ? words.rewindAgain : words.rewindButton}</button>
      </p>`;
    }
    if (!step.controls) return nothing;
    const choice = (/** @type {any} */ text, /** @type {boolean} */ checked, /** @type {() => void} */ choose) => html`<label>
      <input
        type="radio"
        name=${step.id}
        .checked=${checked}
        @change=${() => {
          choose();
          this.finish(step);
        }}
      />
      <span>${text}</span>
    </label>`;
    const rounds = step.controls === 'rounds';
    return html`<fieldset class="choose">
      <legend class="visually-hidden">${rounds ? words.round : words[step.id].title}</legend>
      ${rounds
        ? line(source.results(), 'ticket').map(({ round, remaining }) =>
            choice(percent(spoken, remaining), round === state.view.round, () => this.show(step, { round })),
          )
        : [false, true].map((all) =>
            choice(all ? fill(words.allSeeds, { seeds: (this.recorded ?? source).seeds.length }) : words.oneSeed, state.allSeeds === all, () => {
              state.allSeeds = all;
              this.show(step, {});
            }),
          )}
      ${rounds ? html`<span class="small">${fill(words.remaining, { percent: '' })}</span>` : nothing}
    </fieldset>`;
  }

  /** @param {Step} step @param {StepState} state */
  async rewind(step, state) {
    const element = /** @type {any} */ (this.querySelector(`#step-${step.id} lt-connections`));
    if (!element?.data) return;
    if (state.rewound) {
      state.rewound = false;
      this.feed(step);
    } else {
      state.rewound = true;
      element.rewind?.(still() ? 0 : 1200);
    }
    this.finish(step);
    this.requestUpdate();
  }

  /** The line that the reader guesses at: of the run that is shown, once it has come to its end. */
  truth() {
    const { source, recorded } = this;
    const own = source ? line(source.results(), 'ticket') : [];
    const whole = own[own.length - 1]?.round === source?.config.rounds;
    return whole || !recorded ? own : line(recorded.results(), 'ticket');
  }

  /** @param {Step} step @param {StepState} state */
  guess(step, state) {
    const { words, spoken } = this;
    if (!step.guess) return nothing;
    const text = words[step.id];
    const facts = this.factsFor(step);
    const reveal = (/** @type {Event} */ { type }) => {
      state.revealed = type === 'lt-reveal';
      if (state.revealed) this.finish(step);
      this.show(step, {});
    };
    if (step.guess.kind === 'line') {
      return html`<lt-sketch
        .truth=${this.truth()}
        .question=${fill(text.question, facts)}
        .words=${words}
        .spoken=${spoken}
        ?revealed=${state.revealed}
        @lt-reveal=${reveal}
        @lt-hide=${reveal}
      ></lt-sketch>`;
    }
    return html`<lt-guess
      .guess=${step.guess}
      .fact=${facts[step.guess.fact ?? '']}
      .question=${fill(text.question, facts)}
      .words=${words}
      .spoken=${spoken}
      ?revealed=${state.revealed}
      @lt-reveal=${reveal}
      @lt-hide=${reveal}
    ></lt-guess>`;
  }

  /** @param {Step} step */
  factsFor(step) {
    return step.recordedFacts ? this.recordedFacts : this.facts;
  }

  /** @param {Step} step @param {number} index */
  section(step, index) {
    const { words } = this;
    const facts = this.factsFor(step);
    const text = words[step.id];
    const state = this.stateOf(step);
    const next = steps[index + 1];
    // The texts are our own, and have markup in them.
    const say = (/** @type {string} */ t) => fill(t, facts, words);
    const open = !step.guess || state.revealed || this.printing;
    return html`<section class="step" id=${`step-${step.id}`} aria-labelledby=${`title-${step.id}`}>
      <div class="step-text">
        <p class="step-number">${fill(words.stepOf, { n: index + 1, count: steps.length })}</p>
        <h3 id=${`title-${step.id}`} tabindex="-1" .innerHTML=${say(text.title)}></h3>
        <div class="step-body" .innerHTML=${say(text.body)}></div>
        <p class="step-do"><strong>${words.do}</strong> <span><span .innerHTML=${say(text.do)}></span>${state.done ? html` <b class="step-done">✓ ${words.isDone}</b>` : nothing}</span></p>
        ${this.guess(step, state)}
        ${open && text.after ? html`<div class="step-after" .innerHTML=${say(text.after)}></div>` : nothing}
        <p class="step-do"><strong>${words.watch}</strong> <span .innerHTML=${say(text.watch)}></span></p>
      </div>
      <div class="step-figure">
        ${this.controls(step, state)}
        <div class=${open ? 'figures' : 'figures waiting'} ?inert=${!open}>${step.figures.map((figure) => this.figure(step, figure))}</div>
        ${open ? nothing : html`<p class="veil" aria-hidden="true">${words.guessFirst}</p>`}
      </div>
      <p class="step-next">
        <a href=${next ? `#step-${next.id}` : '#laboratory'} @click=${(/** @type {Event} */ e) => this.goTo(e, next)}
          >${next ? fill(words.next, { title: fill(words[next.id].title, facts) }) : words.lastNext}</a
        >
      </p>
    </section>`;
  }

  /** An address that holds a run keeps it; else it holds the step. @param {Event} event @param {Step | undefined} step */
  goTo(event, step) {
    event.preventDefault();
    if (!location.hash.includes('=')) history.pushState(null, '', /** @type {HTMLAnchorElement} */ (event.currentTarget).href);
    const title = /** @type {HTMLElement | null} */ (document.querySelector(step ? `#title-${step.id}` : '#laboratory h2'));
    title?.closest('section')?.scrollIntoView({ behavior: still() ? 'auto' : 'smooth', block: 'start' });
    title?.focus({ preventScroll: true });
  }

  /** The steps as a list, which lives in the bar that stays. */
  list() {
    const { words } = this;
    return html`<ol>
      ${steps.map((step, i) => {
        const title = fill(words[step.id].title, this.facts);
        return html`<li>
          <a
            href=${`#step-${step.id}`}
            class=${this.stateOf(step).done ? 'is-done' : ''}
            aria-current=${step.id === this.current ? 'step' : nothing}
            title=${title}
            @click=${(/** @type {Event} */ e) => this.goTo(e, step)}
            ><span class="visually-hidden">${title}${this.stateOf(step).done ? ` (${words.isDone})` : ''}</span><i aria-hidden="true">${i + 1}</i></a
          >
        </li>`;
      })}
    </ol>`;
  }

  render() {
    return steps.map((step, i) => this.section(step, i));
  }
}

customElements.define('lt-lesson', LtLesson);
