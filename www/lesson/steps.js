/**
 * The lesson as data. A step has one idea, one action, one thing to watch.
 *
 * `figures` are shown beside the text, with the view that the source is asked for. `guess` hides them until the reader has guessed
 * (or asked to be shown). Hooks get the step's {@link Stage}: `enter` when the step comes into view for reading, `leave` when another
 * takes its place, `on` for what its figures tell; `stage.done()` marks the action as done. Reading never waits for doing.
 */

/** @typedef {import('./recorded.js').FigureName} FigureName */

/**
 * @typedef {object} Stage
 * @property {(name: string) => any} figure             the step's element `lt-<name>`
 * @property {(view: Partial<import('./recorded.js').View>) => void} show   changes the view of the step's figures
 * @property {() => void} done
 */

/**
 * @typedef {object} StepFigure
 * @property {FigureName | 'ladder' | 'bars'} name
 * @property {'first' | 'last'} [round]                 which round it opens with
 * @property {string[]} [arms]                          which arms it shows; all when absent
 * @property {string} [measure]
 * @property {boolean} [differing]                      opens with an image on which ticket and control disagree
 * @property {string} [pick]                            for the bars: 'small' or 'saves'
 * @property {boolean} [recorded]                       always from the recording, since a run here does not have it
 */

/**
 * @typedef {object} Guess
 * @property {'slider' | 'line'} kind
 * @property {string} [fact]                            the outcome: a name in facts.js
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {number} [start]
 * @property {'percent' | 'count' | 'kilobytes'} [unit]
 */

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {StepFigure[]} figures
 * @property {Guess} [guess]
 * @property {'rounds' | 'rewind' | 'seeds'} [controls]
 * @property {boolean} [recordedFacts]                 its sentences are about the recorded run, whatever is shown elsewhere
 * @property {(stage: Stage) => void} [enter]
 * @property {(stage: Stage) => void} [leave]
 * @property {Record<string, (stage: Stage, event: CustomEvent) => void>} [on]
 */

const done = (/** @type {Stage} */ stage) => stage.done();

/** @type {Guess} */
const accuracy = { kind: 'slider', min: 10, max: 100, step: 0.5, start: 55, unit: 'percent' };

/** @type {Step[]} */
export const steps = [
  {
    id: 'digits',
    figures: [{ name: 'digit', round: 'last', arms: ['dense'] }],
    on: { 'lt-pick': done },
  },
  {
    id: 'connections',
    figures: [{ name: 'connections', round: 'first' }],
    on: { 'lt-hover-unit': done, 'lt-select-unit': done },
  },
  {
    id: 'train',
    figures: [{ name: 'race', round: 'first', measure: 'valAccuracy' }],
    on: { 'lt-measure': done },
  },
  {
    id: 'prune',
    figures: [{ name: 'weights', round: 'first' }],
    on: { 'lt-cut': done },
  },
  {
    id: 'rewind',
    figures: [{ name: 'connections', round: 'last' }],
    controls: 'rewind',
  },
  {
    id: 'again',
    figures: [{ name: 'connections', round: 'first' }],
    controls: 'rounds',
  },
  {
    id: 'ticket',
    figures: [{ name: 'race', round: 'last', arms: ['dense', 'ticket'] }],
    guess: { ...accuracy, fact: 'ticket' },
    controls: 'rounds',
  },
  {
    id: 'control',
    figures: [
      { name: 'race', round: 'last' },
      { name: 'digit', round: 'last', differing: true },
    ],
    guess: { ...accuracy, fact: 'control' },
  },
  {
    id: 'ladder',
    figures: [{ name: 'ladder', arms: ['ticket', 'reinit'] }],
    guess: { kind: 'line' },
  },
  {
    id: 'once',
    figures: [{ name: 'ladder', arms: ['ticket', 'one-shot'], recorded: true }],
    recordedFacts: true,
    guess: { ...accuracy, fact: 'oneShot' },
  },
  {
    id: 'survives',
    figures: [
      { name: 'pixels', round: 'last' },
      { name: 'units', round: 'last' },
    ],
    guess: { kind: 'slider', min: 0, max: 784, step: 1, start: 392, unit: 'count', fact: 'deadPixels' },
    controls: 'rounds',
  },
  {
    id: 'born',
    figures: [
      { name: 'scatter', round: 'first' },
      { name: 'movement', round: 'first' },
    ],
    guess: { ...accuracy, min: 0, start: 10, fact: 'untrained' },
  },
  {
    id: 'large',
    figures: [{ name: 'bars', pick: 'small', recorded: true }],
    recordedFacts: true,
    guess: { ...accuracy, fact: 'small' },
  },
  {
    id: 'saves',
    figures: [{ name: 'bars', pick: 'saves', recorded: true }],
    recordedFacts: true,
    guess: { kind: 'slider', min: 0, max: 1100, step: 5, start: 550, unit: 'kilobytes', fact: 'bytesTicket' },
  },
  {
    id: 'seeds',
    figures: [{ name: 'ladder', arms: ['ticket', 'reinit'], recorded: true }],
    recordedFacts: true,
    controls: 'seeds',
  },
];
