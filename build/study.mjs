// @ts-check
import path from 'node:path';
import { bundleScripts } from './bundleScripts.mjs';
import { run, runInForeground } from './run.mjs';
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
  const code = await runInForeground(process.execPath, [main, ...process.argv.slice(2)], {
    cwd: root,
    detached: false,
  });
  if (code !== 0) return code;
  const prettier = path.join(root, 'node_modules/prettier/bin/prettier.cjs');
  const written = ['docs/selection-study.md', 'docs/selection-study.json'];
  return run(process.execPath, [prettier, '--log-level=warn', '--write', ...written], { cwd: root });
});
