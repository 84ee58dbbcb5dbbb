import fc from 'fast-check';
import { expect, test } from 'vitest';
import { iterativeStructures } from '../../../shared/families';
import { fitSpecification } from '../../../shared/fit';
import { covarianceStructure } from '../../../shared/model';
import { families, type ChosenFeature } from '../../../shared/registry/families';
import type { OptionDescription, OptionValue } from '../../../shared/registry/optionDescription';
import { optionProblem } from '../../../shared/registry/optionProblem';
import { options } from '../../../shared/registry/options';
import {
  choicesFor,
  choicesOf,
  contextOf,
  defaultChoices,
  optionsFor,
  specificationOf,
  type FitChoices,
} from '../../../shared/registry/specification';
import { ways, waysFor, wayNames } from '../../../shared/registry/ways';
import { colour, length, vote, width } from './features';

const featuresOf: Record<string, readonly ChosenFeature[]> = {
  gaussian: [length, width],
  kmeans: [length, width],
  bernoulli: [vote],
  categorical: [colour],
  mixed: [length, vote, colour],
};
const optionNamed = (name: string): OptionDescription => options.find((option) => option.name === name)!;

const anyChoices: fc.Arbitrary<FitChoices> = fc
  .record({
    family: fc.constantFrom(...families.map((item) => item.family)),
    covariance: fc.constantFrom(...covarianceStructure.options),
    way: fc.constantFrom(...wayNames),
  })
  .map((chosen) => ({ ...defaultChoices(), ...chosen }));

test('what a person starts with is what the contract starts with', () => {
  const said = fitSpecification.parse({
    preparation: { features: ['length', 'width'] },
    model: { family: 'gaussian', components: 3 },
    run: {},
  });
  const features = [length, width];
  expect(specificationOf(contextOf(defaultChoices(), features), features)).toEqual(said);
});

test('every way, family and shape makes a specification that the contract takes', () => {
  fc.assert(
    fc.property(anyChoices, (choices) => {
      const features = featuresOf[choices.family];
      const context = contextOf(choices, features);
      const specification = specificationOf(context, features);
      expect(specification.model.family).toBe(choices.family);
      expect(specification.preparation.features).toEqual(features.map(({ column }) => column.name));
    }),
  );
});

test('the choices of a specification make the same specification', () => {
  fc.assert(
    fc.property(anyChoices, (choices) => {
      const features = featuresOf[choices.family];
      const specification = specificationOf(contextOf(choices, features), features);
      const again = choicesOf(specification, defaultChoices());
      expect(specificationOf(contextOf(again, features), features)).toEqual(specification);
    }),
  );
});

test('a value without a problem is one the contract takes, and the other way round', () => {
  const value = fc.oneof(
    fc.double({ noDefaultInfinity: true }),
    fc.integer({ min: -10, max: 10 }),
    fc.constantFrom(0, 0.5, 1, 1000, 1001, 10_000, 10_001, 1_000_000, 1_000_001, 0xffffffff, 0xffffffff + 1),
  );
  // A million clusters are refused here, for the sake of typing errors.
  const isStricter = (name: string, candidate: number): boolean =>
    name === 'components' && candidate > 100_000;
  for (const option of options) {
    if (option.kind !== 'number' && option.kind !== 'numbers') continue;
    const setting = placeOf(option);
    fc.assert(
      fc.property(value, (candidate) => {
        if (isStricter(option.name, candidate)) return;
        const given: OptionValue = option.kind === 'numbers' ? [candidate] : candidate;
        expect([option.name, candidate, optionProblem(option, given) === null]).toEqual([
          option.name,
          candidate,
          isTaken(
            { ...setting.choices, values: { ...setting.choices.values, [option.name]: given } },
            setting.features,
          ),
        ]);
      }),
      { numRuns: 60 },
    );
  }
});

interface Setting {
  readonly choices: FitChoices;
  readonly features: readonly ChosenFeature[];
}

/** Some choices under which the option applies. */
function placeOf(option: OptionDescription): Setting {
  for (const { family } of families)
    for (const covariance of ['VVV', 'fixed'] as const)
      for (const way of wayNames)
        for (const features of [featuresOf[family], [{ ...length, kind: 'yesNo' as const }]]) {
          const defaults = defaultChoices();
          const values = { ...defaults.values, shortRuns: 5, threshold: 1 };
          const choices = { ...defaults, family, covariance, way, values };
          const context = contextOf(choices, features);
          if (optionsFor(context).includes(option) && isTaken(choices, features))
            return { choices, features };
        }
  throw new Error(`No fit has the option "${option.name}".`);
}

function isTaken(choices: FitChoices, features: readonly ChosenFeature[]): boolean {
  try {
    specificationOf(contextOf(choices, features), features);
    return true;
  } catch {
    return false;
  }
}

test('every option applies to some fit, has a name of its own and a default without a problem', () => {
  expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
  for (const option of options) {
    expect(placeOf(option).features.length).toBeGreaterThan(0);
    if (option.name !== 'threshold') expect(optionProblem(option, option.default)).toBeNull();
  }
});

test.each([
  ['components', 0, 'At least 1.'],
  ['components', 2.5, 'Enter a whole number.'],
  ['components', null, 'Enter a number.'],
  ['tolerance', 1, 'Less than 1.'],
  ['decay', 0.5, 'More than 0.5.'],
  ['restarts', 20_000, 'At most 10,000.'],
  ['start', 'nowhere', 'Choose one of the list.'],
  ['schedule', [], 'Enter numbers with a space between them.'],
  ['schedule', [0.5, 0.3], 'Each must be larger than the one before.'],
  ['schedule', [0.5, 2], '2: At most 1.'],
  ['threshold', null, 'Enter a number.'],
  ['timeLimitSeconds', null, null],
] as const)('%s = %j is answered with %j', (name, value, words) => {
  expect(optionProblem(optionNamed(name), value)).toBe(words);
});

test('a k-means is not offered to start from a k-means', () => {
  const start = optionNamed('start') as Extract<OptionDescription, { kind: 'choice' }>;
  const startsOf = (family: 'kmeans' | 'gaussian'): string[] =>
    choicesFor(start, contextOf({ ...defaultChoices(), family }, [length])).map((choice) => choice.value);
  expect(startsOf('kmeans')).toEqual(['kmeans++', 'random', 'agglomerative']);
  expect(startsOf('gaussian')).toContain('kmeans');
});

test('every way of the registry is for some fit, and a way that is not for the model gives way to its own', () => {
  expect(ways.map((way) => way.way)).toEqual(wayNames);
  const context = (covariance: 'VVE' | 'VVV') =>
    contextOf({ ...defaultChoices(), covariance, way: 'generalised' }, [length]);
  expect(context('VVE').way).toBe('generalised');
  expect(context('VVV').way).toBe('em');
  expect(iterativeStructures).toContain('VVE');
  expect(waysFor(context('VVV')).find(({ way }) => way.way === 'generalised')?.unsuited).toMatch(/VVE/);
});

test('a number of many values as yes/no asks from where on, one of two values does not', () => {
  const names = (features: readonly ChosenFeature[]): string[] =>
    optionsFor(contextOf({ ...defaultChoices(), family: 'bernoulli' }, features)).map(
      (option) => option.name,
    );
  expect(names([{ ...length, kind: 'yesNo' }])).toContain('threshold');
  expect(names([vote])).not.toContain('threshold');
});
