// What the bench's page is served from: its build, the whole IDX files, and the order of the images.
import { createServer } from 'node:http';
import { inProject } from '../../scripts/lib/paths.mjs';
import { serveFile } from '../../scripts/lib/serve.mjs';

/**
 * @param {Buffer} order  indices into the training file as little-endian u32, batch after batch
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serveBench(order) {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/data/order') {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(order);
      return;
    }
    const [folder, rest] = path.startsWith('/data/')
      ? [inProject('data', 'mnist'), path.slice('/data'.length)]
      : [inProject('bench', 'dist'), path];
    serveFile(folder, rest, request, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({ url: `http://localhost:${port}/`, close: () => server.close() });
    });
  });
}
