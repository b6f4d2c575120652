// What makes the built JavaScript small, for the page and for the standalone file alike.

/**
 * Minifiers leave the inside of templates standing: this drops the indentation of markup, and all that a style sheet can do without.
 * @param {string} code  a module of www/
 */
function squeezeTemplates(code) {
  return squeezeMarkup(code.replace(/\bcss`[^`]*`/g, squeezeStyles));
}

/** Without indentation, and without a line of its own for an attribute or for what ends an element. @param {string} text */
const squeezeMarkup = (text) => text.replace(/\n[ \t]+(?=[@?.]?[a-zA-Z-]+=["$])/g, ' ').replace(/\n[ \t]+(<\/)?/g, (_, closing) => closing ?? '\n');

/** @param {string} styles */
function squeezeStyles(styles) {
  return styles
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) /g, '$1')
    .replace(/ \{/g, '{')
    .replace(/: /g, ':')
    .replace(/;\}/g, '}');
}

/** @returns {import('rolldown').Plugin} */
export const squeezeOurTemplates = () => ({
  name: 'squeeze-templates',
  transform(code, id) {
    return /\/www\/(?!engine\/pkg\/)[^?]*\.js$/.test(id) ? { code: squeezeTemplates(code), map: null } : null;
  },
});

/** The same for the pages. @returns {import('vite').Plugin} */
export const squeezePages = () => ({ name: 'squeeze-pages', transformIndexHtml: squeezeMarkup });

/**
 * The last word on every chunk, workers' too, which Vite leaves alone. Terser makes them about a hundredth smaller than the bundler
 * does; licences stay.
 * @returns {import('rolldown').Plugin}
 */
export const minifyChunks = () => ({
  name: 'minify-chunks',
  renderChunk: async (code) => ({ code: await minified(code), map: null }),
});

/** @param {string} code */
export async function minified(code) {
  // Imported when needed: the scripts are loaded before the packages are installed.
  const { minify } = await import('terser');
  // Statements of their own and no inlining: gzip finds more of it again.
  const compress = { passes: 3, unsafe_arrows: true, sequences: false, inline: 1 };
  const { code: small } = await minify(code, { module: true, ecma: 2020, compress });
  return small ?? code;
}
