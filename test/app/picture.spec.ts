import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import type { Page } from 'playwright/test';
import { exampleFile, expect, test } from './program';

const banner = (page: Page) => page.getByRole('banner');
const divider = (page: Page) => page.getByRole('slider', { name: 'Line between before and after' });
const count = (page: Page) => page.getByRole('slider', { name: 'Number of colours, slider' });
const palette = (page: Page) => page.getByRole('listbox', { name: 'Palette' });
const exact = (page: Page) => page.getByText(/^Exact, best of/);

/** What the viewer shows of the picture: red, green, blue, opacity of `width` x `height` pixels in the middle of it. */
async function shownPixels(page: Page, width: number, height: number): Promise<Buffer> {
  const bytes = await page.locator('.stage canvas').evaluate(
    (element, [columns, rows]) => {
      const canvas = element as HTMLCanvasElement;
      const left = Math.round(canvas.width / 2 - columns / 2);
      const top = Math.round(canvas.height / 2 - rows / 2);
      const pixels = canvas.getContext('2d')?.getImageData(left, top, columns, rows);
      // As text: half a million numbers would take seconds to cross.
      return Array.from(pixels?.data ?? [], (level) => String.fromCharCode(level)).join('');
    },
    [width, height] as const,
  );
  return Buffer.from(bytes, 'latin1');
}

/** Red, green, blue, opacity of each pixel of a PNG with a palette, and the bits of its numbers. */
function readIndexed(file: string): { rgba: Uint8Array; depth: number; width: number; height: number } {
  const { width, height, depth, data, palette: colours = [] } = decode(readFileSync(file));
  const rowBytes = Math.ceil((width * depth) / 8);
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] ?? 0;
      const number = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
      const [red = 0, green = 0, blue = 0, opacity = 255] = colours[number] ?? [];
      rgba.set([red, green, blue, opacity], 4 * (y * width + x));
    }
  return { rgba, depth, width, height };
}

test('a photo is painted with few colours, one of them locked, and the file saved is what was shown', async ({
  program,
}) => {
  const { page } = program;
  await program.openExample('Chelsea');
  await expect(banner(page)).toContainText('451 × 300 pixels, 32,584 colours');
  await expect(exact(page)).toBeVisible({ timeout: 30_000 });
  const original = await shownPixels(page, 451, 300);

  // Slide from 16 to 10, one by one, as a hand on the arrow keys does.
  await count(page).focus();
  for (let colours = 16; colours > 10; colours--) await page.keyboard.press('ArrowLeft');
  await expect(palette(page).getByRole('option')).toHaveCount(10);
  await expect(exact(page)).toBeVisible({ timeout: 30_000 });

  const third = palette(page).getByRole('option').nth(2);
  await third.click();
  await page.keyboard.press('l');
  await expect(third).toHaveAccessibleName(/locked/);
  const hex = /#[0-9a-f]{6}/.exec((await third.getAttribute('aria-label')) ?? '')?.[0] ?? '';

  // Another number of colours, found around the locked one.
  await count(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(palette(page).getByRole('option')).toHaveCount(12);
  await expect(exact(page)).toBeVisible({ timeout: 30_000 });
  await expect(palette(page).getByRole('option', { name: new RegExp(`${hex}.*locked`) })).toHaveCount(1);

  // All of the painting, each pixel one of the screen.
  await divider(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('1');
  await expect(page.getByLabel('Zoom', { exact: true })).toHaveText('100 %');
  const shown = await shownPixels(page, 451, 300);
  expect(Buffer.compare(shown, original)).not.toBe(0);

  const file = await program.chooseToSave('few.png');
  await program.go('Save');
  await page.getByRole('button', { name: 'Save as… Picture' }).click();
  await expect(page.getByRole('region', { name: 'Picture' }).getByRole('status')).toContainText('few.png');
  const saved = readIndexed(file);
  expect([saved.width, saved.height, saved.depth]).toEqual([451, 300, 4]);
  expect(Buffer.compare(saved.rgba, shown)).toBe(0);
});

test('before and after are compared by keys: the line, the original, the difference, the pixels', async ({
  program,
}) => {
  const { page } = program;
  await program.openExample('Chelsea');
  await expect(divider(page)).toBeVisible({ timeout: 30_000 });
  await expect(exact(page)).toBeVisible({ timeout: 30_000 });

  await divider(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(divider(page)).toHaveAttribute('aria-valuenow', '51');
  await page.keyboard.press('End');
  const original = await shownPixels(page, 451, 300);
  await page.keyboard.press('Home');
  await expect(divider(page)).toHaveAttribute('aria-valuenow', '0');
  await expect.poll(async () => Buffer.compare(await shownPixels(page, 451, 300), original)).not.toBe(0);

  await page.keyboard.down('b');
  await expect.poll(async () => Buffer.compare(await shownPixels(page, 451, 300), original)).toBe(0);
  await page.keyboard.up('b');
  await expect.poll(async () => Buffer.compare(await shownPixels(page, 451, 300), original)).not.toBe(0);

  await page.keyboard.press('d');
  await expect(page.getByText(/Difference, white from \d+/)).toBeVisible();
  await page.keyboard.press('d');
  await page.keyboard.press('+');
  await expect(page.getByLabel('Zoom', { exact: true })).toHaveText('150 %');
  await page.keyboard.press('0');
  await expect(page.getByLabel('Zoom', { exact: true })).toHaveText('100 %');
});

test('a picture and a table are open side by side, and both are there again after the engine was lost', async ({
  program,
}) => {
  const { page } = program;
  await program.open(exampleFile('iris.csv'));
  await expect(banner(page)).toContainText('150 rows');
  await program.open(exampleFile('chelsea.png'));
  await expect(banner(page)).toContainText('451 × 300 pixels');
  await expect(exact(page)).toBeVisible({ timeout: 30_000 });
  await program.killEngine();
  await expect(page.getByText('Still there: your table and your picture.')).toBeVisible();
  await expect(banner(page)).toContainText('451 × 300 pixels');
  await expect(exact(page)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button', { name: 'Table' }).click();
  await expect(banner(page)).toContainText('150 rows');
});

test('a picture that is cut off is refused in words, and nothing is lost', async ({ program }) => {
  const { page } = program;
  const file = path.join(program.folder, 'cut.png');
  writeFileSync(file, readFileSync(exampleFile('chelsea.png')).subarray(0, 20_000));
  await program.open(file);
  await expect(page.getByRole('alert')).toContainText('cut.png');
  await program.openExample('Chelsea');
  await expect(banner(page)).toContainText('451 × 300 pixels');
  await program.open(file);
  await expect(page.getByRole('alert')).toContainText('cut.png');
  await expect(banner(page)).toContainText('chelsea.png');
});
