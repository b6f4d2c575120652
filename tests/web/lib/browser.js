// One interface over three browsers. A driver moves the mouse, presses keys and evaluates text; everything else is written here once.
import { accessible } from './accessible.js';
import { keysOf } from './keys.js';
import { launchPuppeteer } from './puppeteer.js';
import { launchWebKit } from './webkit.js';

/**
 * @typedef {import('../../../scripts/lib/find-browser.mjs').BrowserName} BrowserName
 *
 * @typedef {object} LaunchOptions
 * @property {boolean} [headless]  true unless told; WebKit always runs under Xvfb
 * @property {string[]} [args]  further arguments of the browser
 *
 * @typedef {object} Driver  what each browser has to offer
 * @property {import('puppeteer-core').Page | null} page  puppeteer's own page, for what only Chromium can do
 * @property {(url: string) => Promise<void>} goto  until the load event
 * @property {(expression: string) => Promise<string>} evaluate  an expression that gives a promise of a string
 * @property {(x: number, y: number) => Promise<void>} moveMouse
 * @property {() => Promise<void>} mouseDown
 * @property {() => Promise<void>} mouseUp
 * @property {(keys: string[]) => Promise<void>} press  pressed in order, released in the opposite order
 * @property {() => Promise<Buffer>} screenshot  PNG of the viewport
 * @property {(width: number, height: number) => Promise<void>} setViewport  CSS pixels
 * @property {() => Promise<void>} back
 * @property {() => Promise<void>} forward
 * @property {() => Promise<string[]>} problems  errors and warnings of page and workers since the last call
 * @property {() => Promise<void>} close
 */

const WAIT = 60_000;

const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Browser {
  /** @param {BrowserName} name @param {Driver} driver */
  constructor(name, driver) {
    this.name = name;
    this.driver = driver;
    /** A selector: controls are looked for inside of it. Everywhere when empty. */
    this.within = '';
  }

  /** Puppeteer's page (null in WebKit), for throttling, offline and other things that only some browsers can do. */
  get page() {
    return this.driver.page;
  }

  /** @param {string} url */
  goto(url) {
    return this.driver.goto(url);
  }

  back() {
    return this.driver.back();
  }

  forward() {
    return this.driver.forward();
  }

  /**
   * Calls a function in the page. Arguments and result travel as JSON; a promise is awaited.
   * @template {unknown[]} Args
   * @template Result
   * @param {((...args: Args) => Result | Promise<Result>) | string} fn  a function, or an expression as text
   * @param {Args} args
   * @returns {Promise<Result>}
   */
  async evaluate(fn, ...args) {
    const call = typeof fn === 'string' ? fn : `(${fn})(...${JSON.stringify(args)})`;
    const expression = `(async () => {
      try { return JSON.stringify({ value: await (${call}) }); }
      catch (error) { return JSON.stringify({ error: error instanceof Error ? error.message : String(error) }); }
    })()`;
    const answer = JSON.parse(await this.driver.evaluate(expression));
    if ('error' in answer) throw new Error(`in the page: ${answer.error}`);
    return answer.value;
  }

  /**
   * Calls a function in the page with the helpers of `accessible` first.
   * @template {unknown[]} Args
   * @template Result
   * @param {(helpers: ReturnType<typeof accessible>, ...args: Args) => Result | Promise<Result>} fn
   * @param {Args} args
   * @returns {Promise<Result>}
   */
  query(fn, ...args) {
    return this.evaluate(`(${fn})((${accessible})(${JSON.stringify(this.within)}), ...${JSON.stringify(args)})`);
  }

  /**
   * Waits until a function in the page gives something true, and returns it.
   * @template {unknown[]} Args
   * @template Result
   * @param {(...args: Args) => Result | Promise<Result>} fn
   * @param {Args} args
   * @param {{ timeout?: number, what?: string }} [options]
   * @returns {Promise<NonNullable<Result>>}
   */
  async waitFor(fn, args, { timeout = WAIT, what = String(fn) } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      const value = await this.evaluate(fn, ...args);
      if (value) return /** @type {NonNullable<Result>} */ (value);
      if (Date.now() > end) throw new Error(`${this.name}: after ${timeout / 1000} s still not: ${what}`);
      await pause(50);
    }
  }

  /** How many visible elements have this role and name. @param {string | null} role @param {string} name */
  count(role, name) {
    return this.query((helpers, ...find) => helpers.findAll(...find).length, role, name);
  }

  /** @param {string | null} role @param {string} name */
  #describe(role, name) {
    return this.query((helpers, ...find) => helpers.describe(helpers.findOne(...find)), role, name);
  }

  /**
   * Role, name, description, state of the one element, as soon as it is there.
   * @param {string | null} role
   * @param {string} name
   */
  async describe(role, name) {
    const end = Date.now() + WAIT;
    for (;;) {
      try {
        return await this.#describe(role, name);
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await pause(50);
    }
  }

  /** The same for the element that has the focus. */
  focused() {
    return this.query((helpers) => {
      const element = helpers.focusedElement();
      return element ? helpers.describe(element) : null;
    });
  }

  /**
   * Waits for the element to be there, enabled and at rest, scrolls to it, and returns its centre.
   * @param {string | null} role
   * @param {string} name
   * @param {number} timeout
   */
  async #pointAt(role, name, timeout) {
    const end = Date.now() + timeout;
    let before = '';
    for (;;) {
      try {
        const { disabled } = await this.#describe(role, name);
        const point = await this.query((helpers, ...find) => helpers.pointOf(helpers.findOne(...find)), role, name);
        // What still moves would be missed.
        const rests = JSON.stringify(point) === before;
        before = JSON.stringify(point);
        if (!disabled && !point.covered && rests) return point;
        if (Date.now() > end) throw new Error(`${this.name}: ${role ?? 'element'} "${name}" is ${disabled ? 'disabled' : 'covered by something else'}`);
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await pause(50);
    }
  }

  /**
   * Clicks with the mouse, as a person would: what is disabled or covered cannot be clicked.
   * @param {string | null} role
   * @param {string} name
   * @param {{ timeout?: number }} [options]
   */
  async click(role, name, { timeout = WAIT } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      const { x, y } = await this.#pointAt(role, name, timeout);
      await this.query((helpers, ...find) => helpers.aimAt(helpers.findOne(...find)), role, name);
      await this.driver.moveMouse(x, y);
      await this.driver.mouseDown();
      await this.driver.mouseUp();
      // A link that was followed has taken the page away, and with it who would answer.
      const landed = await this.evaluate(() => /** @type {any} */ (window).clickLanded ?? true).catch(() => true);
      if (landed) return;
      if (Date.now() > end) throw new Error(`${this.name}: ${role ?? 'element'} "${name}" moves away from the mouse`);
    }
  }

  /**
   * Waits for the element to be there and enabled.
   * @param {string | null} role
   * @param {string} name
   */
  async #expect(role, name) {
    const end = Date.now() + WAIT;
    while ((await this.describe(role, name)).disabled) {
      if (Date.now() > end) throw new Error(`${this.name}: ${role ?? 'the field'} "${name}" is disabled`);
      await pause(50);
    }
  }

  /** Gives it the focus, as a key would. @param {string | null} role @param {string} name */
  async focus(role, name) {
    await this.#expect(role, name);
    await this.query((helpers, ...find) => /** @type {HTMLElement} */ (helpers.findOne(...find)).focus(), role, name);
  }

  /** @param {string | null} role @param {string} name */
  async hover(role, name) {
    const { x, y } = await this.#pointAt(role, name, WAIT);
    await this.driver.moveMouse(x, y);
  }

  /** Draws a line with the mouse button held down. @param {{ x: number, y: number }[]} points  in the viewport */
  async drag(points) {
    await this.driver.moveMouse(points[0].x, points[0].y);
    await this.driver.mouseDown();
    for (const { x, y } of points.slice(1)) await this.driver.moveMouse(x, y);
    await this.driver.mouseUp();
  }

  /** The words that are selected in the page or in the shadow of an element. @param {string} host  a selector */
  async selected(host) {
    return await this.evaluate((/** @type {string} */ at) => {
      const root = /** @type {any} */ (document.querySelector(at)?.shadowRoot);
      const selections = [document.getSelection(), root?.getSelection?.()];
      return selections.map((selection) => String(selection ?? '') || (selection?.type === 'Range' ? 'a part of a picture' : '')).join('');
    }, host);
  }

  /** Presses keys one after the other: "Enter", "a", "Shift+Tab". @param {string[]} chords */
  async press(...chords) {
    for (const chord of chords) await this.driver.press(keysOf(chord));
  }

  /**
   * Replaces what stands in a text or number field by typing, and leaves the field with Tab so that the change counts.
   * @param {string} name
   * @param {string | number} text
   */
  async fill(name, text) {
    await this.#expect(null, name);
    await this.query((helpers, field) => {
      const element = /** @type {HTMLInputElement} */ (helpers.findOne(null, field));
      element.scrollIntoView({ block: 'center' });
      element.focus();
      element.select();
    }, name);
    const typed = String(text);
    if (typed === '') await this.press('Delete');
    for (const character of typed) await this.driver.press([character]);
    await this.press('Tab');
  }

  /**
   * Sets a select, slider, checkbox or radio to a value, with the events that a change by hand gives.
   * @param {string} name
   * @param {string | number | boolean} value
   */
  async choose(name, value) {
    await this.#expect(null, name);
    await this.query((helpers, field, wanted) => {
      const element = /** @type {HTMLInputElement} */ (helpers.findOne(null, field));
      if (typeof wanted === 'boolean') {
        if (element.checked !== wanted) element.click();
        return;
      }
      element.focus();
      element.value = String(wanted);
      if (element.value !== String(wanted)) throw new Error(`"${field}" does not take "${wanted}"`);
      element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    }, name, value);
  }

  /**
   * Gives files to a file field, or drops them on any other element. The page fetches their bytes itself.
   * @param {string | null} role  "file" for a file field
   * @param {string} name
   * @param {{ name: string, url: string }[]} files
   */
  async giveFiles(role, name, files) {
    await this.#expect(role, name);
    await this.query(async (helpers, wantedRole, wantedName, wanted) => {
      const element = helpers.findOne(wantedRole, wantedName);
      const dataTransfer = new DataTransfer();
      for (const { name: fileName, url } of wanted) {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`${url}: ${response.status}`);
        dataTransfer.items.add(new File([await response.blob()], fileName));
      }
      if (element instanceof HTMLInputElement && element.type === 'file') {
        element.files = dataTransfer.files;
        element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
        element.dispatchEvent(new Event('change', { bubbles: true }));
        return;
      }
      for (const type of ['dragenter', 'dragover', 'drop']) {
        element.dispatchEvent(new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer }));
      }
    }, role, name, files);
  }

  /** @param {string} path  of a PNG file @returns {Promise<Buffer>} */
  async screenshot(path) {
    const { writeFile } = await import('node:fs/promises');
    const image = await this.driver.screenshot();
    if (path) await writeFile(path, image);
    return image;
  }

  /** @param {number} width @param {number} height  in CSS pixels */
  setViewport(width, height) {
    return this.driver.setViewport(width, height);
  }

  /** Errors and warnings that page and workers gave since the last call. */
  problems() {
    return this.driver.problems();
  }

  close() {
    return this.driver.close();
  }
}

/**
 * @param {BrowserName} name
 * @param {LaunchOptions} [options]
 */
export async function launch(name, options = {}) {
  const driver = name === 'webkit' ? await launchWebKit(options) : await launchPuppeteer(name, options);
  return new Browser(name, driver);
}
