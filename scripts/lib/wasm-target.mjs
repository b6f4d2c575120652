// A Rust compiler with the wasm32-unknown-unknown target: the one at hand, or rustup's, or Debian's.
import { existsSync, readdirSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { installBeside } from './install-beside.mjs';
import { inCache, inProject } from './paths.mjs';
import { atLeast, leastRust } from './prerequisites.mjs';
import { run, tryRun, which } from './run.mjs';
import { Sentence, say, step } from './say.mjs';

const TARGET = 'wasm32-unknown-unknown';
const DEBIAN_PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src', 'lld'];

/** @param {string} sysroot */
function hasTarget(sysroot) {
  const lib = join(sysroot, 'lib', 'rustlib', TARGET, 'lib');
  return existsSync(lib) && readdirSync(lib).some((name) => /^libstd-.*\.rlib$/.test(name));
}

async function ownSysroot() {
  return (await run('rustc', ['--print', 'sysroot'], { cwd: inProject() })).stdout.trim();
}

/** Asks rustup for the target; true when it is there afterwards. */
async function askRustup() {
  if (!which('rustup')) return false;
  say(`Asking rustup for the target ${TARGET} (usually 10 s) …`);
  const { ok, output } = await tryRun('rustup', ['target', 'add', TARGET], { cwd: inProject(), timeout: 300_000 });
  if (ok && hasTarget(await ownSysroot())) return true;
  const reason = output.trim().split('\n').filter((line) => !line.startsWith('info:'))[0];
  say(`  rustup could not install it${reason ? ` (${reason.trim()})` : ''}.`);
  return false;
}

/** The version of Debian's compiler for browsers, when all of it is here: compiler, source and linker. */
async function debianVersion() {
  const { ok, stdout } = await tryRun('/usr/bin/rustc', ['--version']);
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  const complete =
    existsSync('/usr/bin/cargo') &&
    existsSync('/usr/lib/rustlib/src/rust/library/std/Cargo.toml') &&
    existsSync('/usr/bin/wasm-ld');
  return ok && complete && version && atLeast(version, leastRust()) ? version : null;
}

/**
 * A sysroot of the project's own: Debian's host libraries by link, and the standard library built for wasm.
 * Beside it, in bin/, a `rustc` that knows the sysroot and Debian's `cargo`: first on PATH, they are an ordinary toolchain.
 * @param {string} folder  where it is filled
 * @param {string} place  where it will be
 */
async function fillDebianToolchain(folder, place) {
  const build = join(folder, 'build');
  await mkdir(join(build, 'src'), { recursive: true });
  await writeFile(join(build, 'src', 'lib.rs'), '');
  await writeFile(
    join(build, 'Cargo.toml'),
    '[package]\nname = "nothing_but_std"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n',
  );
  const env = {
    ...process.env,
    RUSTC: '/usr/bin/rustc',
    RUSTC_BOOTSTRAP: '1',
    // Bitcode, so that the engine's link-time optimisation reaches into std.
    RUSTFLAGS: '-C embed-bitcode=yes',
    CARGO_TARGET_DIR: join(build, 'target'),
  };
  const args = ['build', '--release', '-Z', 'build-std=std,panic_abort,test', '--target', TARGET];
  await run('/usr/bin/cargo', args, { cwd: build, env });

  const built = join(build, 'target', TARGET, 'release', 'deps');
  const rustlib = join(folder, 'sysroot', 'lib', 'rustlib');
  const lib = join(rustlib, TARGET, 'lib');
  await mkdir(lib, { recursive: true });
  for (const name of await readdir(built)) {
    if (name.endsWith('.rlib') && !name.startsWith('libnothing_but_std')) {
      await copyFile(join(built, name), join(lib, name));
    }
  }
  for (const name of await readdir('/usr/lib/rustlib')) {
    if (name !== TARGET) await symlink(join('/usr/lib/rustlib', name), join(rustlib, name));
  }
  await mkdir(join(folder, 'bin'));
  const rustc = join(folder, 'bin', 'rustc');
  await writeFile(rustc, `#!/bin/sh\nexec /usr/bin/rustc --sysroot '${join(place, 'sysroot')}' "$@"\n`);
  await chmod(rustc, 0o755);
  await symlink('/usr/bin/cargo', join(folder, 'bin', 'cargo'));
  await rm(build, { recursive: true });
}

/** Debian's compiler with a wasm standard library, in the per-user cache. */
async function ensureDebianToolchain() {
  if (!(await debianVersion())) {
    await aptInstall(
      DEBIAN_PACKAGES,
      `Rust's target ${TARGET} is missing, and \`rustup target add ${TARGET}\` did not bring it`,
    );
  }
  const version = await debianVersion();
  if (!version) {
    throw new Sentence(
      `${DEBIAN_PACKAGES.join(', ')} are installed, but /usr/bin/rustc ${leastRust()} or newer, its source or wasm-ld is missing: run \`rustup target add ${TARGET}\` where there is a network.`,
    );
  }
  const place = inCache('toolchains', `debian-${version}`);
  if (!hasTarget(join(place, 'sysroot'))) {
    await step(`Building Rust's standard library for ${TARGET} once for this user`, '1 to 2 minutes', () =>
      installBeside(place, (folder) => fillDebianToolchain(folder, place)),
    );
  }
  return place;
}

/**
 * The environment in which plain `cargo` and `rustc` compile for wasm.
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function ensureWasmTarget() {
  if (hasTarget(await ownSysroot())) return { ...process.env };
  const fallback = await debianVersion();
  // Once Debian's was chosen it stays: asking rustup again at each start would cost seconds.
  const chosen = fallback && hasTarget(inCache('toolchains', `debian-${fallback}`, 'sysroot'));
  if (!chosen && (await askRustup())) return { ...process.env };
  const place = await ensureDebianToolchain();
  return {
    ...process.env,
    PATH: `${join(place, 'bin')}${delimiter}${process.env.PATH}`,
    RUSTC: join(place, 'bin', 'rustc'),
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: 'wasm-ld',
  };
}
