import { expect, test } from 'vitest';
import { familyTraits } from '../../../shared/families';
import { modelSpecification } from '../../../shared/model';
import {
  families,
  kindInFamily,
  suitableFamilies,
  type ChosenFeature,
} from '../../../shared/registry/families';
import { gridModels } from '../../../shared/registry/gridModels';
import { colour, feature, length, vote, width } from './features';

const zeroOne = feature('yes', 'integer', 2, null, {
  numeric: { ...length.column.numeric!, min: 0, max: 1 },
});

const first = (features: readonly ChosenFeature[]): string => suitableFamilies(features)[0].family;
const reasonOf = (family: string, features: readonly ChosenFeature[]): string | null =>
  suitableFamilies(features).find((one) => one.family === family)!.reason;

test('every family of the contract is offered once', () => {
  const names = modelSpecification.options.map((option) => option.shape.family.value);
  expect(families.map((item) => item.family).sort()).toEqual([...names].sort());
});

test.each([
  ['numbers', [length, width], 'gaussian'],
  ['yes/no', [vote], 'bernoulli'],
  ['categories', [colour], 'categorical'],
  ['categories beside yes/no', [colour, vote], 'categorical'],
  ['numbers beside categories', [length, colour], 'mixed'],
  ['numbers beside yes/no', [length, vote], 'mixed'],
  ['numbers beside 0 and 1', [length, width, zeroOne], 'mixed'],
  [
    'numbers beside 0 and 1 that a person calls a number',
    [length, { ...zeroOne, kind: 'number' }],
    'gaussian',
  ],
] as const)('%s are offered the family that suits them first', (_, features, family) => {
  expect(first(features)).toBe(family);
});

test('a comparison has Gaussian models or mixed ones, as suits the features, never both', () => {
  const familiesOf = (features: readonly ChosenFeature[]): string[] => [
    ...new Set(gridModels(features).map(({ model }) => model.family)),
  ];
  expect(familiesOf([length, width])).toEqual(['gaussian', 'kmeans']);
  expect(familiesOf([length, width, zeroOne])).toEqual(['mixed', 'kmeans']);
});

test('a family that has no likelihood for a column says so by its name', () => {
  expect(reasonOf('bernoulli', [vote, length])).toBe('Takes yes/no; "length" is a number.');
  expect(reasonOf('gaussian', [length, colour])).toBe('Takes numbers; "colour" is a category.');
  expect(suitableFamilies([length, colour]).filter((one) => one.isPossible)).toHaveLength(1);
});

test('what speaks for a family is said in words', () => {
  expect(reasonOf('bernoulli', [vote, vote])).toBe('Both columns are yes/no.');
  expect(reasonOf('mixed', [length, width, colour])).toBe('2 numbers, 1 category');
});

test('without features every family is possible', () => {
  expect(suitableFamilies([]).every((one) => one.isPossible)).toBe(true);
});

test('a column is taken as the family needs it where that is natural, else as what it is', () => {
  expect(kindInFamily(vote, 'categorical')).toBe('category');
  expect(kindInFamily(vote, 'mixed')).toBe('yesNo');
  expect(kindInFamily(feature('answer', 'integer', 5), 'categorical')).toBe('category');
  expect(kindInFamily(feature('answer', 'integer', 5), 'mixed')).toBe('number');
  expect(kindInFamily(length, 'categorical')).toBe('number');
  expect(kindInFamily(zeroOne, 'gaussian')).toBe('number');
  expect(kindInFamily(zeroOne, 'bernoulli')).toBe('yesNo');
});

test('a kind that a person chose stands, whatever the family', () => {
  expect(kindInFamily({ ...length, kind: 'yesNo' }, 'bernoulli')).toBe('yesNo');
  expect(first([{ ...length, kind: 'yesNo' }])).toBe('bernoulli');
});

test('the kind of a possible family is always one it takes', () => {
  const features = [length, vote, colour];
  for (const { family, isPossible } of features.flatMap((one) => suitableFamilies([one])))
    if (isPossible)
      expect(
        features.some((one) => familyTraits[family].takes.includes(kindInFamily(one, family) ?? 'number')),
      ).toBe(true);
});
