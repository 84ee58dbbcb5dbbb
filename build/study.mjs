// @ts-check
import path from 'node:path';
import { bundleScripts } from './bundleScripts.mjs';
import { runInForeground } from './run.mjs';
import { runMain } from './say.mjs';
import { root, setUpProgram } from './setup.mjs';

const folder = path.join(root, 'out/study');

await runMain(async () => {
  await setUpProgram();
  await bundleScripts(root, folder, {
    main: 'test/study/main.ts',
    studyWorker: 'test/study/studyWorker.ts',
  });
  const main = path.join(folder, 'main.js');
  return runInForeground(process.execPath, [main, ...process.argv.slice(2)], { cwd: root, detached: false });
});
