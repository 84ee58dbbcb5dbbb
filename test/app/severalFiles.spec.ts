import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { exampleFile, expect, test } from './program';

const animation = path.resolve(import.meta.dirname, '../files/images/data/frames.gif');

/** Drops files of the disk on the window; the page has them from a field for files, as it has them from a drag. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const field = document.createElement('input');
    Object.assign(field, { type: 'file', multiple: true, id: 'dropped', hidden: true });
    document.body.append(field);
  });
  await page.locator('#dropped').setInputFiles([...files]);
  await page.locator('#dropped').evaluate((field) => {
    const dataTransfer = new DataTransfer();
    for (const file of (field as HTMLInputElement).files ?? []) dataTransfer.items.add(file);
    field.remove();
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

test('pictures dropped at once are a batch, and an animation of them is painted and saved as one', async ({
  program,
}) => {
  const { page, folder } = program;
  const files = ['wave.gif', 'notes.csv', 'cat.png'].map((name) => path.join(folder, name));
  copyFileSync(animation, files[0]);
  writeFileSync(files[1], 'x,y\n1,2\n');
  copyFileSync(exampleFile('chelsea.png'), files[2]);
  await drop(page, files);
  const room = page.getByRole('region', { name: 'Batch', exact: true });
  await expect(room.getByText('2 pictures, 2 chosen; 1 other file left alone')).toBeVisible();
  await expect(page.getByText('Left aside: notes.csv. Open it by itself.')).toBeVisible();

  await drop(page, [files[0]]);
  const bar = page.getByRole('group', { name: 'Frames of the file' });
  await bar.getByText('All 3, one palette').click();
  await expect(bar.getByRole('radio', { name: 'All 3, one palette' })).toBeChecked();
  await bar.getByRole('button', { name: 'Next frame' }).click();
  await expect(bar.getByRole('spinbutton', { name: 'Frame that is shown' })).toHaveValue('2');
  await expect(page.getByText(/^Exact/)).toBeVisible({ timeout: 30_000 });
  await program.go('Save');
  await expect(page.getByText('in each of 3 frames')).toBeVisible();
  const saved = await program.chooseToSave('saved.gif');
  await page.keyboard.press('Control+e');
  await expect(page.getByText(/ written to saved\.gif\./)).toBeVisible();

  // It has 13 colours, fewer than are asked for: nothing changes.
  const frames = (file: string): Promise<Buffer> =>
    sharp(readFileSync(file), { pages: -1 }).ensureAlpha().raw().toBuffer();
  expect((await frames(saved)).equals(await frames(animation))).toBe(true);
  const times = async (file: string) => {
    const { delay, loop, pages } = await sharp(readFileSync(file), { pages: -1 }).metadata();
    return { delay, loop, pages };
  };
  expect(await times(saved)).toEqual(await times(animation));
});
