import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Lists the page's files in offline.json, for `offline.js`, which keeps them for reading without a network.
 * @returns {import('vite').Plugin}
 */
function listForOffline() {
  return {
    name: 'list-for-offline',
    enforce: 'post',
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const files = [...built, 'icon.svg', 'recorded/lesson.json'].sort();
      this.emitFile({ type: 'asset', fileName: 'offline.json', source: JSON.stringify(files) });
    },
  };
}

/**
 * Drops indentation, which minifiers leave standing inside the templates of markup and styles.
 * @returns {import('vite').Plugin}
 */
function dropIndentation() {
  return {
    name: 'drop-indentation',
    transform(code, id) {
      if (!/\/www\/(?!engine\/pkg\/)[^?]*\.js$/.test(id)) return null;
      return { code: code.replace(/\n[ \t]+/g, '\n'), map: null };
    },
  };
}

export default defineConfig({
  root: 'www',
  // Relative addresses: the built site works below any path.
  base: './',
  publicDir: 'public',
  worker: { format: 'es' },
  plugins: [dropIndentation(), listForOffline()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Wasm and data stay files of their own; nothing is inlined as a data: address, which a strict policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'embed.html'].map((name) => fileURLToPath(new URL(`www/${name}`, import.meta.url))) },
  },
});
