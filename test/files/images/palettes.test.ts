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
import { hexOf } from '../../../shared/image/hexColour';
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

/** What is read of a text: `name #hex` of each colour. */
function listed(end: string, bytes: string | Uint8Array): readonly string[] | string {
  const read = paletteFormats.get(end)!.read(Buffer.from(bytes));
  return typeof read === 'string' ? read : read.colours.map((colour) => `${colour.name} ${hexOf(colour)}`);
}

const coolors = `/* CSS HEX */
--charcoal: #264653ff;
--sea: #2a9d8fff;

/* CSS HSL */
--charcoal: hsla(197, 37%, 24%, 1);
--sea: hsla(173, 58%, 39%, 1);

/* SCSS HEX */
$charcoal: #264653ff;

/* SCSS Gradient */
$gradient-top: linear-gradient(0deg, #264653ff, #2a9d8fff);
`;
const adobeColor = `/* Color Theme Swatches in Hex */
.Theme-1-hex { color: #25396E; }
.Theme-2-hex { color: #4F72C4; }
/* Color Theme Swatches in RGBA */
.Theme-1-rgba { color: rgba(37, 57, 110, 1); }
.Theme-2-rgba { color: rgba(79, 114, 196, 1); }
`;

test.each([
  ['Coolors', coolors, ['charcoal #264653', 'sea #2a9d8f']],
  ['Adobe Color', adobeColor, ['Theme-1 #25396e', 'Theme-2 #4f72c4']],
  ['a preprocessor', '$ink: #264653;\n@sea: rgb(42, 157, 143);\n', ['ink #264653', 'sea #2a9d8f']],
  [
    'a person',
    '--a: rgb(100% 0% 50%); --grün: hsl(120deg 100% 25%); --c: hsla(-60,50%,50%,.5); --d: red;',
    ['a #ff0080', 'grün #008000', 'c #bf40bf80'],
  ],
])('a style sheet of %s is read, each name once', (_, text, expected) => {
  expect(listed('.css', text)).toEqual(expected);
});

test('colours of a style sheet whose names are those that others would get are all kept', () => {
  const colours = ['', 'colour-1', 'a', 'a', 'colour-4'].map((own, blue) => {
    return { red: 0, green: 0, blue, opacity: 255, name: own };
  });
  expect(listed('.css', paletteFormats.get('.css')!.write({ name: '', colours }))).toHaveLength(5);
});

test.each([
  ['a list without #', ['264653', '2a9d8f'], [' #264653', ' #2a9d8f']],
  ['names and texts', { Charcoal: '264653', Sea: '#2a9d8f' }, ['Charcoal #264653', 'Sea #2a9d8f']],
  ['more than is used', [{ name: 'Charcoal', hex: '264653', rgb: [38, 70, 83] }], ['Charcoal #264653']],
  ['colors', { name: 'Sweetie', author: 'x', colors: ['1a1c2c', '5d275d'] }, [' #1a1c2c', ' #5d275d']],
])('JSON of %s is read', (_, document, expected) => {
  expect(listed('.json', JSON.stringify(document))).toEqual(expected);
});

/** A swatch of an .ase as Adobe's programs write it, of global, spot or process colours. */
function swatchBlock(name: string, model: string, levels: readonly number[]): Buffer {
  const text = Buffer.from(`${name}\0`, 'utf16le').swap16();
  const body = Buffer.alloc(2 + text.length + 4 + 4 * levels.length + 2);
  body.writeUInt16BE(text.length / 2, 0);
  text.copy(body, 2);
  body.write(model, 2 + text.length, 'latin1');
  levels.forEach((level, at) => body.writeFloatBE(level, 6 + text.length + 4 * at));
  const head = Buffer.alloc(6);
  head.writeUInt16BE(1, 0);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function swatchFile(...blocks: readonly Buffer[]): Buffer {
  const head = Buffer.from('ASEF\0\x01\0\0\0\0\0\0', 'latin1');
  head.writeUInt32BE(blocks.length, 8);
  return Buffer.concat([head, ...blocks]);
}

test('swatches of every model are read, and inks are counted as estimates', () => {
  const file = swatchFile(
    swatchBlock('R=63 ü', 'RGB ', [63 / 255, 169 / 255, 1.0001]),
    // CIELAB (D50) by littlecms 2, relative colorimetric, which rounds once more: 89 141 53 and 221 181 223.
    swatchBlock('PANTONE', 'LAB ', [137 / 255, -30, 40]),
    swatchBlock('lilac', 'LAB ', [200 / 255, 20, -15]),
    swatchBlock('50 %', 'Gray', [0.5]),
    // 255 (1 - (1 (1 - 0.2) + 0.2)) = 0; 255 (1 - (0.5 x 0.8 + 0.2)) = 102; 255 x 0.8 = 204.
    swatchBlock('C=100 M=50', 'CMYK', [1, 0.5, 0, 0.2]),
  );
  expect(listed('.ase', file)).toEqual([
    'R=63 ü #3fa9ff',
    'PANTONE #5a8e35',
    'lilac #ddb6df',
    '50 % #808080',
    'C=100 M=50 #0066cc',
  ]);
  expect(paletteFormats.get('.ase')!.read(file)).toMatchObject({ estimated: 1 });
  expect(listed('.ase', swatchFile(swatchBlock('x', 'CMYK', [2, 0, 0, 0])))).toMatch(/colour 1 has a level/);
  expect(listed('.ase', swatchFile(swatchBlock('x', 'HSB ', [0, 0, 0])))).toMatch(/colour 1 .*"HSB"/);
});

test('a colour table that tells of no colours has all 256', () => {
  const table = Buffer.alloc(772);
  table.set([1, 2, 3], 765);
  const all = listed('.act', table);
  expect([all.length, all[0], all[255]]).toEqual([256, ' #000000', ' #010203']);
  table.writeUInt16BE(2, 768);
  table.writeUInt16BE(0xffff, 770);
  expect(listed('.act', table)).toEqual([' #000000', ' #000000']);
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
