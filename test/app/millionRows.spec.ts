import path from 'node:path';
import { writeBigTable } from '../support/bigTable';
import { expect, tableShape, test } from './program';

test('a million rows of ten columns import with the first rows at once and scroll to the end', async ({
  program,
}) => {
  test.setTimeout(240_000);
  const { page } = program;
  const file = path.join(program.folder, 'million.csv');
  writeBigTable(file, 1_000_000, 10);

  // Counts frames that came late while the file was read: the window must go on drawing.
  await page.evaluate(() => {
    const watch = { late: 0, frames: 0, last: performance.now() };
    (globalThis as unknown as { watch: typeof watch }).watch = watch;
    const tick = (now: number): void => {
      if (now - watch.last > 250) watch.late++;
      watch.frames++;
      watch.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await program.open(file);
  const grid = page.getByRole('grid');
  await expect(grid.getByText('1', { exact: true }).first()).toBeVisible();
  await expect(tableShape(page)).toContainText('reading');
  await expect(tableShape(page)).toContainText('1,000,000 rows', { timeout: 120_000 });
  const watch = await page.evaluate(
    () => (globalThis as unknown as { watch: { late: number; frames: number } }).watch,
  );
  expect(watch.frames).toBeGreaterThan(10);
  expect(watch.late).toBeLessThanOrEqual(2);

  await grid.focus();
  await page.keyboard.press('Control+End');
  await expect(grid.getByText(/^1,?000,?000$/).first()).toBeVisible();
});
