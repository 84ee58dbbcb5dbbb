import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { resultFile } from '../../shared/resultFile';
import { builtScript } from '../support/builtScripts';
import { exampleFile, expect, tableShape, test } from './program';

test('the command line repeats a fit of the window bit for bit', async ({ program }) => {
  const { page, folder } = program;
  await program.open(exampleFile('iris.csv'));
  await expect(tableShape(page)).toContainText('150 rows');
  await program.go('Model');
  await page.getByRole('radio', { name: /Gaussian mixture/ }).click();
  await page.getByLabel('Number of clusters').fill('3');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(page.getByText('-180.185').first()).toBeVisible();
  await program.go('Export');
  const saved = await program.chooseToSave('model.json');
  await page.getByRole('main').getByRole('button', { name: /Model/ }).click();
  await expect(page.getByRole('main').getByText(/written to model\.json/)).toBeVisible();
  const inWindow = resultFile.parse(JSON.parse(readFileSync(saved, 'utf8')));

  const { data, model, start, run } = inWindow;
  const job = {
    data: { file: exampleFile('iris.csv'), features: data.features, scaling: 'standardise' },
    model,
    start,
    run,
  };
  writeFileSync(path.join(folder, 'job.json'), JSON.stringify(job));
  const printed = execFileSync(process.execPath, [
    fileURLToPath(builtScript('cli.js')),
    'fit',
    path.join(folder, 'job.json'),
    '--quiet',
  ]);
  const onCommandLine = resultFile.parse(JSON.parse(printed.toString()));
  expect(onCommandLine.versions.runtime).not.toBe(inWindow.versions.runtime);
  expect(onCommandLine.parameters).toEqual(inWindow.parameters);
  expect(onCommandLine.objective).toEqual(inWindow.objective);
  expect(onCommandLine.criteria).toEqual(inWindow.criteria);
  expect(onCommandLine.clusters).toEqual(inWindow.clusters);
  expect(onCommandLine.restarts).toEqual(inWindow.restarts);
});

test('the installed command ends, and writes the same pictures as the command line', async ({ program }) => {
  const { folder } = program;
  const given = ['quantise', exampleFile('chelsea.png'), '--colours', '10', '--quiet', '--out'];
  const electron = [
    ...(process.getuid?.() === 0 || process.env['MIXTURA_NO_SANDBOX'] !== undefined ? ['--no-sandbox'] : []),
    `--user-data-dir=${path.join(folder, 'another profile')}`,
    '--log-level=3',
    path.resolve(import.meta.dirname, '../..'),
  ];
  const installed = execFileSync(
    program.app.process().spawnfile,
    [...electron, ...given, path.join(folder, 'installed')],
    { timeout: 60_000 },
  );
  const node = execFileSync(process.execPath, [
    fileURLToPath(builtScript('cli.js')),
    ...given,
    path.join(folder, 'node'),
  ]);
  expect(installed.toString()).toContain('1 picture written, 0 failed');
  const told = installed.toString().replace(path.join(folder, 'installed'), path.join(folder, 'node'));
  expect(told).toBe(node.toString());
  const [one, other] = ['installed', 'node'].map((own) => path.join(folder, own, 'chelsea.png'));
  expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
});
