import { exampleFile, expect, tableShape, test } from './program';

test('a run is stepped from its first iteration, let go, and replayed', async ({ program }) => {
  const { page } = program;
  await program.open(exampleFile('faithful.csv'));
  await expect(tableShape(page)).toContainText('272 rows');
  await program.go('Model');
  await page.getByLabel('Number of clusters').fill('2');
  await page.locator('summary').filter({ hasText: 'Starts' }).click();
  await page.getByLabel('Start from').selectOption('random');
  await page.getByLabel('Starts', { exact: true }).fill('1');

  await page.getByRole('button', { name: 'Step through' }).click();
  await expect(page.getByText('Paused')).toBeVisible();
  const step = page.getByRole('button', { name: 'Step', exact: true });
  // The first step measures the start, which is iteration 0; every other one makes one iteration.
  for (const iteration of [0, 1, 2, 3]) {
    await step.click();
    await expect(page.getByText(`best at iteration ${iteration} `)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('-1130.264').first()).toBeVisible();

  const handle = page.getByRole('slider', { name: 'Iteration shown' });
  await expect(handle).toHaveAttribute('aria-valuetext', /-1130\.264/);
  await handle.focus();
  await page.keyboard.press('Home');
  await expect(handle).toHaveAttribute('aria-valuetext', /^iteration 0 of /);
  await page.keyboard.press('ArrowRight');
  await expect(handle).toHaveAttribute('aria-valuetext', /^iteration 1 of /);
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(handle).toHaveAttribute('aria-valuetext', /-1130\.264/, { timeout: 20_000 });
});

test('a fit is paused in the middle, cancelled, and the best so far is kept', async ({ program }) => {
  const { page } = program;
  await program.open(exampleFile('faithful.csv'));
  await program.go('Model');
  await page.getByRole('button', { name: 'Step through' }).click();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByText(/best at iteration/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/cancelled after/)).toBeVisible();
});
