import path from 'node:path';
import { writeBigTable } from '../support/bigTable';
import { expect, exampleFile, tableShape, test } from './program';

test('drawing a rectangle on the scatter selects the rows in it', async ({ program }) => {
  const { page } = program;
  await program.open(exampleFile('faithful.csv'));
  await program.go('Model');
  const plot = page.getByRole('img', { name: /Scatter of waiting against eruptions/ });
  await expect(plot).toHaveAttribute('data-painted', /./);
  const box = (await plot.boundingBox())!;
  const drag = async (from: [number, number], to: [number, number]): Promise<void> => {
    const at = ([x, y]: [number, number]): [number, number] => [
      box.x + x * box.width,
      box.y + y * box.height,
    ];
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 6 });
    await page.mouse.up();
  };

  await page.getByRole('button', { name: 'Select rows with a rectangle' }).click();
  await drag([0.06, 0.08], [0.97, 0.91]);
  await expect(page.getByText('272 rows selected')).toBeVisible();
  // Short eruptions after short waits are 97 of the rows (the smaller cluster), give or take the edge.
  await drag([0.06, 0.5], [0.48, 0.91]);
  await expect(page.getByText(/\b9\d rows selected/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText(/rows selected/)).toHaveCount(0);
});

test('many rows are painted all, not a sample of them', async ({ program }) => {
  const { page } = program;
  const file = path.join(program.folder, 'many.csv');
  writeBigTable(file, 60_000, 3);
  await program.open(file);
  await expect(tableShape(page)).toContainText('60,000 rows', { timeout: 60_000 });
  await program.go('Model');
  await expect(page.getByText('all 60,000 rows')).toBeVisible();
  const layer = page.locator('canvas[data-painted="60000"]');
  await expect(layer).toBeAttached();
  const dots = await layer.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  });
  expect(dots).toBeGreaterThan(10_000);
});
