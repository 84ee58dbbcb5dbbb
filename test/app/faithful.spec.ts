import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { resultFile } from '../../shared/resultFile';
import { expect, exampleFile, tableShape, test } from './program';

test('Old Faithful from the file to the exported clusters', async ({ program }) => {
  const { page } = program;
  await program.open(exampleFile('faithful.csv'));
  await expect(tableShape(page)).toContainText('272 rows');
  await expect(page.getByRole('grid').getByText('3.6', { exact: true }).first()).toBeVisible();

  await program.go('Model');
  await page.getByRole('radio', { name: /Gaussian mixture/ }).click();
  await page.getByRole('radio', { name: /VVV/ }).click();
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();

  await expect(page.getByText('-1130.264').first()).toBeVisible();
  await program.go('Results');
  await expect(page.getByText('-1130.264').first()).toBeVisible();
  await expect(page.getByText('272').first()).toBeVisible();
  await page.getByLabel('Name of cluster 1').fill('long wait');

  await program.go('Export');
  const rowsFile = await program.chooseToSave('clusters.csv');
  await page.getByRole('button', { name: /Rows with clusters/ }).click();
  await expect(page.getByText(/272 rows/).last()).toBeVisible();
  await expect(page.getByRole('main').getByText(/written to clusters\.csv/)).toBeVisible();
  const modelFile = await program.chooseToSave('model.json');
  await page.getByRole('main').getByRole('button', { name: /Model/ }).click();
  await expect(page.getByRole('main').getByText(/written to model\.json/)).toBeVisible();

  const parse = (file: string): Record<string, string>[] =>
    Papa.parse<Record<string, string>>(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    }).data;
  const original = parse(exampleFile('faithful.csv'));
  const exported = parse(rowsFile);
  expect(exported.map(({ eruptions, waiting }) => ({ eruptions, waiting }))).toEqual(original);

  const model = resultFile.parse(JSON.parse(readFileSync(modelFile, 'utf8')));
  expect(model.criteria.logLikelihood).toBeCloseTo(-1130.2639601847, 4);
  expect(model.clusters.map(({ name }) => name)).toEqual(['long wait', 'Cluster 2']);
  expect(model.clusters.map(({ rows }) => rows)).toEqual([175, 97]);
  for (const [cluster, rows] of [
    ['1', 175],
    ['2', 97],
  ] as const)
    expect(exported.filter((row) => row['cluster'] === cluster)).toHaveLength(rows);
  expect(exported[0]).toMatchObject({ cluster: '1', cluster_name: 'long wait' });
  for (const row of exported) {
    const sum = Number(row['probability_1']) + Number(row['probability_2']);
    expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
    expect(Number(row['cluster_probability'])).toBe(Number(row[`probability_${row['cluster']}`]));
  }
});
