import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameOfEach, numberedNames } from '../../../../renderer/components/picture/givenNames';
import { colourOfHex } from '../../../../shared/image/hexColour';

const colours = (...hexes: string[]) => hexes.map((hex) => colourOfHex(hex)!);

test('a colour that stayed keeps its name, though another has come nearer to where it was', () => {
  const given = [{ name: 'fur', colours: colours('#a0522d') }];
  expect(nameOfEach(colours('#a15330', '#a0522d'), given)).toEqual([null, 0]);
});

test('a colour that moved a little has its name still', () => {
  expect(nameOfEach(colours('#a8582d', '#000000'), [{ name: 'fur', colours: colours('#a0522d') }])).toEqual([
    0,
    null,
  ]);
});

test('a name whose colour is gone is nobody else’s', () => {
  expect(nameOfEach(colours('#0000ff'), [{ name: 'fur', colours: colours('#a0522d') }])).toEqual([null]);
});

test('a name that was carried to another colour is found at either, once', () => {
  const given = [{ name: 'fur', colours: colours('#a0522d', '#0000ff') }];
  expect(nameOfEach(colours('#0000ff'), given)).toEqual([0]);
  expect(nameOfEach(colours('#a0522d'), given)).toEqual([0]);
  expect(nameOfEach(colours('#a0522d', '#0000ff'), given).filter((at) => at === 0)).toHaveLength(1);
});

test('two colours may be given the same name', () => {
  const given = [
    { name: 'sky', colours: colours('#a0c0ff') },
    { name: 'sky', colours: colours('#a8c8ff') },
  ];
  expect(nameOfEach(colours('#a8c8ff', '#a0c0ff'), given)).toEqual([1, 0]);
});

test('each name is had at most once, each colour has at most one', () => {
  const level = fc.integer({ min: 0, max: 255 });
  const colour = fc.record({ red: level, green: level, blue: level, opacity: level });
  fc.assert(
    fc.property(fc.array(colour), fc.array(fc.array(colour, { minLength: 1 })), (palette, sets) => {
      const given = sets.map((own, index) => ({ name: String(index), colours: own }));
      const found = nameOfEach(palette, given);
      const had = found.filter((place) => place !== null);
      expect(found).toHaveLength(palette.length);
      expect(new Set(had).size).toBe(had.length);
    }),
  );
});

test('names that repeat are numbered from the second on', () => {
  expect(numberedNames(['sienna', 'silver', 'sienna', 'sienna'])).toEqual([
    'sienna',
    'silver',
    'sienna 2',
    'sienna 3',
  ]);
});
