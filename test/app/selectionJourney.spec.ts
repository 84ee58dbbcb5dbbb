import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeBigTable } from '../support/bigTable';
import { exampleFile, expect, tableShape, test, type Program } from './program';

/** Compares a few numbers of clusters of one model, with little work for each, and waits for the verdict. */
async function compareFew(program: Program, model: string, most: number): Promise<void> {
  const { page } = program;
  await program.go('Choose K');
  for (const one of ['Spherical (VII)', 'Diagonal (VVI)', 'Tied (EEE)', 'Full (VVV)'])
    await page.getByRole('checkbox', { name: one }).setChecked(one === model);
  await page.getByLabel('to', { exact: true }).fill(String(most));
  await page.getByLabel('Folds', { exact: true }).fill('5');
  await page.locator('summary', { hasText: 'Starts' }).click();
  await page.getByLabel('Starts', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Show these clusters' })).toBeVisible();
}

/** The chosen fit as it is shown and written: its rows, and the name and mark of each cluster. */
async function openAndExport(program: Program, file: string) {
  const { page } = program;
  await page.getByRole('button', { name: 'Show these clusters' }).click();
  await expect(page.getByRole('region', { name: 'Results', exact: true })).toBeVisible();
  const names = page.getByLabel(/Name of cluster/);
  await expect(names.first()).toBeVisible();
  const signs = await names.evaluateAll((fields) =>
    fields.map((field) => {
      const mark = field.closest('tr')?.querySelector('svg path');
      return [(field as HTMLInputElement).value, mark?.getAttribute('fill'), mark?.getAttribute('d')];
    }),
  );
  await program.go('Export');
  const rows = await program.chooseToSave(file);
  await page.getByRole('button', { name: /Rows with clusters/ }).click();
  await expect(page.getByRole('main').getByText(`written to ${file}`)).toBeVisible();
  return { signs, rows: readFileSync(rows, 'utf8') };
}

for (const { name, model, most, rows, verdict } of [
  { name: 'wine', model: 'Diagonal (VVI)', most: 4, rows: 178, verdict: /^3 clusters\.$/ },
  { name: 'iris', model: 'Full (VVV)', most: 4, rows: 150, verdict: /^2 clusters\.$/ },
])
  test(`${name}, from import to verdict to export; opened and fitted again it is the same to the last row`, async ({
    program,
  }) => {
    const { page } = program;
    const found: Awaited<ReturnType<typeof openAndExport>>[] = [];
    for (const file of ['first.csv', 'second.csv']) {
      await program.open(exampleFile(`${name}.csv`));
      await expect(tableShape(page)).toContainText(`${rows} rows`);
      await compareFew(program, model, most);
      await expect(page.getByRole('main').getByRole('heading', { level: 1, name: verdict })).toBeVisible();
      found.push(await openAndExport(program, file));
    }
    const [first, second] = found;
    expect(first?.rows.trim().split('\n')).toHaveLength(rows + 1);
    expect(first?.signs.length).toBeGreaterThan(1);
    expect(new Set(first?.signs.map(([, colour]) => colour)).size).toBe(first?.signs.length);
    expect(second).toEqual(first);
  });

test('a fit opens while the comparison goes on, which goes on behind it', async ({ program }) => {
  const { page } = program;
  await program.openExample('Iris');
  await program.go('Choose K');
  // A click that leaves a field is not lost because the form moves under it.
  await page.getByLabel('to', { exact: true }).fill('9');
  await page.getByRole('checkbox', { name: 'k-means' }).check();
  await page.getByLabel('Folds', { exact: true }).fill('100');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const point = page.getByRole('button', { name: 'K = 2, VVV' });
  await expect(point).not.toHaveAttribute('aria-disabled', 'true');
  await point.click();
  await expect(page.getByRole('heading', { level: 1, name: /full covariance \(VVV\), K = 2/ })).toBeVisible();
  await expect(page.getByLabel('Name of cluster 2')).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('Comparing models');
  await page.keyboard.press('Escape');
  await program.go('Choose K');
  await expect(page.getByText('cancelled before it was complete')).toBeVisible();
});

test('the engine killed in the middle of a comparison is said, and the next comparison works', async ({
  program,
}) => {
  const { page } = program;
  const file = path.join(program.folder, 'big.csv');
  writeBigTable(file, 100_000, 7);
  await program.open(file);
  await expect(tableShape(page)).toContainText('100,000 rows');
  await program.go('Choose K');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await program.killEngine();

  await expect(page.getByText(/engine stopped/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compare again' })).toBeVisible();
  await program.go('Data');
  await expect(tableShape(page)).toContainText('100,000 rows');

  await program.go('Choose K');
  await page.getByLabel('to', { exact: true }).fill('2');
  await page.getByRole('group', { name: 'Models' }).getByRole('checkbox', { name: 'Full (VVV)' }).uncheck();
  await page.getByLabel('Gap statistic').uncheck();
  await page.locator('summary', { hasText: 'Starts' }).click();
  await page.getByLabel('Starts', { exact: true }).fill('1');
  await page.getByRole('button', { name: 'Compare again' }).click();
  await page.getByRole('button', { name: 'Show these clusters' }).click({ timeout: 60_000 });
  await expect(page.getByLabel('Name of cluster 1')).toBeVisible();
});
