// The element on other people's pages: two real servers on different ports, one for the page and one for what it embeds.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameSnippet } from '../../www/embed/snippets.js';
import { inEachBrowser } from './lib/each.js';
import { dist, serveSite } from './lib/site.js';

/** Small enough for seconds, large enough to prune and rewind. */
const SMALL = 'preset="lesson" examples="1000" validation="500" test="500" steps="60" rounds="2" eval-every="20"';
const LONG = 'preset="lesson" examples="1000" validation="500" test="500" steps="50000" rounds="2" eval-every="1000"';
const standalone = join(dist, 'standalone');
const OPEN = { 'access-control-allow-origin': '*' };

/**
 * The page's policy as README gives it, to the letter.
 * @param {string} host  where the standalone file lies
 * @param {string} [workers]
 */
const policy = (host, workers = 'blob:') =>
  `default-src 'none'; script-src ${host} 'wasm-unsafe-eval'; worker-src ${workers}; connect-src ${host}`;

/** @param {string} address */
const originOf = (address) => new URL(address).origin;

/**
 * @param {string} script
 * @param {string} body
 */
const pageWith = (script, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title>
<meta name="viewport" content="width=device-width"><script type="module" src="${script}"></script></head><body><h1>A blog</h1>${body}</body></html>`;

/**
 * A host of the element and a blog on another port.
 * @param {import('./lib/browser.js').Browser} browser
 * @param {string} body
 * @param {object} [options]
 * @param {string} [options.workers]  of the policy
 * @param {boolean} [options.strict]
 * @param {Record<string, string>} [options.pages]  of the blog
 */
async function blogWith(browser, body, { workers, strict = true, pages = {} } = {}) {
  const host = await serveSite({ folder: standalone, below: '/embeds/', headers: OPEN });
  // WebKit's collector of problems is a script of the blog's own.
  const scripts = browser.name === 'webkit' ? `${originOf(host.url)} 'self'` : originOf(host.url);
  const rule = policy(originOf(host.url), workers).replace(`script-src ${originOf(host.url)}`, `script-src ${scripts}`);
  const blog = await serveSite({
    headers: strict ? { 'content-security-policy': rule } : {},
    pages: { 'post.html': pageWith(`${host.url}lottery-ticket.js`, body), ...pages },
  });
  return { host, blog, close: () => Promise.all([host.close(), blog.close()]) };
}

/** What the console says; the blogs have no icon, and their policies allow none. @param {import('./lib/browser.js').Browser} browser */
const complaints = async (browser) => (await browser.problems()).filter((problem) => !problem.includes('favicon.ico'));

/** The public state of the element with this id. @param {string} id */
const stateOf = (id) => /** @type {any} */ (document.getElementById(id))?.state ?? null;

/** @param {import('./lib/browser.js').Browser} browser @param {string} id @param {string} phase */
const reaches = (browser, id, phase) =>
  browser.waitFor(
    (element, wanted) => {
      const state = /** @type {any} */ (document.getElementById(element))?.state;
      if (state?.phase === 'failed' && wanted !== 'failed') throw new Error(state.error);
      return state?.phase === wanted && state;
    },
    [id, phase],
    { what: `${id} is ${phase}`, timeout: 180_000 },
  );

/** Presses the button of the façade, inside the element. @param {import('./lib/browser.js').Browser} browser @param {string} id */
const pressRun = (browser, id) =>
  browser.waitFor((element) => {
    const button = document.getElementById(element)?.shadowRoot?.querySelector('[part~="run"]');
    if (!(button instanceof HTMLElement)) return false;
    button.click();
    return true;
  }, [id]);

inEachBrowser('from another origin under the strict policy: first a picture, then a trained ticket', async (browser) => {
  const { host, blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" seed="7" ${SMALL}>No scripts here.</lottery-ticket><lottery-ticket id="b" figure="ladder" lang="de"></lottery-ticket>`);
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => document.getElementById('a')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('svg path'), [], { what: 'the recorded picture' });
    assert.deepEqual(host.requests.filter((path) => /wasm|data|worker/.test(path)), [], 'nothing heavy before it is asked for');
    assert.equal(await browser.evaluate(stateOf, 'a'), null);

    await browser.waitFor(() => /Runde für Runde/.test(document.getElementById('b')?.shadowRoot?.querySelector('lt-ladder')?.shadowRoot?.querySelector('[part="heading"]')?.textContent ?? ''), [], { what: 'a German title' });

    await pressRun(browser, 'a');
    const state = await reaches(browser, 'a', 'finished');
    assert.equal(state.seed, 7);
    assert.equal(state.arms.ticket.rounds.length, 3);
    assert.equal(state.arms.reinit.rounds.length, 2);
    assert.ok(state.arms.ticket.testAccuracy > 30, `${state.arms.ticket.testAccuracy} %`);
    const saved = await browser.evaluate(async () => (await /** @type {any} */ (document.getElementById('a')).exportTicket())?.length);
    assert.ok(Number(saved) > 10_000, `a ticket of ${saved} bytes`);

    assert.deepEqual(blog.requests.filter((path) => !/^(post.html|collect-problems.js)$/.test(path)), [], 'nothing from the blog');
    assert.ok(!host.requests.includes('worker.js'), 'the worker came with the file');
    assert.deepEqual(await complaints(browser), []);
  } finally {
    await close();
  }
});

inEachBrowser('a figure or a verb that there is not is told, with those that there are', async (browser) => {
  const { blog, close } = await blogWith(browser, '<lottery-ticket id="a" figure="rase"></lottery-ticket><lottery-ticket id="b" figure="race" controls="train, stop" lang="de"></lottery-ticket>');
  try {
    await browser.goto(`${blog.url}post.html`);
    for (const [id, start, end] of [
      ['a', 'figure: there is no “rase”. There are: race, ladder, ', '.'],
      ['b', 'controls: „stop“ gibt es nicht. Es gibt: findTicket, train, ', ', all, none.'],
    ]) {
      await browser.waitFor(
        (element, first, last) => {
          const said = document.getElementById(element)?.shadowRoot?.querySelector('[role=alert]')?.textContent;
          return said?.startsWith(first) && said.endsWith(last);
        },
        [id, start, end],
        { what: start },
      );
    }
    await browser.evaluate(() => document.getElementById('b')?.setAttribute('controls', 'train pause'));
    await browser.waitFor(() => !document.getElementById('b')?.shadowRoot?.querySelector('[role=alert]'), [], { what: 'the note is gone' });
    assert.deepEqual(await complaints(browser), []);
  } finally {
    await close();
  }
});

inEachBrowser('whoever presses Run by key goes on at the verbs that take its place', async (browser) => {
  const { blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" ${SMALL}></lottery-ticket>`);
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => {
      const run = /** @type {HTMLElement | null | undefined} */ (document.getElementById('a')?.shadowRoot?.querySelector('[part~="run"]'));
      run?.focus();
      return run !== null && run !== undefined;
    }, []);
    await browser.press('Enter');
    await reaches(browser, 'a', 'finished');
    const hint = () => document.getElementById('a')?.shadowRoot?.querySelector('.hint')?.textContent;
    assert.match(String(await browser.evaluate(hint)), /^Find a ticket: All rounds are done/, 'what is told of a verb is told as it is now');
    assert.equal(await browser.evaluate(() => document.getElementById('a')?.shadowRoot?.activeElement?.part.value), 'button findTicket');
    assert.deepEqual(await complaints(browser), []);
  } finally {
    await close();
  }
});

inEachBrowser('what is set late counts, and a run outlives the figure that shows it', async (browser) => {
  const early = `<main><lottery-ticket id="early" controls="train, pause" ${SMALL}></lottery-ticket><lottery-ticket id="mute" controls="none" figure="race"></lottery-ticket></main><script>document.getElementById('early').figure = 'units'</script>`;
  const { blog, close } = await blogWith(browser, early, { strict: false });
  const shows = (/** @type {string} */ id, /** @type {string} */ name) =>
    browser.waitFor((element, wanted) => document.getElementById(element)?.shadowRoot?.querySelector('[part="figure"]')?.localName === wanted, [id, name], { what: `${id} is ${name}` });
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => customElements.get('lottery-ticket') !== undefined, []);
    await shows('early', 'lt-units');
    const help = (/** @type {string} */ id) => browser.evaluate((element) => document.getElementById(element)?.shadowRoot?.textContent, id);
    assert.match(String(await help('early')), /Loads 320 kB/);
    // Without Find a ticket the façade's button is the verb that there is.
    await pressRun(browser, 'early');
    assert.equal((await reaches(browser, 'early', 'trained')).round, 0);
    assert.equal(await browser.evaluate(() => document.getElementById('mute')?.shadowRoot?.querySelectorAll('button').length), 0);
    await browser.evaluate((attributes) => {
      const main = /** @type {Element} */ (document.querySelector('main'));
      for (const id of ['attribute', 'property']) {
        const element = /** @type {any} */ (document.createElement('lottery-ticket'));
        element.id = id;
        main.prepend(element);
        if (id === 'attribute') element.setAttribute('figure', 'units');
        else element.figure = 'race';
      }
      const element = /** @type {any} */ (document.getElementById('property'));
      for (const [, name, value] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) element.setAttribute(name, value);
      element.setAttribute('seeds', 'abc');
      const page = /** @type {any} */ (globalThis);
      page.told = [];
      page.ready = 0;
      element.addEventListener('lt-statechange', (/** @type {any} */ { detail }) => page.told.push([detail.phase, element.state.phase]));
      element.addEventListener('lt-ready', () => (page.ready += 1));
    }, SMALL);
    await shows('attribute', 'lt-units');
    // The recorded run has five rounds.
    await browser.evaluate(() => document.getElementById('attribute')?.setAttribute('round', '99'));
    await browser.waitFor(() => /** @type {any} */ (document.getElementById('attribute'))?.shadowRoot.querySelector('[part="figure"]').data?.round === 5, [], { what: 'the last recorded round' });
    await browser.evaluate(() => document.getElementById('attribute')?.setAttribute('preset', 'paper'));
    await browser.waitFor(() => /Loads 11\.2 MB/.test(document.getElementById('attribute')?.shadowRoot?.textContent ?? ''), [], { what: 'the size of all images' });
    await shows('property', 'lt-race');

    await pressRun(browser, 'property');
    const before = await reaches(browser, 'property', 'finished');
    assert.match(before.corrections.join(), /seeds must be a whole number from 1 to 20, but got "abc"/);
    const told = await browser.evaluate(() => /** @type {any} */ (globalThis).told);
    assert.deepEqual([...new Set(told.flat())].sort(), ['finished', 'loading', 'training']);
    assert.ok(told.every((/** @type {string[]} */ [phase, stated], /** @type {number} */ at) => phase === stated && phase !== told[at - 1]?.[0]), JSON.stringify(told));
    const set = (/** @type {string} */ name, /** @type {any} */ value) => browser.evaluate((what, to) => Object.assign(/** @type {any} */ (document.getElementById('property')), { [what]: to }) && null, name, value);
    const round = (/** @type {number} */ wanted) => browser.waitFor((to) => /** @type {any} */ (document.getElementById('property'))?.shadowRoot.querySelector('[part="figure"]').data?.round === to, [wanted], { what: `round ${wanted}` });
    const corrected = (/** @type {string[]} */ ...wanted) => browser.waitFor((/** @type {string[]} */ patterns) => {
      const { state, shadowRoot } = /** @type {any} */ (document.getElementById('property'));
      const said = Array.from(shadowRoot.querySelectorAll('.note li'), ({ textContent }) => textContent);
      return JSON.stringify(said) === JSON.stringify(state.corrections) && said.length === patterns.length && patterns.every((pattern, at) => said[at].includes(pattern));
    }, [wanted], { what: `corrected: ${wanted}` });
    for (const [to, is] of [[0, 0], [99, 2], [1, 1], [null, 2]]) {
      await set('round', to);
      await round(Number(is));
      await corrected('but got "abc"', ...(to === 99 ? ['round must be a whole number from 0 to 2, but got "99". Using 2.'] : []));
    }
    await set('round', 1);
    await set('figure', 'rounds');
    await shows('property', 'lt-rounds');
    await round(1);
    await set('seeds', 2);
    await browser.waitFor(() => /** @type {any} */ (document.getElementById('property')).state.seeds.length === 2, [], { what: 'two seeds' });
    const after = await browser.evaluate(stateOf, 'property');
    assert.deepEqual(after.results, before.results);
    assert.equal(await browser.evaluate(() => /** @type {any} */ (globalThis).ready), 1);
    await corrected();
    await set('seeds', 99);
    await corrected('seeds must be a whole number from 1 to 20, but got "99". Using 20.');

    // As the attribute is called, or as the config calls it.
    for (const name of ['eval-every', 'eval_every']) {
      await browser.evaluate((field, value) => /** @type {any} */ (document.getElementById('property')).configure({ [field]: value }), name, name === 'eval-every' ? 15 : 30);
      assert.equal((await browser.evaluate(stateOf, 'property')).config.eval_every, name === 'eval-every' ? 15 : 30);
    }

    const heading = (/** @type {RegExp} */ pattern) => browser.waitFor((text) => new RegExp(text).test(/** @type {any} */ (document.getElementById('property'))?.shadowRoot.querySelector('[part="figure"]').shadowRoot.textContent), [pattern.source], { what: String(pattern) });
    await set('lang', 'de');
    await heading(/Speichern/);
    await browser.evaluate(() => {
      document.getElementById('property')?.removeAttribute('lang');
      document.querySelector('main')?.setAttribute('lang', 'fr');
    });
    await heading(/Enregistrer/);
    await browser.evaluate(() => document.querySelector('main')?.removeAttribute('lang'));
  } finally {
    await close();
  }
});

inEachBrowser('three elements share one download and no more workers than cores; one that dies leaves the others running', async (browser) => {
  const body = ['a', 'b', 'c'].map((id, i) => `<lottery-ticket id="${id}" figure="${['race', 'ladder', 'connections'][i]}" compact seed="${i}" ${SMALL}></lottery-ticket>`).join('');
  const { host, blog, close } = await blogWith(browser, body, { strict: false });
  try {
    await browser.setViewport(1280, 2400);
    await browser.goto(`${blog.url}post.html`);
    await browser.evaluate(() => {
      const page = /** @type {any} */ (globalThis);
      page.alive = 0;
      page.most = 0;
      page.workers = [];
      const Original = Worker;
      globalThis.Worker = class extends Original {
        over = false;

        /** @param {string | URL} url @param {WorkerOptions} [options] */
        constructor(url, options) {
          super(url, options);
          page.workers.push(this);
          page.alive += 1;
          page.most = Math.max(page.most, page.alive);
        }

        terminate() {
          super.terminate();
          if (!this.over) page.alive -= 1;
          this.over = true;
        }
      };
    });
    for (const id of ['a', 'b', 'c']) await pressRun(browser, id);
    for (const id of ['a', 'b', 'c']) assert.equal((await reaches(browser, id, 'finished')).arms.reinit.rounds.length, 2);
    const counts = new Map();
    for (const path of host.requests) counts.set(path, (counts.get(path) ?? 0) + 1);
    assert.deepEqual([...counts].filter(([, count]) => count > 1), [], 'every file is fetched once');
    const [most, cores] = await browser.evaluate(() => [/** @type {any} */ (globalThis).most, navigator.hardwareConcurrency]);
    assert.ok(most >= 1 && most <= cores, `${most} workers on ${cores} cores`);

    // A worker that dies takes its own element with it and no other.
    await browser.evaluate(() => {
      for (const id of ['a', 'b']) document.getElementById(id)?.setAttribute('steps', '50000');
    });
    for (const id of ['a', 'b']) {
      await browser.waitFor((element) => /** @type {any} */ (document.getElementById(element)).state.config.steps === 50000, [id]);
      await browser.evaluate((element) => /** @type {any} */ (document.getElementById(element)).findTicket(), id);
      await browser.waitFor((element) => /** @type {any} */ (document.getElementById(element)).state.step > 0, [id], { what: `${id} trains` });
    }
    const failed = await browser.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('lt-error', (event) => resolve(/** @type {Element} */ (event.target).id), { once: true });
          const living = /** @type {any} */ (globalThis).workers.filter((/** @type {any} */ worker) => !worker.over);
          // The newest may be one that waits for work and whose end nobody notices; then the one before it.
          const end = () => {
            const worker = living.pop();
            worker?.onerror?.(new ErrorEvent('error', { message: 'as the test wished' }));
            if (worker) setTimeout(end, 5000);
          };
          document.addEventListener('lt-error', () => living.splice(0), { once: true });
          end();
        }),
    );
    const other = failed === 'a' ? 'b' : 'a';
    const { step } = await browser.evaluate(stateOf, other);
    await browser.waitFor((id, from) => /** @type {any} */ (document.getElementById(id)).state.step > from, [other, step], { what: `${other} goes on` });
    assert.equal((await browser.evaluate(stateOf, String(failed))).phase, 'failed');
    assert.equal((await browser.evaluate(stateOf, other)).phase, 'training');
  } finally {
    await close();
  }
});

inEachBrowser('on a page that is dark by its colours alone, ink and ground are of one scheme', async (browser) => {
  const figures = ['', 'theme="light"', 'theme="dark"', 'style="--lt-bg: rgb(240, 230, 210)"'].map((how, i) => `<lottery-ticket id="e${i}" figure="race" ${how}></lottery-ticket>`);
  const { blog, close } = await blogWith(browser, `<style>body { background: #1b2030; color: #e8e0d0 }</style>${figures.join('')}`, { strict: false });
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => document.getElementById('e3')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('[part="heading"]'), [], { what: 'the last figure' });
    const looks = await browser.evaluate(() =>
      [...document.querySelectorAll('lottery-ticket')].map((element) => {
        const heading = element.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('[part="heading"]');
        return [getComputedStyle(element).backgroundColor, heading ? getComputedStyle(heading).color : ''];
      }),
    );
    const light = ['rgb(252, 252, 251)', 'rgb(27, 29, 34)'];
    assert.deepEqual(looks, [light, light, ['rgb(16, 18, 20)', 'rgb(233, 234, 238)'], ['rgb(240, 230, 210)', light[1]]]);
  } finally {
    await close();
  }
});

inEachBrowser('on a page in a language that is not spoken, and reads the other way, sentences are English throughout', async (browser) => {
  const { blog, close } = await blogWith(browser, '<lottery-ticket figure="ladder" lang="fa"></lottery-ticket><script>document.documentElement.dir = "rtl"</script>', { strict: false });
  try {
    await browser.goto(`${blog.url}post.html`);
    const said = await browser.waitFor(() => {
      const root = document.querySelector('lottery-ticket')?.shadowRoot;
      const source = root?.querySelector('.source');
      const caption = root?.querySelector('lt-ladder')?.shadowRoot?.querySelector('figcaption');
      if (!source || !/Recorded/.test(source.textContent ?? '')) return null;
      /** Where a character of a sentence is. @param {number} at */
      const place = (at) => {
        const range = document.createRange();
        const text = /** @type {Text} */ ([...source.childNodes].find((node) => /Recorded/.test(node.textContent ?? '')));
        range.setStart(text, text.data.trimEnd().length - 1 + at);
        range.setEnd(text, text.data.trimEnd().length + at);
        return range.getBoundingClientRect().left;
      };
      const button = root?.querySelector('[part~="run"]');
      const edge = (/** @type {Element | null | undefined} */ element) => element?.getBoundingClientRect().right ?? 0;
      const from = [button, root?.querySelector('lt-ladder')?.shadowRoot?.querySelector('[part="heading"]')].map((element) => {
        const range = document.createRange();
        if (element) range.selectNodeContents(element);
        return edge(source) - (element === button ? edge(button) : range.getBoundingClientRect().right);
      });
      return { text: `${source.textContent} ${caption?.textContent} ${root?.querySelector('.help')?.textContent}`, ends: place(0) - place(-1), from };
    }, [], { what: 'the recorded picture' });
    assert.doesNotMatch(said.text, /[\u0600-\u06ff]/);
    assert.match(said.text, /20\d\d/);
    assert.ok(said.ends > 0, `the full stop is ${said.ends} pixels from the letter before it`);
    assert.ok(said.from.every((pixels) => Math.abs(pixels) < 1), `heading and button are ${said.from} pixels from where the page's lines begin`);
  } finally {
    await close();
  }
});

inEachBrowser('captions name colours only where they are those', async (browser) => {
  const looks = ['', '--lt-pos: rebeccapurple; --lt-neg: seagreen', '--lt-pos: royalblue; --lt-neg: chocolate', '--lt-neg: crimson'];
  const body = looks.map((style) => `<lottery-ticket figure="connections" style="${style}"></lottery-ticket>`);
  const { blog, close } = await blogWith(browser, body.join(''), { strict: false });
  try {
    await browser.setViewport(1280, 4000);
    await browser.goto(`${blog.url}post.html`);
    const named = await browser.waitFor(() => {
      const said = [...document.querySelectorAll('lottery-ticket')].map((element) => element.shadowRoot?.querySelector('[part="figure"]')?.shadowRoot?.querySelector('figcaption')?.textContent ?? '');
      const found = said.map((text) => (text.includes('blue adds, orange takes away') ? 'named' : text.includes('one colour adds, the other takes away') ? 'not named' : text));
      return found.every((how) => /named/.test(how)) && found[1] === 'not named' && found;
    }, [], { what: 'captions' });
    assert.deepEqual(named, ['named', 'not named', 'named', 'not named']);
  } finally {
    await close();
  }
});

inEachBrowser("a page styles a figure's own parts", async (browser) => {
  const { blog, close } = await blogWith(browser, '<style>lottery-ticket::part(heading) { color: rgb(1, 2, 3) }</style><lottery-ticket figure="race"></lottery-ticket>', { strict: false });
  try {
    await browser.goto(`${blog.url}post.html`);
    const colour = await browser.waitFor(() => {
      const heading = document.querySelector('lottery-ticket')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('[part="heading"]');
      return heading && getComputedStyle(heading).color;
    }, [], { what: 'the heading' });
    assert.equal(colour, 'rgb(1, 2, 3)');
  } finally {
    await close();
  }
});

inEachBrowser("what the laboratory gives away on somebody's page leads to that page as it is, and needs no clipboard", async (browser) => {
  const { blog, close } = await blogWith(browser, `<lottery-ticket id="a" ${SMALL}></lottery-ticket>`, { strict: false });
  try {
    await browser.goto(`${blog.url}post.html?p=7`);
    await pressRun(browser, 'a');
    await reaches(browser, 'a', 'finished');
    const saved = await browser.evaluate(async () => {
      // As on every page that came without encryption.
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      const make = URL.createObjectURL.bind(URL);
      const made = /** @type {Blob[]} */ ([]);
      URL.createObjectURL = (/** @type {any} */ blob) => {
        made.push(blob);
        return make(blob);
      };
      const root = /** @type {ShadowRoot} */ (document.getElementById('a')?.shadowRoot);
      const press = async (/** @type {ParentNode} */ place, /** @type {string} */ label) => {
        const button = [...place.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === label);
        if (!button) return '';
        made.splice(0);
        button.click();
        for (let tries = 0; tries < 100 && made.length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
        return (await made[0]?.text()) ?? 'nothing was saved';
      };
      return {
        link: await press(root, 'Copy link to this ticket'),
        poster: await press(root, 'Poster as SVG'),
        table: await press(/** @type {ShadowRoot} */ (root.querySelector('lt-rounds')?.shadowRoot), 'Copy table'),
        page: location.href,
      };
    });
    assert.equal(saved.link, '', 'no link that the page would not read');
    assert.ok(saved.poster.includes(`>${saved.page}</text>`), saved.poster.match(/>http[^<]*/)?.[0]);
    assert.match(saved.table, /^round,arm,seed,/);
    assert.equal(saved.page, `${blog.url}post.html?p=7`);
  } finally {
    await close();
  }
});

inEachBrowser('where workers are forbidden the page itself trains, and says so', async (browser) => {
  const { blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" ${SMALL}></lottery-ticket>`, { workers: "'none'" });
  try {
    await browser.goto(`${blog.url}post.html`);
    await pressRun(browser, 'a');
    assert.equal((await reaches(browser, 'a', 'finished')).arms.ticket.rounds.length, 3);
    const notice = await browser.evaluate(() => document.getElementById('a')?.shadowRoot?.querySelector('[role="note"]')?.textContent);
    assert.match(String(notice), /no background workers/);
  } finally {
    await close();
  }
});

inEachBrowser('in a sandboxed frame, which has neither origin nor storage, everything works but the keeping', async (browser) => {
  const wishes = Object.fromEntries([...`figure="ladder" ${SMALL}`.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const follow = `<script type="module">addEventListener('lt-statechange', ({ detail }) => parent.postMessage(detail.phase, '*'));
    addEventListener('message', async ({ data }) => data === 'go' && (await customElements.whenDefined('lottery-ticket'), document.querySelector('lottery-ticket').findTicket()));</script>`;
  const site = await serveSite({ headers: OPEN, pages: { 'embed.html': readFileSync(join(dist, 'embed.html'), 'utf8').replace('</body>', `${follow}</body>`) } });
  const outer = await serveSite({
    pages: { 'outer.html': `<!doctype html><meta charset="utf-8"><title>x</title><script>phases = []; addEventListener('message', ({ data }) => phases.push(data))</script>${frameSnippet(site.url, wishes).replace('<iframe', '<iframe sandbox="allow-scripts"')}` },
  });
  try {
    await browser.goto(`${outer.url}outer.html`);
    await browser.waitFor(() => !['640', '4'].includes(document.querySelector('iframe')?.getAttribute('height') ?? '640'), [], { what: 'the frame has the height of its figure' });
    await browser.evaluate(() => document.querySelector('iframe')?.contentWindow?.postMessage('go', '*'));
    await browser.waitFor(() => /** @type {any} */ (globalThis).phases.includes('finished'), [], { what: 'the frame has trained', timeout: 180_000 });
  } finally {
    await outer.close();
    await site.close();
  }
});

for (const [what, path, fault, sentence] of /** @type {[string, RegExp, import('./lib/site.js').Fault, RegExp][]} */ ([
  ['the data are missing', /train-00\.images/, { status: 404 }, /server answered 404/],
  ['the data host is broken', /manifest\.json/, { status: 500 }, /server answered 500/],
  ['the data are cut off', /train-00\.images/, { truncateTo: 5000 }, /cut off|connection failed/],
  ['the engine is missing', /engine\.wasm/, { status: 404 }, /engine could not be loaded: the server answered 404/],
])) {
  inEachBrowser(`${what}: a sentence, and the next attempt works`, async (browser) => {
    const { host, blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" controls="all" ${SMALL}></lottery-ticket>`);
    try {
      host.fail(path, fault);
      await browser.goto(`${blog.url}post.html`);
      await pressRun(browser, 'a');
      await browser.waitFor((pattern) => new RegExp(pattern).test(document.getElementById('a')?.shadowRoot?.textContent ?? ''), [sentence.source], { what: String(sentence), timeout: 60_000 });
      assert.doesNotMatch(String(await browser.evaluate(() => document.getElementById('a')?.shadowRoot?.textContent)), /What was finished is kept/, 'nothing was finished');
      const press = (/** @type {string} */ button) => browser.evaluate((which) => /** @type {any} */ (document.getElementById('a')).shadowRoot.querySelector(which).click(), button);
      if (what === 'the engine is missing') {
        const asked = host.requests.length;
        await press('[role="alert"] button');
        for (const end = Date.now() + 60_000; host.requests.length === asked && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 50));
        assert.match(host.requests.at(-1) ?? '', path, 'it was tried again');
        host.fail(path, null);
        await press('[part~="reset"]');
        await browser.waitFor(() => /** @type {any} */ (document.getElementById('a')).state.config, [], { what: 'Reset starts the engine' });
        await press('[part~="findTicket"]');
      } else {
        host.fail(path, null);
        await press('[role="alert"] button');
      }
      assert.equal((await reaches(browser, 'a', 'finished')).arms.ticket.rounds.length, 3);
    } finally {
      await close();
    }
  });
}

inEachBrowser('an engine that is cut off, or that a host answers with a page of its own, is told in a sentence', async (browser) => {
  const { host, blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" ${SMALL}></lottery-ticket>`);
  try {
    host.fail(/engine\.wasm/, { truncateTo: 5000 });
    await browser.goto(`${blog.url}post.html`);
    await pressRun(browser, 'a');
    assert.equal((await reaches(browser, 'a', 'failed')).error, 'The engine could not be loaded: the connection failed, or the page forbids it.');
    host.fail(/engine\.wasm/, null);
    host.fail(/engine\.wasm/, { change: () => Buffer.from('<!doctype html><title>Not found</title>') });
    await browser.evaluate(() => /** @type {any} */ (document.getElementById('a')).shadowRoot.querySelector('[role="alert"] button').click());
    await browser.waitFor(() => /** @type {any} */ (document.getElementById('a')).state.error === 'The engine could not be loaded: the server answered with something else.', [], { what: 'the other sentence' });
    host.fail(/engine\.wasm/, null);
    await browser.evaluate(() => /** @type {any} */ (document.getElementById('a')).shadowRoot.querySelector('[role="alert"] button').click());
    await browser.waitFor(() => /** @type {any} */ (document.getElementById('a')).state.phase === 'finished', [], { what: 'a ticket', timeout: 180_000 });
  } finally {
    await close();
  }
});

inEachBrowser('a slow data host is waited for', async (browser) => {
  const { host, blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" ${SMALL}></lottery-ticket>`);
  try {
    host.fail(/train-00\.images/, { bytesPerSecond: 80_000 });
    host.fail(/engine\.wasm/, { delay: 4000 });
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => document.getElementById('a')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('svg path'), [], { what: 'the recorded picture' });
    await pressRun(browser, 'a');
    // Whoever pressed the button sees that it was heard.
    await browser.waitFor(() => document.getElementById('a')?.shadowRoot?.querySelector('.status')?.textContent === 'The engine is starting.', [], { what: 'the engine is said to start', timeout: 3000 });
    await reaches(browser, 'a', 'loading');
    assert.equal((await reaches(browser, 'a', 'finished')).arms.ticket.rounds.length, 3);
  } finally {
    await close();
  }
});

inEachBrowser('out of sight it pauses, seen again it goes on, and what the reader paused stays paused', async (browser) => {
  const { host, blog, close } = await blogWith(browser, `<lottery-ticket id="a" figure="race" ${LONG}></lottery-ticket><p>A long post.</p><script>document.body.style.paddingBottom = '6000px'</script>`, { strict: false });
  const look = async (/** @type {number} */ top) => browser.evaluate((to) => scrollTo({ top: to, behavior: 'instant' }), top);
  try {
    host.fail(/engine\.wasm/, { delay: 1500 });
    await browser.goto(`${blog.url}post.html`);
    await pressRun(browser, 'a');
    // Gone before it could begin.
    await look(5000);
    await browser.waitFor(() => /** @type {any} */ (document.getElementById('a')).state?.config, [], { what: 'the engine is there', timeout: 120_000 });
    await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    const unseen = await browser.evaluate(stateOf, 'a');
    assert.deepEqual([unseen.step, unseen.rate, unseen.data.status], [0, 0, 'none']);
    await look(0);
    await browser.waitFor(() => /** @type {any} */ (document.getElementById('a')).state?.step > 0, [], { what: 'it trains', timeout: 120_000 });
    await look(5000);
    const { step } = await reaches(browser, 'a', 'paused');
    await look(0);
    await reaches(browser, 'a', 'training');
    await browser.waitFor((from) => /** @type {any} */ (document.getElementById('a')).state.step > from, [step], { what: 'it goes on' });
    await browser.evaluate(() => /** @type {any} */ (document.getElementById('a')).pause());
    await look(5000);
    await look(0);
    await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    assert.equal((await browser.evaluate(stateOf, 'a')).phase, 'paused');

    // What is decided while it is away holds: it is paused for good, or everything is as before the first step.
    const away = () => /out of sight/.test(document.getElementById('a')?.shadowRoot?.textContent ?? '');
    for (const verb of ['pause', 'reset']) {
      await browser.evaluate(() => /** @type {any} */ (document.getElementById('a')).findTicket());
      await reaches(browser, 'a', 'training');
      await look(5000);
      await browser.waitFor(away, [], { what: 'it says that it pauses' });
      await browser.evaluate((name) => /** @type {any} */ (document.getElementById('a'))[name](), verb);
      await look(0);
      await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      assert.equal((await browser.evaluate(stateOf, 'a')).phase, verb === 'pause' ? 'paused' : 'ready');
      assert.equal(await browser.evaluate(away), false, verb);
    }
  } finally {
    await close();
  }
});

inEachBrowser('added, moved and removed again and again, it leaves no worker behind', async (browser) => {
  const { blog, close } = await blogWith(browser, '<main></main><aside></aside>', { strict: false });
  try {
    await browser.goto(`${blog.url}post.html`);
    await browser.waitFor(() => customElements.get('lottery-ticket') !== undefined, []);
    const alive = await browser.evaluate(async (attributes) => {
      let running = 0;
      const Original = Worker;
      globalThis.Worker = class extends Original {
        over = false;

        /** @param {string | URL} url @param {WorkerOptions} [options] */
        constructor(url, options) {
          super(url, options);
          running += 1;
        }

        terminate() {
          super.terminate();
          if (!this.over) running -= 1;
          this.over = true;
        }
      };
      Object.assign(globalThis, { running: () => running });
      const removed = /** @type {WeakRef<object>[]} */ ([]);
      Object.assign(globalThis, { removed });
      const counts = [];
      for (let turn = 0; turn < 12; turn += 1) {
        const main = /** @type {Element} */ (document.querySelector('main'));
        main.innerHTML = `<lottery-ticket figure="race" ${attributes}></lottery-ticket>`;
        const element = /** @type {any} */ (main.firstElementChild);
        removed.push(new WeakRef(element));
        void element.findTicket().catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, turn % 3 === 0 ? 0 : 300));
        document.querySelector('aside')?.append(element);
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (!element.session) throw new Error('moving it ended its run');
        element.remove();
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (element.session) throw new Error('removing it did not end its run');
        counts.push(running);
      }
      return Math.max(...counts);
    }, LONG);
    const cores = await browser.evaluate(() => navigator.hardwareConcurrency);
    assert.ok(alive <= cores, `${alive} workers at once on ${cores} cores`);
    // Idle workers are kept a while for the next element, then let go.
    await browser.waitFor(() => /** @type {any} */ (globalThis).running() === 0, [], { what: 'all workers are gone', timeout: 60_000 });
    if (browser.name === 'chromium' && browser.page) {
      // An element that anything still holds would keep its networks and pictures in memory.
      const session = await browser.page.createCDPSession();
      const kept = () => browser.evaluate(() => /** @type {any} */ (globalThis).removed.flatMap((/** @type {WeakRef<object>} */ ref, /** @type {number} */ turn) => (ref.deref() ? [turn] : [])));
      // What the last ones still wait for (an answer, a timer) may hold them a moment longer.
      for (const deadline = Date.now() + 30_000; Date.now() < deadline && (await kept()).length > 0; ) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        await session.send('HeapProfiler.collectGarbage');
      }
      assert.deepEqual(await kept(), [], 'removed elements are still in memory');
    }
  } finally {
    await close();
  }
});

inEachBrowser('in a frame it tells its height to its parent, and believes nobody else', async (browser) => {
  const site = await serveSite({ below: '/site/' });
  const wishes = { figure: 'race', seed: '7', preset: 'lesson', examples: '1000', validation: '500', test: '500', steps: '60', rounds: '2', 'eval-every': '20' };
  const blog = await serveSite({
    pages: { 'post.html': `<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title><body><script>heard = []; addEventListener('message', ({ data, origin }) => heard.push({ data, origin }));</script>${frameSnippet(site.url, wishes)}</body></html>` },
  });
  try {
    await browser.goto(`${blog.url}post.html`);
    const frameHeight = () => Number(document.querySelector('iframe')?.getAttribute('height'));
    // The figure draws itself anew for another width, and its height may follow in more than one go.
    const settled = async () => {
      const heights = [await browser.evaluate(frameHeight)];
      for (let tries = 0; tries < 100 && (heights.length < 10 || heights.slice(-10).some((height) => height !== heights.at(-1))); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        heights.push(await browser.evaluate(frameHeight));
      }
      return heights.at(-1);
    };
    const height = await browser.waitFor(() => {
      const now = Number(document.querySelector('iframe')?.getAttribute('height'));
      return now !== 640 && now > 200 && now;
    }, [], { what: 'the frame has the height of its figure' });
    const heard = await browser.evaluate(() => /** @type {any} */ (globalThis).heard);
    assert.ok(heard.every((/** @type {any} */ { data, origin }) => data.type === 'lottery-ticket:height' && `${origin}/` === new URL('/', site.url).href));
    // A width that leaves less room makes it higher.
    await browser.setViewport(420, 900);
    await browser.waitFor((before) => Number(document.querySelector('iframe')?.getAttribute('height')) !== before, [height], { what: 'another height for another width' });

    const before = await settled();
    // It answers its parent's hello.
    const spoken = await browser.evaluate(async () => {
      const page = /** @type {any} */ (globalThis);
      const frame = document.querySelector('iframe')?.contentWindow;
      page.heard = [];
      frame?.postMessage({ type: 'lottery-ticket:hello' }, '*');
      for (let tries = 0; tries < 50 && page.heard.length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
      return page.heard.map((/** @type {any} */ { data }) => data.type);
    });
    assert.equal(spoken[0], 'lottery-ticket:height');
    // Forged messages change nothing: from the page itself, from a stranger.
    await browser.evaluate(async () => {
      postMessage({ type: 'lottery-ticket:height', height: 77 }, '*');
      const stranger = document.createElement('iframe');
      stranger.srcdoc = '<script>parent.postMessage({ type: "lottery-ticket:height", height: 99 }, "*")</scr' + 'ipt>';
      document.body.append(stranger);
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    assert.equal(await browser.evaluate(frameHeight), before);
    // From the frame, which others may have led elsewhere: of another origin, of another type, out of range. What is right is heeded.
    const type = 'lottery-ticket:height';
    const origin = originOf(site.url);
    for (const [said, of, data, expected] of /** @type {[string, string, any, number | undefined][]} */ ([
      ['another origin', 'https://elsewhere.example', { type, height: 77 }, before],
      ['another type', origin, { type: 'height', height: 77 }, before],
      ['nothing', origin, null, before],
      ['below zero', origin, { type, height: -1 }, before],
      ['endless', origin, { type, height: 99_999 }, before],
      ['no number', origin, { type, height: 'high' }, before],
      ['the truth', origin, { type, height: 76.5 }, 77],
    ])) {
      await browser.evaluate(
        (from, message) => {
          const event = new MessageEvent('message', { origin: from, data: message });
          // Firefox takes no window of another origin in the constructor.
          Object.defineProperty(event, 'source', { value: document.querySelector('iframe')?.contentWindow });
          dispatchEvent(event);
        },
        of,
        data,
      );
      assert.equal(await browser.evaluate(frameHeight), expected, said);
    }
    assert.ok(!site.requests.some((path) => /wasm|data\//.test(path)), 'nothing heavy before it is asked for');
    assert.deepEqual(await complaints(browser), []);
  } finally {
    await site.close();
    await blog.close();
  }
});

inEachBrowser('the page writes the snippet that its preview runs, and states its weight', async (browser) => {
  const site = await serveSite({ below: '/site/' });
  try {
    await browser.goto(`${site.url}#seed=7&rounds=2&steps=60&examples=1000`);
    await browser.click('button', 'Embed', { timeout: 120_000 });
    const snippet = () => /** @type {HTMLTextAreaElement} */ (document.querySelector('lt-embed')?.shadowRoot?.querySelector('textarea'))?.value;
    await browser.waitFor(() => document.querySelector('lt-embed')?.shadowRoot?.querySelector('lottery-ticket')?.shadowRoot?.querySelector('lt-race')?.shadowRoot?.querySelector('svg path'), [], { what: 'the preview' });
    const text = await browser.evaluate(snippet);
    const figures = await browser.evaluate(() => [...(document.querySelector('lt-embed')?.shadowRoot?.querySelector('select')?.options ?? [])].map(({ value, label }) => `${value}: ${label}`));
    assert.deepEqual([figures.length, figures[0], figures.at(-1)], [11, 'race: Side by side, on the same batches', ': the whole laboratory']);
    for (const part of [`${site.url}standalone/lottery-ticket.js`, 'figure="race"', 'seed="7"', 'rounds="2"', 'steps="60"']) assert.ok(text.includes(part), `${part} in ${text}`);
    await browser.waitFor(() => /kB/.test(document.querySelector('lt-embed')?.shadowRoot?.querySelector('.help')?.textContent ?? ''), [], { what: 'the weight' });
    await browser.setViewport(360, 740);
    const [room, needs] = await browser.evaluate(() => {
      const dialog = document.querySelector('lt-embed')?.shadowRoot?.querySelector('dialog');
      return [dialog?.clientWidth ?? 0, dialog?.scrollWidth ?? 0];
    });
    assert.ok(room > 0 && needs <= room, `${needs} of ${room} pixels on a phone`);
    await browser.choose('as a frame', true);
    await browser.waitFor(() => Number(document.querySelector('lt-embed')?.shadowRoot?.querySelector('iframe')?.getAttribute('height') ?? 640) !== 640, [], { what: 'the frame has its height' });
    assert.match(await browser.evaluate(snippet), /embed\.html#figure=race&amp;.*seed=7/);
    assert.match(String(await browser.evaluate(() => document.querySelector('lt-embed')?.shadowRoot?.textContent)), /[0-9] kB of engine and 1\.6 MB of data\./);
    await browser.click('button', 'Close');
    await browser.waitFor(() => !document.querySelector('lt-embed'), [], { what: 'it is gone' });
    assert.deepEqual(await complaints(browser), []);
  } finally {
    await site.close();
  }
});
