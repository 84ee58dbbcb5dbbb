import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, tableShape, test } from './program';

/** Two clusters of which the second does not vary in `lost`, and a column that is twice another. */
function degenerateTable(): string {
  const rows = Array.from({ length: 60 }, (_, row) => {
    const isSecond = row >= 30;
    const length = (isSecond ? 10 : 0) + Math.sin(row * 12.9898) * 1.5;
    const lost = isSecond ? 5 : Math.cos(row * 78.233) * 2;
    return `${length.toFixed(4)},${lost.toFixed(4)}`;
  });
  return ['length,lost', ...rows].join('\n');
}

test('a fit that collapses says why, and a click on a remedy makes it succeed', async ({ program }) => {
  const { page, folder } = program;
  const file = path.join(folder, 'degenerate.csv');
  writeFileSync(file, degenerateTable());
  await program.open(file);
  await expect(tableShape(page)).toContainText('60 rows');
  await program.go('Model');
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(
    'collapsed: it shrank onto a few rows with equal "lost"',
  );
  await page.getByRole('button', { name: 'Give all clusters one covariance' }).click();
  await expect(page.getByText(/log-likelihood -\d/).first()).toBeVisible();
  await expect(page.getByText(/tied covariance/)).toBeVisible();
  await expect(page.getByRole('radio', { name: /EEE/ })).toBeChecked();
});

test('columns that repeat one another are said before fitting, with what to do', async ({ program }) => {
  const { page, folder } = program;
  const file = path.join(folder, 'twice.csv');
  const rows = degenerateTable()
    .split('\n')
    .slice(1)
    .map((line) => `${line},${(2 * Number(line.split(',')[0])).toFixed(4)}`);
  writeFileSync(file, ['length,lost,twice', ...rows].join('\n'));
  await program.open(file);
  await program.go('Model');
  const remedy = page.getByRole('button', { name: 'Leave out "twice"' });
  await remedy.click();
  await expect(page.getByRole('checkbox', { name: 'twice' })).not.toBeChecked();
  await expect(remedy).toBeHidden();
});
