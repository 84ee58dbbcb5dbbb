// @ts-check
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say, SetupError } from './say.mjs';
import { stampOf } from './stamp.mjs';

const entry = 'electron/kernels/source/index.ts';

/** What the compiled kernels depend on. */
const sources = ['electron/kernels/source', 'build/compileKernels.mjs', 'package-lock.json'];

/**
 * Two builds of the same sources. Relaxed instructions may round differently from machine to machine, so the
 * sources use them only where no result depends on it (`ASC_FEATURE_RELAXED_SIMD` tells the builds apart).
 */
const builds = { simd: 'simd,threads', relaxedSimd: 'simd,threads,relaxed-simd' };

/**
 * Compiles the AssemblyScript kernels into out/kernels unless they were compiled from just these sources.
 * @param {string} root  the project's folder
 * @returns {Promise<string>} the folder of simd.wasm and relaxedSimd.wasm
 */
export async function ensureKernels(root) {
  const folder = path.join(root, 'out/kernels');
  const stampFile = path.join(folder, 'sources.sha256');
  const stamp = stampOf(root, sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return folder;
  say('compiling the kernels');
  mkdirSync(folder, { recursive: true });
  for (const [name, features] of Object.entries(builds))
    replaceFile(path.join(folder, `${name}.wasm`), await compile(root, entry, features));
  replaceFile(stampFile, stamp);
  return folder;
}

/**
 * Compiles AssemblyScript that works on an imported shared memory.
 * @param {string} root  the project's folder
 * @param {string} source  the file whose exports are wanted, under root
 * @param {string} features  of WebAssembly, comma-separated
 * @returns {Promise<Uint8Array>} the binary
 */
export async function compile(root, source, features) {
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | undefined} */
  let binary;
  const messages = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      source,
      ...['--outFile', 'kernels.wasm', '--baseDir', root, '--runtime', 'stub', '-O3', '--noAssert'],
      ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
      // Nothing in a kernel can fail, so nothing is imported but the memory.
      ...['--use', 'abort=', ...features.split(',').flatMap((feature) => ['--enable', feature])],
    ],
    {
      stdout: messages,
      stderr: messages,
      // Only the sources, the standard library and the configuration are read; only the binary is written.
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm' && typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary) throw new SetupError(`the kernels do not compile:\n${messages.toString()}`);
  return binary;
}

/**
 * Puts a file in place whole, whoever else is compiling at this moment.
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
function replaceFile(file, contents) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, contents);
  renameSync(fresh, file);
}
