/** What the figures of the lesson's steps are given, from the reader's own run or from the recorded one. */
import { count, percent } from '../figures/format.js';
import { sum } from '../figures/histogram-layout.js';
import { deadPixels, sameSign, spread } from './facts.js';
import { fill } from './words.js';

/** @typedef {import('./steps.js').StepFigure} StepFigure */
/** @typedef {import('./lt-lesson.js').StepState} StepState */
/** @typedef {import('./lt-lesson.js').Source} Source */

/**
 * What the lesson shows at the moment.
 * @typedef {object} Shown
 * @property {Source | null} source
 * @property {import('./recorded.js').RecordedSource | null} recorded
 * @property {Record<string, any>} words
 * @property {string} spoken
 * @property {import('./facts.js').Facts} facts
 * @property {number[] | null} measured          images a second that the reader's run trained, round by round
 * @property {(name: string, fact: import('./facts.js').Fact) => void} see  a number that a picture shows and a sentence names
 */

/**
 * What a figure of a step is given; null where neither the run nor the recording has it.
 * @param {Shown} shown
 * @param {StepFigure} figure
 * @param {StepState} state
 * @returns {Promise<any>}
 */
export async function dataFor(shown, figure, state) {
  const { recorded, spoken } = shown;
  const source = /** @type {Source} */ (figure.recorded && recorded ? recorded : shown.source);
  const { view } = state;
  if (figure.name === 'bars') return barsData(shown, figure);
  if (figure.name === 'ladder') {
    const seed = source.seeds[0];
    const results = source.results().filter((r) => state.allSeeds || r.seed === seed);
    const arms = [...new Set(results.map((r) => r.arm))];
    return {
      results,
      arms: figure.arms?.filter((arm) => arms.includes(arm)),
      round: state.chosen ?? null,
      steps: source.config.steps,
      recorded: source.kind === 'recorded',
    };
  }
  const differing = figure.differing && view.index === undefined ? recorded?.digits.find(({ differ }) => differ)?.index : undefined;
  const asked = differing === undefined ? view : { ...view, index: differing };
  let data = await source.figure(figure.name, asked);
  const ofRecording = !data || source === recorded;
  if (!data) data = await recorded?.figure(figure.name, asked);
  if (!data) return null;
  if (source !== recorded) data = await withImages(shown, figure, asked, data);
  if (figure.name === 'race') {
    const arms = figure.arms;
    return { ...data, measure: figure.measure ?? 'valAccuracy', curves: arms ? data.curves.filter((/** @type {any} */ c) => arms.includes(c.arm)) : data.curves };
  }
  if (figure.name === 'pixels' && view.round === source.config.rounds) {
    shown.see('deadPixels', deadPixels(data.fanOut, spoken));
  }
  if (figure.name === 'connections' && data.start && view.round === source.config.rounds) {
    // The recorded weights are rounded: some have lost their sign.
    const value = ofRecording && recorded ? recorded.recording.sameSign : sameSign(data.start, data.weights);
    shown.see('sameSign', { text: percent(spoken, value, 0), value });
  }
  if (figure.name === 'digit' && figure.arms) {
    const answers = data.answers.filter((/** @type {any} */ answer) => figure.arms?.includes(answer.arm));
    return { ...data, answers, path: figure.arms.includes('ticket') ? data.path : undefined };
  }
  if (figure.name === 'units') return { ...data, view: 'age' };
  if (figure.name === 'weights') return cutByHand(data, state);
  return data;
}

/** What must be said of a figure here that it cannot know. @param {Shown} shown @param {StepFigure} figure @param {StepState} state */
export function noteFor({ words, recorded, source, facts }, figure, state) {
  if (figure.name === 'race' && figure.round === 'last') return fill(words.raceNote, facts);
  if (!recorded) return '';
  if (source !== recorded) return figure.recorded && figure.pick !== 'saves' ? words.recordedNote : '';
  if (figure.name === 'scatter') return words.samplesNote;
  if (figure.name === 'units') return fill(words.agesNote, { round: recorded.recording.ticket.from });
  if (figure.name === 'digit' && state.view.pixels) return words.drawnNote;
  if (figure.differing && state.view.index === undefined && recorded.digits.some(({ differ }) => differ)) return words.differNote;
  return '';
}

/**
 * A run that has ended may have let its images go; those on record then stand in, and its networks answer to them.
 * @param {Shown} shown
 * @param {StepFigure} figure
 * @param {import('./recorded.js').View} view
 * @param {any} data
 */
async function withImages({ recorded, source }, figure, view, data) {
  if (!recorded || !source) return data;
  if (figure.name === 'pixels' && !data.mean) return { ...data, mean: recorded.pixels({ round: 0 }).mean };
  if (figure.name !== 'digit' || data.pixels || view.pixels) return data;
  const index = recorded.nearestDigit(view.index ?? 0, view.index ?? 0);
  const { pixels, label, count: images } = recorded.digit({ round: view.round, index });
  const answered = await source.figure('digit', { ...view, pixels: pixels ?? undefined });
  return { ...answered, pixels, label, index, count: images };
}

/**
 * The histogram after the reader's own cut: what lies below it is gone, until it is undone.
 * @param {import('../figures/types.js').WeightsData} data
 * @param {StepState} state
 */
function cutByHand(data, state) {
  const { cut } = state;
  // All weights at once: what a cut in one layer takes from all of them a histogram does not tell.
  const layers = data.layers.filter(({ layer }) => layer === -1);
  if (cut === undefined) return { ...data, layers, canCut: true, canUndo: false };
  const [all] = layers;
  let left = cut.count;
  const kept = Array.from(all.kept, (n) => {
    left -= n;
    return Math.max(0, Math.min(n, -left));
  });
  const pruned = Array.from(all.pruned, (n, i) => n + all.kept[i] - kept[i]);
  return { ...data, layers: [{ ...all, kept, pruned, cut: cut.cut, goes: 0 }], canCut: true, canUndo: true };
}

/** @param {Shown} shown @param {StepFigure} figure */
function barsData({ recorded, words, spoken, measured: here }, figure) {
  if (!recorded) return null;
  const { recording } = recorded;
  const results = recorded.results();
  const last = recording.config.rounds;
  const number = (/** @type {number} */ n) => count(spoken, n);
  const tickets = (/** @type {number} */ round) => results.filter((r) => r.arm === 'ticket' && r.round === round);
  const bar = (/** @type {number} */ round, /** @type {any} */ measured) => ({
    name: fill(words[round ? 'ticketName' : 'denseName'], { count: number(sum(tickets(round)[0]?.survivors ?? [])) }),
    look: round ? 'ticket' : 'dense',
    ...measured,
  });
  if (figure.pick === 'saves') {
    const { bytes, rate } = recording;
    return {
      groups: [
        {
          key: 'bytes',
          title: words.savesBytes,
          say: (/** @type {number} */ value) => fill(words.kilobytes, { kb: number(value / 1000) }),
          bars: [bar(0, { value: bytes.dense }), bar(last, { value: bytes.ticket })],
        },
        {
          key: 'images_per_second',
          title: words.savesRate,
          say: (/** @type {number} */ value) => fill(words.perSecond, { rate: number(Math.round(value / 100) * 100) }),
          bars: (here ?? rate.rounds).map((value, round) => bar(round, { value })),
        },
      ],
      caption: words[here ? 'savesHere' : 'savesRecorded'],
    };
  }
  const say = (/** @type {number} */ value) => percent(spoken, value, 1);
  const bars = [
    ...[0, last].map((round) => bar(round, spread(tickets(round).map((r) => Number(r.testAccuracyEarlyStop)), say))),
    ...(recording.small ?? []).map(({ connections, sizes, testAccuracy }) => ({
      name: fill(words.smallName, { count: number(connections), sizes: sizes.join('-') }),
      look: 'other',
      ...spread(testAccuracy, say),
    })),
  ];
  const lowest = Math.floor(Math.min(...bars.map((b) => b.min)) / 5) * 5;
  return {
    groups: [{ key: 'test_accuracy', title: words.smallTitle, from: lowest, say, bars }],
    caption: fill(words.smallCaption, { seeds: recording.seeds.length, from: percent(spoken, lowest, 0), to: percent(spoken, 100, 0) }),
  };
}
