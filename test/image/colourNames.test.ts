import { colorsNamed } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colourName } from '../../electron/image/colourNames';
import { colourOfHex } from '../../shared/image/hexColour';

const nameOf = (hex: string): string => colourName(colourOfHex(hex)!);
const cssHex = (name: keyof typeof colorsNamed): string =>
  `#${colorsNamed[name].toString(16).padStart(6, '0')}`;

test.each(['red', 'green', 'blue', 'yellow', 'cyan', 'magenta', 'orange', 'gold', 'olive', 'teal'] as const)(
  'the CSS colour %s has the same name here',
  (name) => {
    expect(nameOf(cssHex(name))).toBe(name);
  },
);

test.each([
  ['white', 'white'],
  ['black', 'black'],
  ['grey', 'grey'],
  ['silver', 'light grey'],
  ['darkred', 'dark red'],
  ['navy', 'very dark blue'],
  ['saddlebrown', 'brown'],
  ['lightpink', 'light pink'],
  ['slategrey', 'greyish blue'],
  ['lightyellow', 'pale yellow'],
  ['indigo', 'dark violet'],
] as const)('the CSS colour %s is %s', (css, name) => {
  expect(nameOf(cssHex(css))).toBe(name);
});

test.each([
  ['#28170f', 'very dark greyish brown'],
  ['#81532f', 'brown'],
  ['#b3998f', 'light greyish brown'],
])('the fur colour %s is %s, not the blue or grey that is nearest among CSS names', (hex, name) => {
  expect(nameOf(hex)).toBe(name);
});

test('what cannot be seen is transparent, whatever its channels', () => {
  expect(nameOf('#ff000000')).toBe('transparent');
  expect(nameOf('#ff000080')).toBe('red');
});

test('greys have no hue, in the order of their lightness', () => {
  const names = Array.from({ length: 256 }, (_, level) =>
    colourName({ red: level, green: level, blue: level, opacity: 255 }),
  );
  expect([...new Set(names)]).toEqual([
    'black',
    'very dark grey',
    'dark grey',
    'grey',
    'light grey',
    'pale grey',
    'white',
  ]);
});

test('every colour has a name of at most four words', () => {
  const level = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(level, level, level, (red, green, blue) => {
      expect(colourName({ red, green, blue, opacity: 255 })).toMatch(/^[a-z]+( [a-z]+){0,3}$/);
    }),
  );
});
