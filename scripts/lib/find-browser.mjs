// Where the browsers are on this machine.

/** @typedef {'chromium' | 'firefox' | 'webkit'} BrowserName */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { which } from './run.mjs';

/** @type {Record<BrowserName, { variable: string, programs: string[], paths: string[] }>} */
const PLACES = {
  chromium: {
    variable: 'CHROMIUM',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    paths: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  },
  firefox: {
    variable: 'FIREFOX',
    programs: ['firefox', 'firefox-esr'],
    paths: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
  webkit: { variable: 'WEBKIT', programs: ['WebKitWebDriver'], paths: ['/usr/libexec/webkit2gtk-4.1/WebKitWebDriver'] },
};

export const BROWSERS = /** @type {BrowserName[]} */ (Object.keys(PLACES));

/** The program's path, or null. @param {BrowserName} name */
export function lookForBrowser(name) {
  const { variable, programs, paths } = PLACES[name];
  const given = process.env[variable];
  if (given) return existsSync(given) ? given : null;
  for (const program of programs) {
    const found = which(program);
    if (found) return found;
  }
  return paths.find((path) => existsSync(path)) ?? null;
}

/** @param {BrowserName} name */
export function findBrowser(name) {
  const found = lookForBrowser(name);
  if (!found) throw new Error(`${name} is not on this machine: \`npm test\` installs it or names the command`);
  return found;
}

/** WebKitGTK's small browser, which its driver starts; null when it is missing. */
export function lookForMiniBrowser() {
  const folders = ['/usr/lib', '/usr/libexec', '/usr/lib64'];
  if (existsSync('/usr/lib')) {
    folders.push(...readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu')).map((name) => join('/usr/lib', name)));
  }
  for (const folder of folders) {
    for (const version of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
      const path = join(folder, version, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  return null;
}
