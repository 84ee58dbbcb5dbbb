import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeAreas, type RegionArea } from '../../../electron/files/images/writeAreas';
import { inFolder } from '../readBytes';

const area: RegionArea = {
  region: 0,
  at: 1,
  pixels: 30,
  share: 0.75,
  left: 1,
  top: 2,
  width: 6,
  height: 5,
  centroidX: 3.5,
  centroidY: 4,
  perimeter: 20.5,
  meanColour: { red: 250, green: 1, blue: 17, opacity: 255 },
};

const palette = [
  { red: 1, green: 2, blue: 3, opacity: 255, name: '' },
  { red: 255, green: 0, blue: 16, opacity: 255, name: '=SUM(A1), "red"' },
];

test('a line for each region, formulas harmless, without a scale in pixels only', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'areas.csv');
    expect((await writeAreas(file, [area], palette, null)).ok).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(
      'region,colour,hex,name,pixels,share,left,top,width,height,centroid x,centroid y,perimeter,mean colour\r\n' +
        '0,1,#ff0010,"\'=SUM(A1), ""red""",30,0.75,1,2,6,5,3.5,4,20.5,#fa0111\r\n',
    );
  });
});

test('with a scale areas are in its square unit too', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'areas.csv');
    await writeAreas(file, [area], palette, { pixelsPerUnit: 2, unit: 'mm' });
    const text = await readFile(file, 'utf8');
    expect(text.startsWith('\ufeffregion,')).toBe(true);
    expect(text).toContain(',area (mm²),width (mm),height (mm),perimeter (mm)\r\n');
    expect(text.trimEnd().endsWith(',7.5,3,2.5,10.25')).toBe(true);
  });
});

test('more regions than a piece has lines are all there, and a name beyond ASCII brings a byte order mark', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'areas.csv');
    const areas = Array.from({ length: 1025 }, (_, region) => ({ ...area, region }));
    await writeAreas(file, areas, [palette[0], { ...palette[1], name: 'Grün' }], null);
    const [header, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(header.startsWith('\ufeffregion,')).toBe(true);
    expect(lines.map((line) => line.split(',')[0])).toEqual(areas.map(({ region }) => String(region)));
    expect(lines.every((line) => line.includes(',#ff0010,Grün,'))).toBe(true);
  });
});
