import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeBigTable } from '../support/bigTable';
import { expect, tableShape, test } from './program';

test('the engine killed in the middle of a fit is noticed, said and replaced, and the table is still there', async ({
  program,
}) => {
  const { page } = program;
  const file = path.join(program.folder, 'big.csv');
  writeBigTable(file, 200_000, 7);
  await program.open(file);
  await expect(tableShape(page)).toContainText('200,000 rows');

  await program.go('Model');
  await page.getByRole('radio', { name: /Gaussian mixture/ }).click();
  await page.getByRole('radio', { name: /VVV/ }).click();
  await page.getByLabel('Number of clusters').fill('12');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(page.getByRole('button', { name: /Cancel/ }).first()).toBeVisible();
  await program.killEngine();

  await expect(page.getByText(/engine stopped/i).first()).toBeVisible();
  await program.go('Data');
  await expect(tableShape(page)).toContainText('200,000 rows');
  const [, firstValue = ''] = (readFileSync(file, 'utf8').split('\n')[1] ?? '').split(',');
  await expect(page.getByRole('grid').getByText(firstValue, { exact: true })).toBeVisible();

  await program.go('Model');
  await page.getByRole('radio', { name: /k-means/i }).click();
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await program.go('Results');
  await expect(page.getByText(/2 clusters/).first()).toBeVisible({ timeout: 60_000 });
});

test('a fit cancelled in the middle keeps the best so far', async ({ program }) => {
  const { page } = program;
  const file = path.join(program.folder, 'big.csv');
  writeBigTable(file, 100_000, 7);
  await program.open(file);
  await expect(tableShape(page)).toContainText('100,000 rows');
  await program.go('Model');
  await page.getByRole('radio', { name: /Gaussian mixture/ }).click();
  await page.getByLabel('Number of clusters').fill('8');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(page.getByText(/best at iteration/i).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/cancelled/i).first()).toBeVisible();
  await program.go('Results');
  await expect(page.getByLabel('Name of cluster 8')).toBeVisible();
});
