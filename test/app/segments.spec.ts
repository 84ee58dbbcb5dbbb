import sharp from 'sharp';
import { expect, test } from './program';

test('a click picks a region whose facts, units and mask agree', async ({ program }) => {
  const { page } = program;
  await program.openExample('Chelsea');
  await expect(page.getByText(/^Exact, best of/)).toBeVisible({ timeout: 60_000 });
  await program.go('Segments');
  const room = page.getByRole('region', { name: 'Segments', exact: true });
  await expect(room.getByRole('status').filter({ hasText: /^[\d,]+ regions$/ })).toBeVisible();

  const size = room.getByRole('spinbutton', { name: 'Smallest region' });
  await size.fill('200');
  await size.press('Enter');
  const all = room.getByRole('row', { name: /^All colours/ });
  // A handful is left of thousands.
  await expect(all.getByRole('gridcell').last()).toHaveText(/^\d{1,3}$/);

  const picture = room.getByRole('application');
  const box = (await picture.boundingBox())!;
  await picture.click({ position: { x: box.width / 2, y: box.height / 2 } });
  const facts = room.getByRole('region', { name: 'Picked' });
  await expect(facts).toContainText(/Region \d+, /);
  const pixels = Number(/([\d,]+) pixels/.exec(await facts.innerText())![1].replaceAll(',', ''));
  expect(pixels).toBeGreaterThanOrEqual(200);

  const scale = room.getByRole('spinbutton', { name: 'Pixels a unit' });
  await scale.fill('10');
  await scale.press('Enter');
  const area = Number(/([\d.]+) mm²/.exec(await facts.innerText())![1]);
  expect(area).toBeCloseTo(pixels / 100, 0);

  const file = await program.chooseToSave('mask.png');
  await room.getByRole('button', { name: 'Save mask…' }).click();
  await expect(page.getByText(/written to mask\.png/)).toBeVisible();
  const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([451, 300, 1]);
  expect(data.filter((value) => value === 255)).toHaveLength(pixels);
  expect(data.filter((value) => value !== 255 && value !== 0)).toHaveLength(0);

  await page.keyboard.press('Escape');
  await expect(facts).toContainText('Click the picture');
});
