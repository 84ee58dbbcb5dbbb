import { expect, nastyFile, tableShape, test } from './program';

test('a workbook opens on its first sheet and lets another be chosen', async ({ program }) => {
  const { page } = program;
  await program.open(nastyFile('workbook.xlsx'));
  await expect(tableShape(page)).toContainText('4 rows');
  await page.getByRole('button', { name: /Import settings/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Sheet').selectOption('Merged');
  await expect(dialog.getByText('Site').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Site').first()).toBeVisible();
});

test('semicolons and decimal commas are read as numbers, and said so', async ({ program }) => {
  const { page } = program;
  await program.open(nastyFile('semicolon-decimal-comma.csv'));
  await expect(tableShape(page)).toContainText('4 rows');
  await expect(page.getByText(/decimal comma/i).first()).toBeVisible();
  await expect(page.getByRole('grid').getByText('-0,75', { exact: true })).toBeVisible();
});

test('ragged rows are repaired where a person can see it', async ({ program }) => {
  const { page } = program;
  await program.open(nastyFile('ragged.csv'));
  await expect(tableShape(page)).toContainText('5 rows');
  await expect(page.getByText(/short/i).first()).toBeVisible();
  await expect(page.getByRole('grid').getByText('10', { exact: true })).toBeVisible();
});

for (const [file, words] of [
  ['binary-not-csv.csv', /not a table/i],
  ['empty-file.csv', /is empty/i],
  ['truncated.xlsx', /damaged|cut off/i],
  ['header-only.csv', /no (data )?rows/i],
] as const) {
  test(`${file} is refused in words, and the program goes on`, async ({ program }) => {
    const { page } = program;
    await program.open(nastyFile(file));
    await expect(page.getByText(words).first()).toBeVisible();
    await program.open(nastyFile('tabs.tsv'));
    await expect(tableShape(page)).toContainText('3 rows');
  });
}
