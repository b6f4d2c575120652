// The examples as they are meant: a blog on one port, the built site on another. `node examples/serve.mjs`, after `npm run build`.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { serveFile } from '../scripts/lib/serve.mjs';

/** @param {string} folder @param {Record<string, string>} headers */
const server = (folder, headers = {}) =>
  createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = (request.url ?? '/').split('?')[0];
    serveFile(fileURLToPath(new URL(folder, import.meta.url)), path, request, response).catch(() => response.destroy());
  });

// What another origin's page loads as a module or fetches has to be given away.
server('../dist', { 'access-control-allow-origin': '*' }).listen(8090, 'localhost');
server('.').listen(8091, 'localhost');
console.log('http://localhost:8091/plain/  the element in a page with a strict policy\nhttp://localhost:8091/iframe/  the frame\n(the site itself: http://localhost:8090/; Ctrl-C stops both)');
