// `npm run bench:look`: what looking costs, in Chromium. How long the first picture takes, how fast the connections are drawn, how long
// the main thread is held while a network trains in full view, and what that costs the training. Needs a built page (`npm run build`).
import { launch } from '../tests/web/lib/browser.js';
import { serveSite } from '../tests/web/lib/site.js';

const RUN = 'preset=lesson&seed=7&eval_every=50';
/** Tall enough for the laboratory to be in view from top to bottom. */
const TALL = { width: 1440, height: 6000 };
const WIDE = { width: 1440, height: 900 };

/** Pairs of a watched run and one that is not. */
const TURNS = 8;

/** @typedef {import('../tests/web/lib/browser.js').Browser} Browser */

const sorted = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b);
const median = (/** @type {number[]} */ values) => sorted(values)[Math.floor(values.length / 2)] ?? NaN;
const whole = (/** @type {number} */ value) => Math.round(value);
const say = (/** @type {string} */ what, /** @type {string} */ found, /** @type {string} */ goal) => console.log(`${what.padEnd(58)} ${found.padEnd(34)} ${goal}`);

/** Until the hero's network is on its canvas, from the start of the navigation, with an empty cache. @param {string} url */
async function firstPicture(url) {
  const browser = await launch('chromium');
  try {
    await browser.setViewport(WIDE.width, WIDE.height);
    await browser.page?.evaluateOnNewDocument(() => {
      const look = async () => {
        const figure = /** @type {any} */ (document.querySelector('lt-hero lt-connections'));
        const painted = figure?.shadowRoot?.querySelector('.ink')?.width > 400;
        if (!figure?.data || !painted) return void setTimeout(look, 5);
        await figure.drawn;
        requestAnimationFrame(() => Object.assign(globalThis, { pictureAt: performance.now() }));
      };
      void look();
    });
    await browser.goto(url);
    return await browser.waitFor(() => /** @type {any} */ (globalThis).pictureAt, [], { what: 'the first picture' });
  } finally {
    await browser.close();
  }
}

/** @param {Browser} browser @param {string} url @param {{width: number, height: number}} size */
async function openLaboratory(browser, url, { width, height }) {
  await browser.setViewport(width, height);
  await browser.goto(`${url}#${RUN}`);
  await browser.waitFor(() => /** @type {any} */ (document.querySelector('lottery-ticket'))?.state?.config, [], { what: 'the laboratory' });
  await browser.evaluate(() => {
    // Alone on the page, so that what is measured is this.
    document.querySelector('.lesson-part')?.remove();
    document.querySelector('.hero')?.remove();
    document.querySelector('#laboratory')?.scrollIntoView();
  });
}

/**
 * A network drawn from nothing, several times, and how many frames a second its weights move at on their way back to birth.
 * @param {Browser} browser
 * @param {number} round
 */
const drawing = (browser, round) =>
  browser.evaluate(async (/** @type {number} */ wanted) => {
    const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
    const root = /** @type {any} */ (document.querySelector('lottery-ticket')).shadowRoot;
    root.querySelector('lt-ladder').dispatchEvent(new CustomEvent('lt-select', { detail: { round: wanted, arm: 'ticket' }, bubbles: true, composed: true }));
    const known = root.querySelector('lt-connections');
    while (known.data?.round !== wanted || !known.data.weights?.[0]) await pause(20);
    const { data } = known;
    const figure = /** @type {any} */ (document.createElement('lt-connections'));
    known.after(figure);
    await figure.updateComplete;
    figure.scrollIntoView();
    await pause(300);
    const times = [];
    for (let turn = 0; turn < 7; turn += 1) {
      figure.data = null;
      await pause(100);
      const from = performance.now();
      figure.data = { ...data, sizes: [...data.sizes], start: data.weights.map((/** @type {Float32Array} */ layer) => layer.map((weight, at) => (at % 3 ? weight : -weight))) };
      await figure.updateComplete;
      await figure.drawn;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - from);
    }
    let frames = 0;
    let going = true;
    const count = () => {
      frames += 1;
      if (going) requestAnimationFrame(count);
    };
    const from = performance.now();
    requestAnimationFrame(count);
    await figure.rewind(1500);
    going = false;
    const moving = (1000 * frames) / (performance.now() - from);
    const said = figure.caption();
    figure.remove();
    return { times, moving, said };
  }, round);

/**
 * How long the tasks of the page's main thread took, by the clock and in processor time: on a machine that does other things too,
 * the clock also counts how long the thread had to wait for a core.
 * @param {Buffer} trace
 */
function tasksIn(trace) {
  /** @type {{name: string, ph: string, pid: number, tid: number, dur?: number, tdur?: number, args?: any}[]} */
  const events = JSON.parse(trace.toString()).traceEvents;
  const ours = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`);
  const count = (/** @type {string} */ thread) => events.filter(({ pid, tid }) => `${pid}/${tid}` === thread).length;
  const [main] = ours.sort((a, b) => count(b) - count(a));
  const tasks = events.filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && `${pid}/${tid}` === main);
  return { clock: tasks.map(({ dur = 0 }) => dur / 1000), processor: tasks.map(({ tdur = 0 }) => tdur / 1000) };
}

/**
 * A whole run: `hidden` without any figure on the page, `watched` with all of them in view, `browsed` with the six that are looked
 * into taken in turn besides.
 * @param {string} url
 * @param {'hidden' | 'watched' | 'browsed'} how
 * @param {boolean} traced  tells the main thread's tasks as well, which costs a watched run more than a hidden one
 */
async function wholeRun(url, how, traced) {
  const browser = await launch('chromium');
  try {
    await openLaboratory(browser, url, TALL);
    const { page } = browser;
    if (traced) await page?.tracing.start({ categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'] });
    const outcome = await browser.evaluate(async (/** @type {string} */ how) => {
      const element = /** @type {any} */ (document.querySelector('lottery-ticket'));
      const root = element.shadowRoot;
      if (how === 'hidden') root.append(Object.assign(document.createElement('style'), { textContent: '.figures { display: none !important; }' }));
      const looks = [...root.querySelectorAll('.look input')];
      let turn = 0;
      const looking = how === 'browsed' ? setInterval(() => looks[(turn += 1) % looks.length].click(), 1200) : 0;
      /** @type {number[]} */
      const rates = [];
      let from = 0;
      element.addEventListener('lt-progress', (/** @type {CustomEvent} */ { detail }) => {
        from ||= performance.now();
        if (detail.round === 0 && detail.rate > 0) rates.push(detail.rate);
      });
      await element.findTicket();
      while (element.state.phase !== 'finished') await new Promise((done) => setTimeout(done, 50));
      const seconds = (performance.now() - from) / 1000;
      clearInterval(looking);
      return { seconds, rates };
    }, how);
    return { seconds: outcome.seconds, rate: median(outcome.rates), ...(traced ? tasksIn(Buffer.from((await page?.tracing.stop()) ?? [])) : { clock: [], processor: [] }) };
  } finally {
    await browser.close();
  }
}

const site = await serveSite();
try {
  const only = process.argv.slice(2);
  const wanted = (/** @type {string} */ part) => only.length === 0 || only.includes(part);
  if (wanted('first')) {
    const pictures = [];
    for (let turn = 0; turn < 5; turn += 1) pictures.push(await firstPicture(site.url));
    say('first picture, from an empty cache', `${whole(median(pictures))} ms (${sorted(pictures).map(whole).join(', ')})`, 'at most 1,000 ms');
  }
  if (wanted('draw')) {
    const browser = await launch('chromium');
    try {
      await openLaboratory(browser, site.url, WIDE);
      await browser.evaluate(async () => {
        const element = /** @type {any} */ (document.querySelector('lottery-ticket'));
        await element.findTicket();
        while (element.state.phase !== 'finished') await new Promise((done) => setTimeout(done, 100));
      });
      for (const round of [0, 5]) {
        const { times, moving, said } = await drawing(browser, round);
        say(said.replace(/ are drawn.*/, '').slice(0, 56), `drawn in ${whole(median(times))} ms, moving at ${whole(moving)}/s`, round ? 'at least 30 frames a second' : 'at most 250 ms');
      }
    } finally {
      await browser.close();
    }
  }
  if (wanted('run')) {
    const watched = await wholeRun(site.url, 'watched', true);
    const hidden = await wholeRun(site.url, 'hidden', true);
    const browsed = await wholeRun(site.url, 'browsed', true);
    const longest = (/** @type {number[]} */ tasks) => {
      const long = sorted(tasks.filter((task) => task >= 50)).reverse();
      return `${long.length} of ${tasks.length}, longest ${whole(Math.max(...tasks))} ms`;
    };
    for (const [name, tasks] of Object.entries({ watched, browsed })) {
      say(`tasks of 50 ms and more, ${name}, in processor time`, longest(tasks.processor), 'none');
      say('  by the clock', longest(tasks.clock), '');
    }
    say('  by the clock, with no figure shown', longest(hidden.clock), '');
  }
  if (wanted('rate')) {
    // In turn, since what else the machine does changes from minute to minute.
    const runs = { watched: /** @type {Awaited<ReturnType<typeof wholeRun>>[]} */ ([]), hidden: /** @type {Awaited<ReturnType<typeof wholeRun>>[]} */ ([]) };
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const how of /** @type {const} */ (turn % 2 ? ['hidden', 'watched'] : ['watched', 'hidden'])) runs[how].push(await wholeRun(site.url, how, false));
    }
    const [watched, hidden] = [runs.watched, runs.hidden].map((some) => ({ rate: median(some.map(({ rate }) => rate)), seconds: median(some.map(({ seconds }) => seconds)) }));
    const less = runs.watched.map(({ rate }, turn) => 100 * (1 - rate / runs.hidden[turn].rate));
    say('dense training, watched and not', `${whole(watched.rate)} and ${whole(hidden.rate)} images/s, ${(100 * (1 - watched.rate / hidden.rate)).toFixed(1)} % less`, `at most 5 % less`);
    say('  turn by turn', `${sorted(less).map((share) => share.toFixed(1)).join(', ')} % less`, '');
    say('a whole run, two arms on two cores', `${watched.seconds.toFixed(1)} s and ${hidden.seconds.toFixed(1)} s`, 'at most 10 s');
  }
} finally {
  await site.close();
}
