/**
 * The build for other people's pages, into dist/standalone/: one module that registers <lottery-ticket> and everything that it
 * fetches, beside it; and into dist/package/ the same element for bundlers.
 */
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writePackage } from './package.mjs';
import { inProject } from './paths.mjs';
import { step } from './say.mjs';
import { minifyChunks, squeezeOurTemplates } from './squeeze.mjs';
import { hashOf, unlessUnchanged } from './stamp.mjs';

const OUT = 'dist/standalone';
const WORKER = 'lottery-ticket:worker';

/** Imported when it is needed: this module is loaded before the packages are installed. */
const bundler = async () => (await import('rolldown')).rolldown;

/** What the page's own build has at these places, and what stands there on a page that is not ours. @type {Record<string, string>} */
const REPLACED = {
  'www/engine/create-worker.js': 'www/embed/create-worker.js',
  'www/engine/home.js': 'www/embed/home.js',
};

/** Languages that are fetched when a page is in them; English is always there. */
const LANGUAGES = ['de.js', 'fr.js', 'lab.de.js', 'lab.fr.js', 'said.de.js', 'said.fr.js'];

/** @param {string} path  absolute */
const inside = (path) => relative(inProject(), path).split(sep).join('/');

/** @param {string} workerSource @param {{languagesBeside: boolean}} options @returns {import('rolldown').Plugin} */
const forOthers = (workerSource, options) => ({
  name: 'for-other-pages',
  async resolveId(source, importer) {
    if (source === WORKER) return `\0${WORKER}`;
    if (!importer || !source.startsWith('.')) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    const language = options.languagesBeside && found && LANGUAGES.find((name) => inside(found.id) === `www/strings/${name}`);
    if (language) return { id: `./strings/${language}`, external: true };
    const other = found && REPLACED[inside(found.id)];
    return other ? inProject(other) : null;
  },
  load(id) {
    return id === `\0${WORKER}` ? `export default ${JSON.stringify(workerSource)};` : null;
  },
});

/** The glue would look for its wasm beside itself; here it is always handed in. @returns {import('rolldown').Plugin} */
const withoutAddress = () => ({
  name: 'without-address',
  transform(code, id) {
    if (!id.endsWith('lottery_ticket.js') || !id.includes(`${sep}pkg${sep}`)) return null;
    return code.replace("new URL('lottery_ticket_bg.wasm', import.meta.url)", 'undefined');
  },
});

/**
 * One module from an entry and all that it imports.
 * @param {string} entry  below the project's root
 * @param {import('rolldown').Plugin[]} plugins
 */
async function oneFile(entry, plugins) {
  const rolldown = await bundler();
  const bundle = await rolldown({
    input: inProject(entry),
    plugins: [squeezeOurTemplates(), ...plugins, minifyChunks()],
    resolve: { conditionNames: ['production', 'browser', 'import', 'default'] },
    logLevel: 'warn',
    checks: { pluginTimings: false },
  });
  const { output } = await bundle.generate({ format: 'es', minify: true, codeSplitting: false, comments: { legal: true } });
  await bundle.close();
  if (output.length !== 1) throw new Error(`${entry} became ${output.length} files where one was expected.`);
  return output[0].code;
}

/** @param {string} folder */
async function sizes(folder) {
  /** @type {Record<string, {bytes: number, gzip: number}>} */
  const found = {};
  for (const name of (await readdir(folder)).sort()) {
    if (!/\.(js|wasm)$/.test(name)) continue;
    const bytes = await readFile(join(folder, name));
    found[name] = { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  }
  const recorded = await readFile(join(folder, 'recorded', 'lesson.json'));
  found['recorded/lesson.json'] = { bytes: recorded.length, gzip: gzipSync(recorded, { level: 9 }).length };
  return found;
}

async function build() {
  const out = inProject(OUT);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const worker = await oneFile('www/engine/worker/portable.js', [withoutAddress()]);
  await writeFile(join(out, 'worker.js'), worker);
  await writeFile(join(out, 'lottery-ticket.js'), await oneFile('www/embed/define.js', [forOthers(worker, { languagesBeside: true })]));
  await mkdir(join(out, 'strings'));
  for (const name of LANGUAGES) await writeFile(join(out, 'strings', name), await oneFile(`www/strings/${name}`, []));
  await cp(inProject('www/engine/pkg/lottery_ticket_bg.wasm'), join(out, 'engine.wasm'));
  await cp(inProject('www/public/recorded'), join(out, 'recorded'), { recursive: true });
  // Once in a site: the page takes its images from here too (www/engine/home.js).
  await cp(inProject('www/public/data'), join(out, 'data'), { recursive: true });
  await rm(inProject('dist/data'), { recursive: true, force: true });
  await writePackage([forOthers(worker, { languagesBeside: false })]);
  // What a reader's browser fetches, for those who weigh an embed before they paste it.
  await writeFile(join(out, 'weights.json'), `${JSON.stringify(await sizes(out), null, 1)}\n`);
}

/** Needs the page to be built: that empties dist/. */
export async function buildStandalone() {
  await unlessUnchanged({
    name: 'standalone',
    hash: await hashOf(['www', 'scripts/lib/standalone.mjs', 'scripts/lib/squeeze.mjs', 'scripts/lib/package.mjs', 'package-lock.json']),
    outputs: [`${OUT}/lottery-ticket.js`, `${OUT}/engine.wasm`, `${OUT}/data/mnist/manifest.json`, 'dist/package/index.js', 'dist/package/figures.js', 'dist/package/custom-elements.json', 'dist/types/embed/package.d.ts'],
    work: () => step('Building the figures for other pages', '10 s', build),
  });
}
