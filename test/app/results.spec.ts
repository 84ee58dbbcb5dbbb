import type { Page } from 'playwright/test';
import { exampleFile, expect, tableShape, test, type Program } from './program';

async function fit(program: Program, clusters: number): Promise<void> {
  const { page } = program;
  await program.go('Model');
  await page.getByLabel('Number of clusters').fill(String(clusters));
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(page.getByRole('slider', { name: 'Iteration shown' })).toBeVisible();
}

const showTab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

test('iris is judged: features, rules, rows in doubt, against its species and against another run', async ({
  program,
}) => {
  const { page } = program;
  await program.open(exampleFile('iris.csv'));
  await expect(tableShape(page)).toContainText('150 rows');
  await fit(program, 2);
  await expect(page.getByText('-214.355').first()).toBeVisible();
  await fit(program, 3);
  await expect(page.getByText('-180.185').first()).toBeVisible();
  await program.go('Results');

  await showTab(page, 'Clusters and features');
  const profile = page.getByRole('region', { name: 'Profile of the clusters' });
  // Petals tell most, the width of sepals least.
  await expect(profile.getByRole('rowheader')).toHaveText([
    /^Petal/,
    /^Petal/,
    /Sepal\.Length/,
    /Sepal\.Width/,
  ]);
  await expect(profile).toContainText('1.462 ± 0.172');
  await page.getByText('Median', { exact: true }).click();
  await expect(profile).toContainText('1.5 1.4 to 1.6');
  await page.getByText('Heat map').click();
  await expect(profile).toContainText('−1.3 sd');
  const rules = page.getByRole('region', { name: 'Rules of the clusters' });
  await expect(rules.getByRole('row').filter({ hasText: '100 %' })).toContainText(/Petal\.(Length|Width) </);
  await expect(rules).toContainText(/measured on \d+ others/);

  await showTab(page, 'Rows');
  const borderline = page.getByRole('grid', { name: 'Borderline rows' });
  const first = borderline.getByRole('row').nth(1);
  await expect(first).toContainText(/(Petal|Sepal)\.(Length|Width): \d.* → \d/);
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(borderline.getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true');
  // What was selected in one list is selected, and in sight, in the other.
  await expect(page.getByText('1 row of 150 selected')).toBeVisible();
  await expect(
    page.getByRole('grid', { name: 'Rows with their cluster' }).locator('[role=row][aria-selected=true]'),
  ).toHaveCount(1);

  await showTab(page, 'Compare');
  await page.getByLabel('Compare with').selectOption({ label: 'Column Species' });
  await expect(page.getByText('0.904', { exact: true })).toBeVisible();
  await expect(page.getByText('96.7 %')).toBeVisible();
  await page.getByRole('button', { name: /^5 · 10 % of versicolor in / }).click();
  await expect(page.getByText('5 rows selected.')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Rows that differ' }).getByRole('row')).toHaveCount(6);

  await page.getByLabel('Compare with').selectOption({ label: 'Fit 1, K = 2' });
  await expect(page.getByRole('heading', { name: 'Rows that moved' })).toBeVisible();
  await expect(page.getByRole('img', { name: /Rows from 2 groups of Fit 1 into 3 clusters/ })).toBeVisible();
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('region', { name: 'Flow as a table' }).getByRole('row')).toHaveCount(4);

  await page.getByLabel('Name of Fit 1').fill('coarse');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Clusters and coarse' })).toBeVisible();
  await page.getByRole('button', { name: 'Open coarse' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /K = 2/ })).toBeVisible();
  await page.getByRole('button', { name: 'Forget Fit 2' }).click();
  await expect(page.getByRole('region', { name: 'Runs' }).getByRole('row')).toHaveCount(2);
});
