import { defineConfig } from 'vite';

export default defineConfig({
  root: 'www',
  // Relative addresses: the built site works below any path.
  base: './',
  publicDir: 'public',
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Wasm and data stay files of their own; nothing is inlined as a data: address, which a strict policy refuses.
    assetsInlineLimit: 0,
  },
});
