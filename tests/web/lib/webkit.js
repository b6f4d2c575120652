// WebKitGTK's small browser through WebKitWebDriver, on a screen of its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { findBrowser, lookForMiniBrowser } from '../../../scripts/lib/find-browser.mjs';
import { webDriverKey } from './keys.js';
import { Session, send } from './webdriver.js';
import { startXvfb } from './xvfb.js';

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} port @param {() => boolean} ended */
async function untilReady(port, ended) {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await send(port, 'GET', '/status');
      return;
    } catch {
      if (ended()) throw new Error('WebKitWebDriver ended at once');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('WebKitWebDriver does not answer');
}

/**
 * @param {import('./browser.js').LaunchOptions} options
 * @returns {Promise<import('./browser.js').Driver>}
 */
export async function launchWebKit({ args = [] }) {
  const binary = lookForMiniBrowser();
  if (!binary) throw new Error('WebKitGTK\'s MiniBrowser is not on this machine: `npm test` installs it or names the command');
  const program = findBrowser('webkit');
  const screen = await startXvfb();
  const port = await freePort();
  const asRoot = process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {};
  const driver = spawn(program, [`--port=${port}`], {
    env: { ...process.env, ...asRoot, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' },
    stdio: 'ignore',
  });
  let ended = false;
  driver.once('exit', () => (ended = true));
  driver.once('error', () => (ended = true));
  const stop = () => {
    driver.kill('SIGTERM');
    screen.stop();
  };
  process.once('exit', stop);

  /** @type {Session} */
  let session;
  try {
    await untilReady(port, () => ended);
    session = await Session.open(port, {
      'webkitgtk:browserOptions': {
        binary,
        args: ['--automation', ...args],
      },
    });
    await session.post('timeouts', { script: 900_000, pageLoad: 60_000, implicit: 0 });
  } catch (error) {
    stop();
    throw error;
  }

  /** @param {number} width @param {number} height */
  async function setViewport(width, height) {
    const script = { script: 'return [window.outerWidth - window.innerWidth, window.outerHeight - window.innerHeight, window.innerWidth, window.innerHeight];', args: [] };
    // The window's own borders are known only after it was laid out: correct until the inside has the size.
    for (let tries = 0; tries < 5; tries += 1) {
      const [borderX, borderY, innerWidth, innerHeight] = await session.post('execute/sync', script);
      if (innerWidth === width && innerHeight === height) return;
      await session.post('window/rect', { width: width + Math.max(0, borderX), height: height + Math.max(0, borderY) });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  return {
    page: null,
    async goto(url) {
      await session.post('url', { url });
    },
    async evaluate(expression) {
      const script = `const done = arguments[arguments.length - 1]; (${expression}).then(done);`;
      return session.post('execute/async', { script, args: [] });
    },
    async moveMouse(x, y) {
      await session.movePointer({ type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) });
    },
    async mouseDown() {
      await session.movePointer({ type: 'pointerDown', button: 0 });
    },
    async mouseUp() {
      await session.movePointer({ type: 'pointerUp', button: 0 });
    },
    async press(keys) {
      const codes = keys.map(webDriverKey);
      await session.pressKeys(
        ...codes.map((value) => ({ type: 'keyDown', value })),
        ...codes.reverse().map((value) => ({ type: 'keyUp', value })),
      );
    },
    async screenshot() {
      return Buffer.from(await session.get('screenshot'), 'base64');
    },
    setViewport,
    async back() {
      await session.post('back');
    },
    async forward() {
      await session.post('forward');
    },
    async problems() {
      // WebDriver tells nothing of the console; the test's site puts a collector into its pages.
      return session.post('execute/sync', { script: 'return globalThis.collectedProblems?.splice(0) ?? [];', args: [] });
    },
    async close() {
      await session.close().catch(() => {});
      process.off('exit', stop);
      stop();
    },
  };
}
