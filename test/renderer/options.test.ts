import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  choicesFor,
  defaultChoices,
  families,
  optionProblem,
  options,
  type OptionDescription,
} from '../../renderer/components/fit/options';
import { fitSpecification } from '../../shared/fit';
import { modelSpecification } from '../../shared/model';

const optionNamed = (name: OptionDescription['name']): OptionDescription =>
  options.find((option) => option.name === name)!;

test('every family of the contract has a card', () => {
  const names = modelSpecification.options.map((option) => option.shape.family.value);
  expect(families.map((item) => item.family).sort()).toEqual([...names].sort());
});

test('what a person starts with is what the contract starts with', () => {
  const { model, run, start, preparation } = fitSpecification.parse({
    preparation: { features: ['x'] },
    model: { family: 'gaussian', components: 3 },
    run: {},
  });
  const choices = defaultChoices();
  expect(choices).toMatchObject({ ...model, scaling: preparation.scaling });
  expect(choices).toMatchObject({ ...run });
  expect(start).toEqual({ method: choices.start });
});

test('the defaults have no problem', () => {
  for (const option of options) expect(optionProblem(option, option.default)).toBeNull();
});

test('a value without a problem is one the contract takes, and the other way round', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer({ min: -10, max: 10 }),
    fc.constantFrom(0, 1, 0xffffffff, 0xffffffff + 1, 10_000, 10_001, 1_000_000, 1_000_001, 0.5),
  );
  const accepts = (name: string, candidate: number): boolean =>
    fitSpecification.safeParse({
      preparation: { features: ['x'] },
      model: {
        family: 'gaussian',
        components: 1,
        ...(name === 'components' || name === 'ridge' ? { [name]: candidate } : {}),
      },
      run: name === 'components' || name === 'ridge' ? {} : { [name]: candidate },
    }).success;
  // A million clusters and a ridge beyond a million are refused here, for the sake of typing errors.
  const stricter = (name: string, candidate: number): boolean =>
    (name === 'components' && candidate > 100_000) || (name === 'ridge' && candidate > 1e6);
  for (const name of ['components', 'ridge', 'restarts', 'tolerance', 'maxIterations', 'seed'] as const)
    fc.assert(
      fc.property(value, (candidate) => {
        if (stricter(name, candidate)) return;
        expect([candidate, optionProblem(optionNamed(name), candidate) === null]).toEqual([
          candidate,
          accepts(name, candidate),
        ]);
      }),
    );
});

test.each([
  ['components', 0, 'At least 1.'],
  ['components', 2.5, 'Enter a whole number.'],
  ['components', null, 'Enter a number.'],
  ['tolerance', 1, 'Less than 1.'],
  ['restarts', 20_000, 'At most 10,000.'],
  ['start', 'nowhere', 'Choose one of the list.'],
] as const)('%s = %s is refused in words', (name, value, words) => {
  expect(optionProblem(optionNamed(name), value)).toBe(words);
});

test('a k-means is not offered to start from a k-means', () => {
  const start = optionNamed('start') as Extract<OptionDescription, { kind: 'choice' }>;
  expect(choicesFor(start, 'kmeans').map((choice) => choice.value)).toEqual(['kmeans++', 'random']);
  expect(choicesFor(start, 'gaussian').map((choice) => choice.value)).toContain('kmeans');
});
