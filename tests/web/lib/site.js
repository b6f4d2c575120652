// The built site on a port of its own, below any path, with the faults and headers that a test asks for.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { COLLECTOR, collectorSource } from './collector.js';
import { serveFile } from '../../../scripts/lib/serve.mjs';

/**
 * @typedef {object} Fault  what goes wrong with one answer
 * @property {number} [status]  answer this status and nothing else
 * @property {number} [truncateTo]  promise the whole file, send so many bytes, and cut the line
 * @property {number} [shortenTo]  send so many bytes as if they were the whole file
 * @property {(bytes: Buffer) => Buffer} [change]  send other bytes
 * @property {number} [delay]  milliseconds before the answer
 * @property {boolean} [hang]  never answer
 * @property {number} [bytesPerSecond]  a slow line
 *
 * @typedef {object} SiteOptions
 * @property {string} [folder]  absolute; dist/ unless told
 * @property {string} [below]  the path it is served below: "/" unless told, "/some/where/" for example
 * @property {Record<string, string>} [headers]  added to every answer: a content-security-policy, for example
 * @property {Record<string, string | Buffer>} [pages]  further HTML pages, scripts or files, by path below the site's own: { 'x.html': '<!doctype html>…' }
 *
 * @typedef {object} Site
 * @property {string} url  ends with a slash
 * @property {string[]} requests  the paths asked for so far, relative to `url`
 * @property {(path: string | RegExp, fault: Fault | null, times?: number) => void} fail  from now on, for so many answers (always unless told); null heals it
 * @property {() => Promise<void>} close
 */

/** WebKit has no other way to tell what went wrong in a page. @param {import('node:http').IncomingMessage} request */
const wantsCollector = (request) => /AppleWebKit/.test(request.headers['user-agent'] ?? '') && !/Chrom/.test(request.headers['user-agent'] ?? '');

export const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

/** @param {string} path */
function typeOf(path) {
  if (path.endsWith('.js')) return 'text/javascript; charset=utf-8';
  return path === '' || path.endsWith('/') || path.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/octet-stream';
}

const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {string} file
 * @param {Fault} fault
 * @param {import('node:http').ServerResponse} response
 */
async function answerWrongly(file, fault, response) {
  /** @type {Buffer} */
  let bytes = await readFile(file);
  if (fault.change) bytes = fault.change(bytes);
  if (fault.shortenTo !== undefined) bytes = bytes.subarray(0, fault.shortenTo);
  response.setHeader('content-length', bytes.length);
  if (fault.truncateTo !== undefined) {
    response.write(bytes.subarray(0, fault.truncateTo), () => setTimeout(() => response.destroy(), 20));
    return;
  }
  if (fault.bytesPerSecond) {
    const part = Math.max(1, Math.floor(fault.bytesPerSecond / 20));
    for (let at = 0; at < bytes.length && !response.destroyed; at += part) {
      response.write(bytes.subarray(at, at + part));
      await pause(50);
    }
    response.end();
    return;
  }
  response.end(bytes);
}

/**
 * @param {SiteOptions} [options]
 * @returns {Promise<Site>}
 */
export async function serveSite({ folder = dist, below = '/', headers = {}, pages = {} } = {}) {
  /** @type {string[]} */
  const requests = [];
  /** @type {{ path: string | RegExp, fault: Fault, left: number }[]} */
  let faults = [];

  /** @param {string} path */
  function takeFault(path) {
    const found = faults.find((each) => each.left > 0 && (typeof each.path === 'string' ? each.path === path : each.path.test(path)));
    if (found) found.left -= 1;
    return found?.fault;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    const path = (request.url ?? '/').split('?')[0];
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!path.startsWith(below)) {
      // Browsers ask for it unbidden, and a missing one would count as a problem of the page.
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const own = decodeURIComponent(path.slice(below.length));
    requests.push(own);
    const fault = takeFault(own);
    if (fault?.hang) return;
    if (fault?.delay) await pause(fault.delay);
    if (fault?.status) {
      response.writeHead(fault.status, { 'content-type': 'text/plain' }).end('as the test wished\n');
    } else if (own === COLLECTOR) {
      response.writeHead(200, { 'content-type': typeOf(own) }).end(collectorSource);
    } else if (/(^|\/|\.html)$/.test(own) && wantsCollector(request)) {
      const file = own.endsWith('.html') ? own : `${own}index.html`;
      const html = pages[file] ?? pages[own] ?? (await readFile(`${folder}/${file}`, 'utf8'));
      response.writeHead(200, { 'content-type': typeOf(file) }).end(String(html).replace(/^(<!doctype html>)?/i, `$&<script src="${below}${COLLECTOR}"></script>`));
    } else if (own in pages) {
      response.writeHead(200, { 'content-type': typeOf(own) }).end(pages[own]);
    } else if (fault && (fault.change || fault.shortenTo !== undefined || fault.truncateTo !== undefined || fault.bytesPerSecond)) {
      response.setHeader('content-type', own.endsWith('.json') ? 'application/json' : own.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream');
      await answerWrongly(`${folder}/${own}`, fault, response);
    } else {
      await serveFile(folder, `/${own}`, request, response);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}${below}`,
    requests,
    fail(path, fault, times = Infinity) {
      faults = faults.filter((each) => String(each.path) !== String(path));
      if (fault) faults.push({ path, fault, left: times });
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
