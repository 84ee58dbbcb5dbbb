import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeAreas, type RegionArea } from '../../../electron/files/images/writeAreas';
import { inFolder } from '../readBytes';

const area: RegionArea = {
  region: 0,
  paletteIndex: 2,
  colour: { red: 255, green: 0, blue: 16, opacity: 255 },
  name: '=SUM(A1), "red"',
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

test('a line for each region, formulas harmless, without a scale in pixels only', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'areas.csv');
    expect((await writeAreas(file, [area], null)).ok).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(
      'region,colour,hex,name,pixels,share,left,top,width,height,centroid x,centroid y,perimeter,mean colour\r\n' +
        '0,2,#ff0010,"\'=SUM(A1), ""red""",30,0.75,1,2,6,5,3.5,4,20.5,#fa0111\r\n',
    );
  });
});

test('with a scale areas are in its square unit too', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'areas.csv');
    await writeAreas(file, [area], { pixelsPerUnit: 2, unit: 'mm' });
    const text = await readFile(file, 'utf8');
    expect(text.startsWith('\ufeffregion,')).toBe(true);
    expect(text).toContain(',area (mm²),width (mm),height (mm),perimeter (mm)\r\n');
    expect(text.trimEnd().endsWith(',7.5,3,2.5,10.25')).toBe(true);
  });
});
