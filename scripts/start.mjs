// `npm start`: everything that is missing, the build, and the page at http://localhost:8080.
import { buildEngine } from './lib/engine.mjs';
import { buildPage } from './lib/page.mjs';
import { inProject } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { runMain, say } from './lib/say.mjs';
import { readPort, serve } from './lib/serve.mjs';

await runMain(async () => {
  const port = readPort(process.env.PORT);
  await buildEngine(await prepare());
  await buildPage();
  await serve(inProject('dist'), port);
  say(`The page is ready at http://localhost:${port}/ (Ctrl-C stops it)`);
});
