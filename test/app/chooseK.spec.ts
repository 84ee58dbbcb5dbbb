import { expect, test } from './program';

test('iris: the chart fills, a verdict appears, and the point at K = 3 opens with three clusters', async ({
  program,
}) => {
  const { page } = program;
  await program.openExample('Iris');
  await program.go('Choose K');
  await expect(page.getByText('How many clusters are there')).toBeVisible();

  // The default grid made small: one model, few starts and folds.
  await page.getByLabel('to', { exact: true }).fill('4');
  for (const model of ['Spherical (VII)', 'Diagonal (VVI)', 'Tied (EEE)'])
    await page.getByRole('checkbox', { name: model }).uncheck();
  await page.getByLabel('Folds', { exact: true }).fill('5');
  await page.locator('summary', { hasText: 'Starts' }).click();
  await page.getByLabel('Starts', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();

  await expect(page.getByRole('heading', { level: 1, name: /cluster/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /Held-out log-likelihood .* 4 points/ })).toBeVisible();
  // The maximum of iris with full covariances and two clusters, in the units of the file.
  await expect(page.getByText('574.018').first()).toBeVisible();

  const chart = page.getByRole('img', { name: /Held-out log-likelihood/ });
  await chart.focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('status').filter({ hasText: 'K = 3, VVV' })).toHaveCount(1);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('region', { name: 'Results', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: /full covariance \(VVV\), K = 3/ })).toBeVisible();
  await expect(page.getByLabel('Name of cluster 3')).toBeVisible();
  await page.getByLabel('Name of cluster 1').fill('first');
  await page.getByLabel('Name of cluster 1').blur();

  // Back to the room, where everything is still there; another K keeps the name of a cluster it finds again.
  await program.go('Choose K');
  await page.getByRole('button', { name: 'K = 2, VVV' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /K = 2/ })).toBeVisible();
  await expect(page.getByLabel(/Name of cluster/)).toHaveCount(2);
});

test('a comparison that is stopped keeps what is finished, and the next one takes it over', async ({
  program,
}) => {
  const { page } = program;
  await program.openExample('Iris');
  await program.go('Choose K');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('row', { name: /^K = 1, VVV/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('cancelled before it was complete')).toBeVisible();
  await expect(page.getByRole('row', { name: /^K = 1, VVV/ })).toBeVisible();

  await page.getByLabel('to', { exact: true }).fill('2');
  await page.getByLabel('to', { exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByText(/pieces? of work taken over from before/)).toBeVisible();
});
