// The static site in dist/, by Vite.
import { inProject } from './paths.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';
import { buildStandalone } from './standalone.mjs';
import { hashOf, unlessUnchanged } from './stamp.mjs';

export async function buildPage() {
  const vite = inProject('node_modules', 'vite', 'bin', 'vite.js');
  await unlessUnchanged({
    name: 'page',
    hash: await hashOf(['www', 'vite.config.js', 'scripts/lib/squeeze.mjs', 'package.json', 'package-lock.json']),
    outputs: ['dist/index.html'],
    work: () =>
      step('Building the page', '5 s', () =>
        run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: inProject() }),
      ),
  });
  await buildStandalone();
}
