// The npm package's own faces: modules for bundlers, types, the elements' manifest; and the check that they fit together.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { inProject } from './paths.mjs';
import { run } from './run.mjs';
import { Sentence } from './say.mjs';

const OUT = 'dist/package';
const MANIFEST = `${OUT}/custom-elements.json`;

async function writeManifest() {
  const cem = inProject('node_modules', '@custom-elements-manifest', 'analyzer', 'cem.js');
  await run(process.execPath, [cem, 'analyze', '--config', 'scripts/lib/elements.config.mjs'], { cwd: inProject() });
  const manifest = JSON.parse(await readFile(inProject(MANIFEST), 'utf8'));
  for (const { declarations, path } of manifest.modules) {
    if (path !== 'www/lottery-ticket.js') throw new Error(`The elements' manifest is about ${path}.`);
    for (const declaration of declarations) {
      // Events are written down once, with their detail; the one place that fires them makes their names.
      declaration.events = declaration.events?.filter((/** @type {{name?: string}} */ { name }) => name);
      declaration.members = declaration.members?.filter((/** @type {{privacy?: string, name: string}} */ { privacy, name }) => privacy !== 'private' && !name.startsWith('_'));
    }
  }
  await writeFile(inProject(MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** @param {import('rolldown').Plugin[]} plugins */
export async function writePackage(plugins) {
  await rm(inProject(OUT), { recursive: true, force: true });
  await rm(inProject('dist/types'), { recursive: true, force: true });
  // Imported when needed: this module is loaded before the packages are installed.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: { index: inProject('www/embed/package.js'), define: inProject('www/embed/define.js') },
    // What npm provides stays an import.
    external: [/^lit($|\/)/, /^idb-keyval$/],
    plugins,
    logLevel: 'warn',
  });
  await bundle.write({ dir: inProject(OUT), format: 'es', chunkFileNames: '[name].js', comments: { legal: true } });
  await bundle.close();
  await run(process.execPath, [inProject('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'www/embed'], { cwd: inProject() });
  await writeManifest();
}

/** Whether what `npm pack` would send fits what package.json promises. */
export async function checkPackage() {
  const [{ publint }, { formatMessage }] = await Promise.all([import('publint'), import('publint/utils')]);
  const { messages, pkg } = await publint({ pkgDir: inProject(), pack: 'npm', strict: true });
  for (const message of messages) console.error(formatMessage(message, /** @type {any} */ (pkg)));
  if (messages.length > 0) throw new Sentence(`publint finds ${messages.length} faults in the package.`);
  const { modules } = JSON.parse(await readFile(inProject(MANIFEST), 'utf8'));
  const element = modules[0].declarations.find((/** @type {{tagName?: string}} */ { tagName }) => tagName === 'lottery-ticket');
  for (const [what, least] of Object.entries({ events: 7, attributes: 10, cssParts: 8, cssProperties: 10, slots: 1 })) {
    if (!(element?.[what]?.length >= least)) throw new Sentence(`${MANIFEST} tells of ${element?.[what]?.length ?? 0} ${what}; at least ${least} are documented in www/lottery-ticket.js.`);
  }
  console.log(`publint finds no fault; the manifest tells of ${element.members.length} members and ${element.events.length} events`);
}
