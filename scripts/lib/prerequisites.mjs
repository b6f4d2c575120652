// What must be on the machine before anything else: Node and Rust.
import { readFileSync } from 'node:fs';
import { inProject } from './paths.mjs';
import { tryRun, which } from './run.mjs';
import { Sentence } from './say.mjs';

/** @param {string} version @param {string} least  both as "1.85.0" or "1.85" */
export function atLeast(version, least) {
  const have = version.split('.').map((part) => Number.parseInt(part, 10));
  const want = least.split('.').map((part) => Number.parseInt(part, 10));
  for (let i = 0; i < want.length; i += 1) {
    if ((have[i] ?? 0) !== want[i]) return (have[i] ?? 0) > want[i];
  }
  return true;
}

/** @param {string} version  Node's, as in `process.versions.node` */
export function checkNode(version) {
  const major = Number.parseInt(version, 10);
  const enough = major === 20 ? atLeast(version, '20.19') : atLeast(version, '22.12');
  if (enough) return;
  throw new Sentence(
    `Node 20.19 or newer (or 22.12 or newer) is needed, and this is ${version}: install a current one from https://nodejs.org/ or with your version manager.`,
  );
}

/** The oldest Rust that Cargo.toml allows. */
export function leastRust() {
  const found = /^rust-version\s*=\s*"([^"]+)"/m.exec(readFileSync(inProject('Cargo.toml'), 'utf8'));
  return found ? found[1] : '1.85';
}

async function checkRust() {
  for (const program of ['cargo', 'rustc']) {
    if (!which(program)) {
      throw new Sentence(
        `Rust is needed, and no ${program} is on PATH: install it from https://rustup.rs/, open a new terminal and try again.`,
      );
    }
  }
  const { ok, stdout, output } = await tryRun('rustc', ['--version'], { cwd: inProject() });
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (!ok || !version) throw new Sentence(`rustc does not run: ${output.trim().split('\n')[0]}`);
  if (!atLeast(version, leastRust())) {
    throw new Sentence(`Rust ${leastRust()} or newer is needed, and this is ${version}: run \`rustup update\`.`);
  }
}

export async function checkPrerequisites() {
  checkNode(process.versions.node);
  await checkRust();
}
