// A small static server for dist/, with the right content types and nothing kept by the browser between builds.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { Sentence } from './say.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * The file that an address names, or null: nothing outside the folder is ever served.
 * @param {string} folder
 * @param {string} path  of the address, as it came
 */
async function fileFor(folder, path) {
  let name;
  try {
    name = normalize(decodeURIComponent(path));
  } catch {
    return null;
  }
  if (name.includes('\0') || name.split(sep).includes('..')) return null;
  const file = join(folder, name);
  try {
    const found = await stat(file);
    if (found.isFile()) return { file, size: found.size };
    const index = join(file, 'index.html');
    if (path.endsWith('/')) return { file: index, size: (await stat(index)).size };
  } catch {
    // falls through to null
  }
  return null;
}

/**
 * Answers one request for a file below `folder`.
 * @param {string} folder
 * @param {string} path  the address's path, relative to the folder
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export async function serveFile(folder, path, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const found = await fileFor(folder, path);
  if (!found) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(found.file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(found.file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** @param {string | undefined} text  the environment's PORT */
export function readPort(text) {
  if (text === undefined || text === '') return 8080;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Sentence(`PORT must be a whole number from 1 to 65535, and it is "${text}".`);
  }
  return port;
}

/**
 * @param {import('node:http').RequestListener} listener
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>}
 */
function listen(listener, port, host) {
  return new Promise((resolve, reject) => {
    createServer(listener).once('error', reject).listen(port, host, resolve);
  });
}

/**
 * Serves a folder at http://localhost:PORT until the process ends, to this machine alone.
 * @param {string} folder
 * @param {number} port
 */
export async function serve(folder, port) {
  /** @type {import('node:http').RequestListener} */
  const listener = (request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    serveFile(folder, path, request, response).catch(() => response.destroy());
  };
  try {
    // "localhost" is either of the two, as the browser pleases.
    await listen(listener, port, '127.0.0.1');
    await listen(listener, port, '::1').catch((error) => {
      // A machine without IPv6 has only the first.
      if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error;
    });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const other = port < 65535 ? port + 1 : 8080;
    if (code === 'EADDRINUSE') {
      throw new Sentence(`Port ${port} is taken by another program: stop it, or choose another port: PORT=${other} npm start`);
    }
    if (code === 'EACCES') throw new Sentence(`Port ${port} may not be used by this user: choose one from 1024 on: PORT=8080 npm start`);
    throw error;
  }
}
