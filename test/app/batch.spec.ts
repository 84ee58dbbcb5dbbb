import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import sharp from 'sharp';
import { exampleFile, expect, test } from './program';

const colours = 8;
const formats = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const;

/** Writes eighteen parts of the cat in six formats, two pictures that were cut off, and a file that is no picture. */
async function writeFolder(folder: string): Promise<void> {
  mkdirSync(folder);
  for (let at = 0; at < 18; at++) {
    const format = formats[at % formats.length];
    const part = sharp(exampleFile('chelsea.png')).extract({
      left: 20 * at,
      top: 10 * at,
      width: 90,
      height: 70 + at,
    });
    await part.toFormat(format).toFile(path.join(folder, `part ${at}.${format}`));
  }
  const [whole, photo] = [path.join(folder, 'part 0.png'), path.join(folder, 'part 1.jpeg')];
  writeFileSync(path.join(folder, 'half.png'), readFileSync(whole).subarray(0, 4000));
  writeFileSync(path.join(folder, 'half.jpg'), readFileSync(photo).subarray(0, 900));
  writeFileSync(path.join(folder, 'notes.txt'), 'the cat is called Chelsea');
}

/** Every file of a folder with the hash of its bytes and when it was changed. */
const stateOf = (folder: string): string[] =>
  readdirSync(folder).map((name) => {
    const file = path.join(folder, name);
    return `${name} ${createHash('sha256').update(readFileSync(file)).digest('hex')} ${statSync(file).mtimeMs}`;
  });

async function pixelsOf(file: string): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { data, width: info.width, height: info.height };
}

function distinctColours(data: Buffer): number {
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 3) seen.add(data.readUIntBE(at, 3));
  return seen.size;
}

const meanSquareError = (one: Buffer, other: Buffer): number =>
  one.reduce((sum, value, at) => sum + (value - other[at]) ** 2, 0) / one.length;

test('a folder of twenty pictures with two broken ones: eighteen are written, failures are named, originals stay', async ({
  program,
}) => {
  const { page } = program;
  const [pictures, results] = [path.join(program.folder, 'pictures'), path.join(program.folder, 'results')];
  await writeFolder(pictures);
  mkdirSync(results);
  const before = stateOf(pictures);

  await page.getByRole('button', { name: 'Image', exact: true }).click();
  await program.go('Batch');
  const room = page.getByRole('region', { name: 'Batch', exact: true });
  await program.chooseToOpen(pictures);
  await room.getByRole('button', { name: 'Choose a folder…' }).first().click();
  await expect(room.getByText('20 pictures, 20 chosen; 1 other file left alone')).toBeVisible();

  await room.getByText('Settings', { exact: true }).click();
  const count = room.getByRole('spinbutton', { name: 'Number of colours' });
  await count.fill(String(colours));
  await count.press('Enter');
  await program.chooseToOpen(results);
  await room.getByRole('button', { name: 'Choose a folder for results…' }).click();
  await room.getByRole('button', { name: 'Quantise 20 pictures' }).click();

  await expect(room.getByText('18 pictures written, 2 failed')).toBeVisible({ timeout: 60_000 });
  await expect(room.getByText(/"half\.png" is a PNG picture, but it cannot be read/)).toBeVisible();
  await expect(room.getByText(/"half\.jpg" is a JPEG picture, but it cannot be read/)).toBeVisible();
  expect(stateOf(pictures)).toEqual(before);

  const table = readdirSync(results).find((name) => name.endsWith('.csv'))!;
  const written = readdirSync(results).filter((name) => name !== table);
  expect(written).toHaveLength(18);
  const text = readFileSync(path.join(results, table), 'utf8');
  const { data: rows } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(rows.filter((row) => row['problem'] !== '').map((row) => row['file'])).toEqual([
    'half.jpg',
    'half.png',
  ]);
  const done = rows.filter((row) => row['problem'] === '');
  expect(done.map((row) => row['written']).sort()).toEqual(written.sort());

  for (const row of done) {
    const file = path.join(results, row['written']);
    const original = await pixelsOf(path.join(pictures, row['file']));
    const painted = await pixelsOf(file);
    expect([painted.width, painted.height]).toEqual([original.width, original.height]);
    expect(distinctColours(painted.data)).toBe(colours);
    // Of the header of a PNG: bits a pixel, and that there is a palette.
    expect([...readFileSync(file).subarray(24, 26)]).toEqual([4, 3]);
    expect(Number(row['colours'])).toBe(colours);
    expect(Number(row['bytes before'])).toBe(statSync(path.join(pictures, row['file'])).size);
    expect(Number(row['bytes after'])).toBe(statSync(file).size);
    expect(Number(row['mean square error'])).toBeCloseTo(meanSquareError(original.data, painted.data), 6);
  }
});

test('a second batch into the same folder replaces nothing, and one that is stopped keeps what is whole', async ({
  program,
}) => {
  const { page } = program;
  const [pictures, results] = [path.join(program.folder, 'pictures'), path.join(program.folder, 'results')];
  await writeFolder(pictures);
  mkdirSync(results);
  await page.getByRole('button', { name: 'Image', exact: true }).click();
  const room = page.getByRole('region', { name: 'Batch', exact: true });
  await program.go('Batch');
  await program.chooseToOpen(pictures);
  await room.getByRole('button', { name: 'Choose a folder…' }).first().click();
  await program.chooseToOpen(results);
  await room.getByRole('button', { name: 'Choose a folder for results…' }).click();
  const start = room.getByRole('button', { name: 'Quantise 20 pictures' });
  await start.click();
  await expect(room.getByText('18 pictures written, 2 failed')).toBeVisible({ timeout: 60_000 });
  const first = stateOf(results);

  await start.click();
  // A quick machine may have ended before it can be stopped: what is in the folder must be whole either way.
  const ended = room.getByText(/^(Stopped: )?\d+ pictures? written|^Cancelled before/);
  await expect(room.getByText(/^[1-9]\d* of 20 pictures/).or(ended)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(ended).toBeVisible({ timeout: 60_000 });
  const second = stateOf(results);
  expect(second).toEqual(expect.arrayContaining(first));
  const added = readdirSync(results).filter((name) => /\(2\)\.png$/.test(name));
  for (const name of added) await expect(pixelsOf(path.join(results, name))).resolves.toBeDefined();
});

test('colours of a palette file, of all pictures, of the open picture: those and no others are written', async ({
  program,
}) => {
  const { page } = program;
  const [pictures, results] = [path.join(program.folder, 'pictures'), path.join(program.folder, 'results')];
  for (const folder of [pictures, results]) mkdirSync(folder);
  const parts = ['a.png', 'b.png', 'c.png'];
  for (const [at, name] of parts.entries())
    await sharp(exampleFile('chelsea.png'))
      .extract({ left: 90 * at, top: 60 * at, width: 80, height: 60 })
      .toFile(path.join(pictures, name));
  const palette = path.join(program.folder, 'brand.css');
  writeFileSync(palette, ':root { --ink: #201810; --fur: #a07850; --light: #e0d0c0; }');
  const before = stateOf(pictures);

  await program.openExample('Chelsea');
  await expect(page.getByText(/^Exact, best of/)).toBeVisible({ timeout: 30_000 });
  const swatches = page.getByRole('listbox', { name: 'Palette' }).getByRole('option');
  const names = await swatches.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
  const ofOpen = names.map((name) => /#([0-9a-f]{6})/.exec(name)?.[1] ?? '');
  await program.go('Batch');
  const room = page.getByRole('region', { name: 'Batch', exact: true });
  await program.chooseToOpen(pictures);
  await room.getByRole('button', { name: 'Choose a folder…' }).first().click();
  await program.chooseToOpen(results);
  await room.getByRole('button', { name: 'Choose a folder for results…' }).click();

  /** Quantises all with a palette of that kind: the colours of each file, and the lines of its summary. */
  async function batchWith(kind: string, run: number): Promise<string[][]> {
    await room.getByRole('combobox', { name: 'Palette' }).selectOption({ label: kind });
    if (kind === 'From a palette file') {
      await program.chooseToOpen(palette);
      await room.getByRole('button', { name: 'Choose a palette file…' }).click();
    }
    await room.getByRole('button', { name: 'Quantise 3 pictures' }).click();
    const end = run === 1 ? '' : ` (${run})`;
    await expect(room.getByText(`mixtura-summary${end}.csv`)).toBeVisible({ timeout: 30_000 });
    const text = readFileSync(path.join(results, `mixtura-summary${end}.csv`), 'utf8');
    const { data: rows } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
    expect(rows.map(({ file }) => file)).toEqual(parts);
    return Promise.all(
      rows.map(async (row) => {
        const file = path.join(results, row['written']);
        const { data } = await pixelsOf(file);
        const own = new Set(
          Array.from({ length: data.length / 3 }, (_, i) => data.toString('hex', 3 * i, 3 * i + 3)),
        );
        const original = await pixelsOf(path.join(pictures, row['file']));
        expect(Number(row['colours'])).toBe(own.size);
        expect(Number(row['bytes after'])).toBe(statSync(file).size);
        expect(Number(row['mean square error'])).toBeCloseTo(meanSquareError(original.data, data), 6);
        return [...own];
      }),
    );
  }

  for (const colours of await batchWith('From a palette file', 1))
    expect(['201810', 'a07850', 'e0d0c0']).toEqual(expect.arrayContaining(colours));
  const shared = await batchWith('One for all, fitted to all', 2);
  expect(new Set(shared.flat()).size).toBe(16);
  for (const colours of await batchWith('That of the open picture', 3))
    expect(ofOpen).toEqual(expect.arrayContaining(colours));
  expect(stateOf(pictures)).toEqual(before);
});
