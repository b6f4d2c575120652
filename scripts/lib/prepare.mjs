// The whole set-up, in the order of what is cheapest to miss.
import { mkdir } from 'node:fs/promises';
import { ensureData } from '../data.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { inCache } from './paths.mjs';
import { checkPrerequisites } from './prerequisites.mjs';
import { ensureWasmTools } from './wasm-tools.mjs';

/** @returns the environment that compiles to wasm */
export async function prepare() {
  await checkPrerequisites();
  await mkdir(inCache(), { recursive: true });
  await ensureNpmPackages();
  await ensureData();
  return ensureWasmTools();
}
