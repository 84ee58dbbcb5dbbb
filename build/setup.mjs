// @ts-check
import path from 'node:path';
import { ensureBuilt } from './buildOutput.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { lacksDisplay } from './display.mjs';
import { findElectron } from './electronRuntime.mjs';
import { SetupError } from './say.mjs';
import { ensureSystemLibraries } from './systemLibraries.mjs';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '..');

/** What the program needs to run without a window: packages and a build. */
export async function setUpProgram() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new SetupError(`this is Node ${process.versions.node}; install Node 20.19 or later.`);
  await ensureDependencies(root);
  await ensureBuilt(root);
}

/**
 * What the program needs to open a window, besides.
 * @returns {Promise<import('./electronRuntime.mjs').ElectronRuntime>}
 */
export async function setUpWindow() {
  const runtime = await findElectron(root);
  await ensureSystemLibraries(runtime.executable, lacksDisplay());
  return runtime;
}
