// `npm run setup`: everything that is missing, and nothing else.
import { prepare } from './lib/prepare.mjs';
import { runMain, say } from './lib/say.mjs';

await runMain(async () => {
  await prepare();
  say('Everything is in place.');
});
