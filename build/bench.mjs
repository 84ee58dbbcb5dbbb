// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { compile } from './compileKernels.mjs';
import { runInForeground } from './run.mjs';
import { runMain } from './say.mjs';
import { root, setUpProgram } from './setup.mjs';

const folder = path.join(root, 'out/bench');

await runMain(async () => {
  await setUpProgram();
  await bundle();
  mkdirSync(folder, { recursive: true });
  const ceilings = await compile(root, 'test/bench/source/ceilings.ts', 'simd,threads');
  writeFileSync(path.join(folder, 'ceilings.wasm'), ceilings);
  const main = path.join(folder, process.argv.includes('--scaling') ? 'scaling.js' : 'main.js');
  return runInForeground(process.execPath, [main, ...process.argv.slice(2)], { cwd: root, detached: false });
});

/** Bundles the benchmark, which is TypeScript, for the Nodes that run it. */
async function bundle() {
  const { build } = await import('vite');
  /** @type {Record<string, string>} */
  const input = {};
  for (const name of ['main', 'ours', 'ceilings', 'scaling'])
    input[name] = path.join(root, `test/bench/${name}.ts`);
  for (const name of ['importOurs', 'importPapaParse']) {
    input[name] = path.join(root, `test/bench/imports/${name}.ts`);
  }
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      // The data, which takes long to make, stays.
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input,
        external: [/^node:/, ...builtinModules],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
}
