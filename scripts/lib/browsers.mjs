// The three browsers that the tests need: installed with Debian's packages when one is missing.
import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { lookForBrowser, lookForMiniBrowser } from './find-browser.mjs';
import { which } from './run.mjs';
import { Sentence } from './say.mjs';

/** @type {Record<import('./find-browser.mjs').BrowserName, { title: string, packages: string[], variable: string }>} */
const BROWSERS = {
  chromium: { title: 'Chromium', packages: ['chromium'], variable: 'CHROMIUM' },
  firefox: { title: 'Firefox', packages: ['firefox-esr'], variable: 'FIREFOX' },
  webkit: { title: 'WebKitGTK with its driver and Xvfb', packages: ['webkit2gtk-driver', 'xvfb'], variable: 'WEBKIT' },
};

/** @param {import('./find-browser.mjs').BrowserName} name */
function isHere(name) {
  if (!lookForBrowser(name)) return false;
  return name !== 'webkit' || (lookForMiniBrowser() !== null && which('Xvfb') !== null);
}

/** @param {import('./find-browser.mjs').BrowserName} name */
export async function ensureBrowser(name) {
  if (isHere(name)) return;
  const { title, packages, variable } = BROWSERS[name];
  const given = process.env[variable];
  if (given && !existsSync(given)) throw new Sentence(`${variable} names ${given}, and no such file exists: correct it or leave it out.`);
  await aptInstall(packages, `${title} is missing (${variable} may name its program)`);
  if (!isHere(name)) throw new Sentence(`${title} is still missing after installing ${packages.join(', ')}.`);
}
