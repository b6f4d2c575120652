// Debian packages: installed when we are root on a machine with apt, otherwise the command is named.
import { run, tryRun, which } from './run.mjs';
import { Sentence, say } from './say.mjs';

/** Whether Debian packages can be installed from here. */
const canInstall = () => which('apt-get') !== null && process.getuid?.() === 0;

/** @param {string[]} packages */
const aptCommand = (packages) => `apt-get install --no-install-recommends ${packages.join(' ')}`;

/** @param {string} name */
async function isKnown(name) {
  const { ok, stdout } = await tryRun('apt-cache', ['policy', name]);
  return ok && /Candidate: (?!\(none\))/.test(stdout);
}

/**
 * @param {string[]} packages
 * @param {string} what  the sentence's beginning when it cannot be done: "Chromium is missing"
 */
export async function aptInstall(packages, what) {
  if (!canInstall()) {
    throw new Sentence(`${what}. On Debian or Ubuntu: sudo ${aptCommand(packages)}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => tryRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  say(`${what}: installing ${packages.join(', ')} with apt-get …`);
  const known = (await Promise.all(packages.map(isKnown))).every(Boolean);
  if (known && (await install()).ok) return;
  // The package lists are missing or name versions that the mirror no longer has.
  await run('apt-get', ['update', '-q'], { env });
  const outcome = await install();
  if (!outcome.ok) {
    const tail = outcome.output.trimEnd().split('\n').slice(-5).join('\n');
    throw new Sentence(`${what}, and this failed: ${aptCommand(packages)}\n${tail}`);
  }
}
