import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PaletteFile } from '../../../electron/files/images/palettes/palette';
import {
  paletteFormats,
  readPalette,
  writePalette,
} from '../../../electron/files/images/palettes/paletteFiles';
import { failureText } from '../../../shared/failureText';
import { inFolder } from '../readBytes';

const byte = fc.integer({ min: 0, max: 255 });
const name = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z]$/),
  fc.constantFrom('7 dwarfs', 'Grün', '紅'),
);
const palette = (opacity: fc.Arbitrary<number>): fc.Arbitrary<PaletteFile> =>
  fc.record({
    name: fc.constantFrom('', 'Autumn 2', 'Grün */ x'),
    colours: fc.array(fc.record({ red: byte, green: byte, blue: byte, opacity, name }), {
      minLength: 1,
      maxLength: 256,
    }),
  });

/** What of a palette each kind of file keeps. */
const kept: Record<string, (palette: PaletteFile) => unknown> = {
  '.gpl': (given) => given,
  '.json': (given) => given,
  '.ase': ({ name, colours }) => ({ name, colours: colours.map((colour) => ({ ...colour, opacity: 255 })) }),
  '.act': ({ colours }) => {
    const clear = colours.findIndex(({ opacity }) => opacity === 0);
    return {
      name: '',
      colours: colours.map((colour, at) => ({ ...colour, name: '', opacity: at === clear ? 0 : 255 })),
    };
  },
};

test.each(Object.keys(kept))(
  'a palette written as %s and read again is what the format keeps of it',
  (end) => {
    const format = paletteFormats.get(end)!;
    fc.assert(
      fc.property(palette(fc.constantFrom(255, 255, 0, 77)), (given) => {
        expect(format.read(format.write(given))).toEqual(kept[end]!(given));
      }),
    );
  },
);

test('a style sheet keeps all colours with their opacities, in order', () => {
  const format = paletteFormats.get('.css')!;
  fc.assert(
    fc.property(palette(byte), (given) => {
      const read = format.read(format.write(given));
      const colours = (of: PaletteFile): unknown =>
        of.colours.map(({ red, green, blue, opacity }) => [red, green, blue, opacity]);
      expect(typeof read === 'string' ? read : colours(read)).toEqual(colours(given));
    }),
  );
});

test.each([...paletteFormats.keys()])(
  'any bytes as %s are read or refused with words, and nothing is thrown',
  (end) => {
    const format = paletteFormats.get(end)!;
    const good = format.write({
      name: 'a',
      colours: [{ red: 1, green: 2, blue: 3, opacity: 255, name: 'b' }],
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.nat(), (bytes, at, length) => {
        const hurt = Uint8Array.from(good);
        hurt.set(bytes.subarray(0, Math.max(0, hurt.length - (at % hurt.length))), at % hurt.length);
        for (const each of [bytes, hurt, hurt.subarray(0, length % hurt.length)]) {
          const read = format.read(each);
          if (typeof read === 'string') expect(read.length).toBeGreaterThan(5);
          else {
            for (const colour of read.colours) {
              for (const level of [colour.red, colour.green, colour.blue, colour.opacity])
                expect([level >= 0, level <= 255]).toEqual([true, true]);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  },
);

const gimp = (...lines: string[]): string => ['GIMP Palette', ...lines].join('\r\n');

test.each([
  [
    'a.gpl',
    gimp('Name: Web', 'Columns: 4', '# a remark', '', '  0   0   0 Black', '255 255 255\t7 dwarfs', '1 2 3'),
    3,
  ],
  ['a.json', '["#fff", "#11223344"]', 2],
  ['a.css', ':root{--a:#ABC;--b : #01020304 ;color:#fff;/* --c: #000; */}', 2],
])('%s as other programs write it is read', async (file, text, colours) => {
  await inFolder(async (folder) => {
    await writeFile(path.join(folder, file), text);
    const read = await readPalette(path.join(folder, file));
    expect(read.ok ? read.value.colours.length : failureText(read.failure)).toBe(colours);
  });
});

test.each([
  ['a.gpl', gimp('0 0 256 too much'), /line 2 is not a colour/],
  ['a.gpl', 'JASC-PAL', /GIMP Palette/],
  ['a.gpl', gimp('#'), /no colours/],
  ['a.gpl', gimp(...Array.from({ length: 257 }, () => '1 2 3')), /more than 256/],
  ['a.act', 'x'.repeat(700), /700 bytes/],
  ['a.ase', 'ASEF', /ASEF/],
  ['a.json', '{', /not JSON/],
  ['a.json', '["red"]', /colour 1/],
  ['a.pal', 'x', /its name ends in none of .gpl/],
])('%s that is none is refused with words', async (file, text, words) => {
  await inFolder(async (folder) => {
    await writeFile(path.join(folder, file), text);
    const read = await readPalette(path.join(folder, file));
    expect(read.ok ? 'read' : failureText(read.failure)).toMatch(words);
  });
});

test('a palette is written whole, in the kind its name says', async () => {
  await inFolder(async (folder) => {
    const palette = { name: '', colours: [{ red: 1, green: 2, blue: 3, opacity: 255, name: '' }] };
    expect((await writePalette(path.join(folder, 'a.GPL'), palette)).ok).toBe(true);
    expect(await readFile(path.join(folder, 'a.GPL'), 'utf8')).toBe(
      'GIMP Palette\nName: \n#\n  1   2   3\tUntitled\n',
    );
    expect((await writePalette(path.join(folder, 'a.xyz'), palette)).ok).toBe(false);
    expect(await readdir(folder)).toEqual(['a.GPL']);
  });
});
