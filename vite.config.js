import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { minified, minifyChunks, squeezeOurTemplates, squeezePages } from './scripts/lib/squeeze.mjs';

/**
 * The two scripts of the page that cannot be modules, which Vite would bundle: `before.js` runs before anything is drawn; `offline.js`
 * keeps the page's files, told by name, for reading and running without a network.
 * @returns {import('vite').Plugin}
 */
function addScripts() {
  const script = (/** @type {string} */ name) => minified(readFileSync(new URL(`www/${name}`, import.meta.url), 'utf8'));
  return {
    name: 'add-scripts',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const files = [...built, 'before.js', 'icon.svg', 'recorded/lesson.json', 'standalone/data/mnist/manifest.json'].sort();
      this.emitFile({ type: 'asset', fileName: 'before.js', source: await script('before.js') });
      this.emitFile({ type: 'asset', fileName: 'offline.js', source: `const FILES = ${JSON.stringify(files)};\n${await script('offline.js')}` });
    },
  };
}

/**
 * Vite wraps every import() in a helper that preloads what the part needs. There is nothing left to preload here.
 * @returns {import('vite').Plugin}
 */
function importPlainly() {
  return {
    name: 'import-plainly',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  };
}

export default defineConfig({
  root: 'www',
  // Relative addresses: the built site works below any path.
  base: './',
  publicDir: 'public',
  worker: { format: 'es', plugins: () => [squeezeOurTemplates(), minifyChunks()] },
  plugins: [squeezeOurTemplates(), importPlainly(), minifyChunks(), squeezePages(), addScripts()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Only what the page itself needs is named in advance; every browser that runs this page heeds that by itself.
    modulePreload: { polyfill: false, resolveDependencies: (_, found, { hostType }) => (hostType === 'html' ? found : []) },
    // Wasm and data stay files of their own; nothing is inlined as a data: address, which a strict policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: ['index.html', 'embed.html'].map((name) => fileURLToPath(new URL(`www/${name}`, import.meta.url))),
      output: {
        // Names tell the builds of a page apart, not all files of the world.
        chunkFileNames: 'assets/[name]-[hash:6].js',
        entryFileNames: 'assets/[name]-[hash:6].js',
        assetFileNames: 'assets/[name]-[hash:6][extname]',
        // Few parts: gzip finds again what stands in the same file only.
        codeSplitting: {
          groups: [
            { name: 'pictures', test: /\/node_modules\/|vite\/preload-helper|rolldown\/runtime|\/www\/(figures\/(?!index|rounds)|strings\/(index|en)|lesson\/recorded)/, priority: 3 },
            { name: 'engine', test: /\/www\/engine\//, priority: 2 },
            { name: 'laboratory', test: /\/www\/(define|lottery-ticket|embed\/(?!frame|messages)|lab\/(?!mount)|figures\/(index|rounds)|strings\/lab(\.en)?\.js)/, priority: 1 },
          ],
        },
      },
    },
  },
});
