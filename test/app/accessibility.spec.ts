import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright/test';
import { expect, tableShape, test } from './program';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds that is serious or worse, as lines a person can act on. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any screen in the ${colorScheme} theme`, async ({ program }) => {
    const { page } = program;
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), 'Start').toEqual([]);
    await page.getByRole('button', { name: 'About' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page), 'About').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    expect(await violations(page), 'Keys').toEqual([]);
    await page.keyboard.press('Escape');

    await program.openExample('Iris');
    await expect(tableShape(page)).toContainText('150 rows');
    expect(await violations(page), 'Data').toEqual([]);
    await page.getByRole('button', { name: /Import settings/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page), 'Import settings').toEqual([]);
    await page.keyboard.press('Escape');

    await program.go('Model');
    for (const fold of await page.locator('summary').all()) await fold.click();
    expect(await violations(page), 'Model').toEqual([]);
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await expect(page.getByRole('slider', { name: 'Iteration shown' })).toBeVisible();
    expect(await violations(page), 'Model after a fit').toEqual([]);
    await program.go('Choose K');
    for (const fold of await page.locator('summary').all()) await fold.click();
    expect(await violations(page), 'Choose K').toEqual([]);
    await page.getByLabel('to', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Show these clusters' })).toBeVisible({ timeout: 60_000 });
    expect(await violations(page), 'Choose K after a comparison').toEqual([]);
    await program.go('Results');
    await expect(page.getByLabel('Name of cluster 1')).toBeVisible();
    expect(await violations(page), 'Results').toEqual([]);
    await page.getByRole('tab', { name: 'Clusters and features' }).click();
    await expect(page.getByRole('region', { name: 'Rules of the clusters' })).toBeVisible();
    expect(await violations(page), 'Clusters and features').toEqual([]);
    await page.getByText('Heat map').click();
    expect(await violations(page), 'Heat map').toEqual([]);
    await page.getByRole('tab', { name: 'Rows' }).click();
    await expect(page.getByRole('grid', { name: 'Borderline rows' })).toBeVisible();
    expect(await violations(page), 'Rows').toEqual([]);
    await page.getByRole('tab', { name: 'Compare' }).click();
    await page.getByLabel('Compare with').selectOption({ label: 'Column Species' });
    await expect(page.getByRole('region', { name: 'Clusters and Species' })).toBeVisible();
    expect(await violations(page), 'Compare').toEqual([]);
    await program.go('Export');
    expect(await violations(page), 'Export').toEqual([]);
  });

  test(`axe finds nothing serious in the rooms of pictures in the ${colorScheme} theme`, async ({
    program,
  }) => {
    const { page } = program;
    await page.emulateMedia({ colorScheme });
    await program.openExample('Chelsea');
    await expect(page.getByText(/^Exact, best of/)).toBeVisible({ timeout: 60_000 });
    for (const fold of await page.locator('summary').all()) await fold.click();
    expect(await violations(page), 'Colours').toEqual([]);
    await page.getByRole('listbox', { name: 'Palette' }).getByRole('option').first().click();
    expect(await violations(page), 'a colour chosen').toEqual([]);
    for (const tab of ['Curve', 'Convergence']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await violations(page), tab).toEqual([]);
    }
    await program.go('Segments');
    await expect(page.getByText(/regions/).first()).toBeVisible();
    expect(await violations(page), 'Segments').toEqual([]);
    await program.go('Save');
    await expect(page.getByRole('button', { name: 'Save as… Picture', exact: true })).toBeVisible();
    expect(await violations(page), 'Save').toEqual([]);
    await program.go('Batch');
    expect(await violations(page), 'Batch').toEqual([]);
  });
}
