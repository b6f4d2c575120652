// The bench's page, with the peers of bench/node_modules and the engine of bench/pkg.
import { fileURLToPath } from 'node:url';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  root: at('page'),
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  build: { outDir: at('dist'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
};
