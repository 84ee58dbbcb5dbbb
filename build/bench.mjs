// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleScripts } from './bundleScripts.mjs';
import { compile } from './compileKernels.mjs';
import { openDisplay } from './display.mjs';
import { describeRuntime } from './electronRuntime.mjs';
import { runInForeground } from './run.mjs';
import { runMain, say, SetupError } from './say.mjs';
import { root, setUpProgram, setUpWindow } from './setup.mjs';
import { systemSwitches } from './systemSwitches.mjs';

const folder = path.join(root, 'out/bench');

const inUtilityProcess = '--utility-process';
const scaling = '--scaling';
const args = process.argv.slice(2);

await runMain(async () => {
  if (args.includes(scaling) && args.includes(inUtilityProcess))
    throw new SetupError(`${scaling} runs under Node only; leave out ${inUtilityProcess}.`);
  await setUpProgram();
  // The data in the folder, which takes long to make, stays.
  await bundleScripts(root, folder, {
    ...Object.fromEntries(
      ['main', 'ours', 'ceilings', 'scaling', 'inUtilityProcess'].map((name) => [
        name,
        `test/bench/${name}.ts`,
      ]),
    ),
    importOurs: 'test/bench/imports/importOurs.ts',
    importPapaParse: 'test/bench/imports/importPapaParse.ts',
    selectionOurs: 'test/bench/selection/selectionOurs.ts',
    quantiseOurs: 'test/bench/images/quantiseOurs.ts',
  });
  mkdirSync(folder, { recursive: true });
  const ceilings = await compile(root, 'test/bench/source/ceilings.ts', 'simd,threads');
  writeFileSync(path.join(folder, 'ceilings.wasm'), ceilings);
  if (args.includes(scaling)) return runScript('scaling.js', args);
  return args.includes(inUtilityProcess) ? runInElectron() : runScript('main.js', args);
});

/** Has our side run in Electron's utility process, as in the program. */
async function runInElectron() {
  const runtime = await setUpWindow();
  say(`ours runs in the utility process of ${describeRuntime(runtime)}`);
  const profile = `--user-data-dir=${path.join(folder, 'profile')}`;
  const host = path.join(folder, 'inUtilityProcess.js');
  const ours = [runtime.executable, ...(await systemSwitches(runtime)), profile, host];
  const display = await openDisplay();
  const rest = args.filter((arg) => arg !== inUtilityProcess);
  try {
    return await runScript('main.js', [`--ours=${JSON.stringify(ours)}`, ...rest], display.environment);
  } finally {
    await display.close();
  }
}

/**
 * @param {string} script  in the bench's folder
 * @param {readonly string[]} given
 * @param {Record<string, string>} [environment]
 */
function runScript(script, given, environment = {}) {
  const env = { ...process.env, ...environment };
  const command = [path.join(folder, script), ...given];
  return runInForeground(process.execPath, command, { cwd: root, detached: false, env });
}
