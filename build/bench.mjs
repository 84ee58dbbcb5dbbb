// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleScripts } from './bundleScripts.mjs';
import { compile } from './compileKernels.mjs';
import { runInForeground } from './run.mjs';
import { runMain } from './say.mjs';
import { root, setUpProgram } from './setup.mjs';

const folder = path.join(root, 'out/bench');

await runMain(async () => {
  await setUpProgram();
  // The data in the folder, which takes long to make, stays.
  await bundleScripts(root, folder, {
    ...Object.fromEntries(
      ['main', 'ours', 'ceilings', 'scaling'].map((name) => [name, `test/bench/${name}.ts`]),
    ),
    importOurs: 'test/bench/imports/importOurs.ts',
    importPapaParse: 'test/bench/imports/importPapaParse.ts',
    selectionOurs: 'test/bench/selection/selectionOurs.ts',
  });
  mkdirSync(folder, { recursive: true });
  const ceilings = await compile(root, 'test/bench/source/ceilings.ts', 'simd,threads');
  writeFileSync(path.join(folder, 'ceilings.wasm'), ceilings);
  const main = path.join(folder, process.argv.includes('--scaling') ? 'scaling.js' : 'main.js');
  return runInForeground(process.execPath, [main, ...process.argv.slice(2)], { cwd: root, detached: false });
});
