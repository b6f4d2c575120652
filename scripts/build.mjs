// `npm run build`: the static site in dist/.
import { buildEngine } from './lib/engine.mjs';
import { buildPage } from './lib/page.mjs';
import { prepare } from './lib/prepare.mjs';
import { runMain, say } from './lib/say.mjs';

await runMain(async () => {
  await buildEngine(await prepare());
  await buildPage();
  say('The site is in dist/: copy it below any path of any static host.');
});
