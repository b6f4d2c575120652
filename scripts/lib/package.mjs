// The npm package's own faces: modules for bundlers, types, the elements' manifest; and the check that they fit together.
import { appendFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from './paths.mjs';
import { run, tryRun } from './run.mjs';
import { Sentence } from './say.mjs';

const OUT = 'dist/package';
const TYPES = 'dist/types';
const MANIFEST = `${OUT}/custom-elements.json`;
const TSC = inProject('node_modules', 'typescript', 'bin', 'tsc');

/** The declarations, from the JSDoc, with what JavaScript cannot declare: the tag's name and what its events carry. */
async function writeTypes() {
  await rm(inProject(TYPES), { recursive: true, force: true });
  await run(process.execPath, [TSC, '-p', 'www/embed'], { cwd: inProject() });
  for (const name of await readdir(inProject(TYPES), { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(inProject(TYPES), name);
    const text = await readFile(file, 'utf8');
    // The compiler leaves a private field that a constructor makes without its type, and without saying that it is private.
    await writeFile(file, text.replace(/^( +)(\w+);$/gm, '$1private $2;'));
  }
  const element = inProject(TYPES, 'lottery-ticket.d.ts');
  const events = [...(await readFile(element, 'utf8')).matchAll(/^ \* @fires \{(.+)\} (lt-\w+)/gm)].map(([, type, name]) => `'${name}': ${type};`);
  await appendFile(element, declareGlobal('GlobalEventHandlersEventMap', events));
  await appendFile(inProject(TYPES, 'embed', 'define.d.ts'), declareGlobal('HTMLElementTagNameMap', ["'lottery-ticket': import('../lottery-ticket.js').LotteryTicket;"]));
}

/** @param {string} name @param {string[]} members */
const declareGlobal = (name, members) => `declare global {\n    interface ${name} {\n${members.map((member) => `        ${member}\n`).join('')}    }\n}\n`;

async function writeManifest() {
  const cem = inProject('node_modules', '@custom-elements-manifest', 'analyzer', 'cem.js');
  await run(process.execPath, [cem, 'analyze', '--config', 'scripts/lib/elements.config.mjs'], { cwd: inProject() });
  const manifest = JSON.parse(await readFile(inProject(MANIFEST), 'utf8'));
  const [{ declarations, path }, ...others] = manifest.modules;
  if (path !== 'www/lottery-ticket.js' || others.length > 0) throw new Error(`The elements' manifest is about ${path} and ${others.length} others.`);
  for (const declaration of declarations) {
    // Events are written down once, with their detail; the one place that fires them makes their names.
    declaration.events = declaration.events?.filter((/** @type {{name?: string}} */ { name }) => name);
    declaration.members = declaration.members?.filter((/** @type {{privacy?: string, name: string}} */ { privacy, name }) => privacy !== 'private' && !name.startsWith('_'));
  }
  // Of the files that are in the package: one gives the class, the other registers it.
  const [index, define] = [`${OUT}/index.js`, `${OUT}/define.js`];
  const given = (/** @type {string} */ name) => ({ kind: 'js', name, declaration: { name, module: index } });
  manifest.modules = [
    { kind: 'javascript-module', path: index, declarations, exports: declarations.map((/** @type {{name: string}} */ { name }) => given(name)) },
    {
      kind: 'javascript-module',
      path: define,
      declarations: [],
      exports: [given('LotteryTicket'), { kind: 'custom-element-definition', name: 'lottery-ticket', declaration: { name: 'LotteryTicket', module: index } }],
    },
  ];
  await writeFile(inProject(MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** @param {import('rolldown').Plugin[]} plugins */
export async function writePackage(plugins) {
  await rm(inProject(OUT), { recursive: true, force: true });
  // Imported when needed: this module is loaded before the packages are installed.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: { index: inProject('www/embed/package.js'), define: inProject('www/embed/define.js'), figures: inProject('www/figures/index.js') },
    // What npm provides stays an import.
    external: [/^lit($|\/)/, /^idb-keyval$/],
    // Else what registers the figures lies in a file of its own behind figures.js, which package.json does not name (`sideEffects`).
    preserveEntrySignatures: 'allow-extension',
    plugins,
    logLevel: 'warn',
  });
  await bundle.write({ dir: inProject(OUT), format: 'es', chunkFileNames: '[name].js', comments: { legal: true } });
  await bundle.close();
  await writeTypes();
  await writeManifest();
}

/** Whether what `npm pack` would send fits what package.json promises. */
export async function checkPackage() {
  const [{ publint }, { formatMessage }] = await Promise.all([import('publint'), import('publint/utils')]);
  const { messages, pkg } = await publint({ pkgDir: inProject(), pack: 'npm', strict: true });
  for (const message of messages) console.error(formatMessage(message, /** @type {any} */ (pkg)));
  if (messages.length > 0) throw new Sentence(`publint finds ${messages.length} faults in the package.`);
  if (!(await tryRun(process.execPath, [TSC, '-p', 'tests/consumer', '--pretty', 'false'], { cwd: inProject(), show: true })).ok) {
    throw new Sentence('The declarations do not serve tests/consumer/consumer.ts.');
  }
  const { modules } = JSON.parse(await readFile(inProject(MANIFEST), 'utf8'));
  for (const { path, exports } of modules) {
    const [, names = ''] = (await readFile(inProject(path), 'utf8')).match(/^export \{(.*)\}.*;$/m) ?? [];
    const missing = exports.filter((/** @type {{kind: string, name: string}} */ { kind, name }) => kind === 'js' && !new RegExp(`\\b${name}\\b`).test(names));
    if (missing.length > 0) throw new Sentence(`${MANIFEST} says that ${path} exports ${missing[0].name}.`);
  }
  const element = modules[0].declarations.find((/** @type {{tagName?: string}} */ { tagName }) => tagName === 'lottery-ticket');
  for (const [what, least] of Object.entries({ events: 7, attributes: 10, cssParts: 8, cssProperties: 10, slots: 1 })) {
    if (!(element?.[what]?.length >= least)) throw new Sentence(`${MANIFEST} tells of ${element?.[what]?.length ?? 0} ${what}; at least ${least} are documented in www/lottery-ticket.js.`);
  }
  console.log(`publint finds no fault; the manifest tells of ${element.members.length} members and ${element.events.length} events`);
}
