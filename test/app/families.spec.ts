import path from 'node:path';
import { exampleFile, expect, tableShape, test } from './program';

const votesFile = path.resolve(import.meta.dirname, '../reference/data/tables/housevotes84.csv');

test('iris with its species as a category is fitted by a mixed model, and the species are told apart', async ({
  program,
}) => {
  const { page } = program;
  await program.open(exampleFile('iris.csv'));
  await expect(tableShape(page)).toContainText('150 rows');
  await program.go('Model');
  await page.getByRole('checkbox', { name: 'Species' }).check();
  await expect(page.getByRole('radio', { name: 'Mixed types' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Gaussian mixture' })).toBeDisabled();
  await page.getByLabel('Number of clusters').fill('3');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();

  await program.go('Results');
  await expect(page.getByRole('heading', { level: 1, name: /K = 3/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Clusters and features' }).click();
  const profile = page.getByRole('region', { name: 'Profile of the clusters' });
  // Three clusters of fifty rows: each species is wholly in one of them.
  for (const species of ['setosa', 'versicolor', 'virginica']) {
    const row = profile.getByRole('row').filter({ hasText: species });
    await expect(row.getByRole('cell', { name: /^(100|99\.9) %/ })).toHaveCount(1);
    await expect(row.getByRole('cell', { name: /^(0|< 0\.1) %/ })).toHaveCount(2);
  }
  await expect(profile.getByRole('row').filter({ hasText: 'Petal.Length' })).toContainText('1.462');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByText('Probabilities', { exact: true }).click();
  await expect(page.getByRole('img', { name: /Probability of 3 answers and levels/ })).toBeVisible();
});

test('votes with missing cells are fitted as yes/no, and the missing votes are filled where they are seen', async ({
  program,
}) => {
  const { page } = program;
  await program.open(votesFile);
  await expect(tableShape(page)).toContainText('435 rows');
  await program.go('Model');
  // The votes are features from the beginning; what is named a class is not.
  await expect(page.getByText('16 of 17 columns')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Bernoulli mixture' })).toBeChecked();
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();

  // The reference is an independent program's: the likelihood of the votes that were given.
  await expect(page.getByText('-3104.698').first()).toBeVisible();
  await expect(page.getByRole('img', { name: /Probability of 16 answers/ })).toBeVisible();
  await program.go('Results');
  await expect(page.getByText(/392\s*filled by the model/)).toBeVisible();
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(
    page
      .getByRole('grid', { name: 'Rows with their cluster' })
      .getByText(/^≈ [yn] \(/)
      .first(),
  ).toBeVisible();
});

test('a cluster keeps the name it was given when more clusters are asked for', async ({ program }) => {
  const { page } = program;
  await program.open(exampleFile('iris.csv'));
  await program.go('Model');
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await program.go('Results');
  // Of two clusters the smaller one is the fifty rows of setosa, which stay together.
  await page.getByLabel('Name of cluster 2').fill('setosa');
  await page.keyboard.press('Enter');
  await program.go('Model');
  await page.getByLabel('Number of clusters').fill('3');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(page.getByText('-180.185').first()).toBeVisible();
  await program.go('Results');
  const clusters = page.getByRole('table', { name: 'Clusters' });
  const named = clusters
    .getByRole('row')
    .filter({ has: page.locator('input[aria-label="Name of cluster 2"]') });
  await expect(named.getByRole('textbox')).toHaveValue('setosa');
  await expect(named).toContainText('50');
});
