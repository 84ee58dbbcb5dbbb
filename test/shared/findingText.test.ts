import { expect, test } from 'vitest';
import { finding, type Finding } from '../../shared/finding';
import { findingText } from '../../shared/findingText';

const examples: readonly [Finding, string][] = [
  [{ kind: 'constantColumn', column: 'x' }, '"x" is the same in every row used'],
  [{ kind: 'emptyColumn', column: 'x' }, '"x" has no value'],
  [{ kind: 'duplicateColumns', columns: ['x', 'y', 'z'] }, '"x", "y" and "z" say the same'],
  [{ kind: 'collinearColumn', column: 'x' }, '"x" follows exactly from the other columns'],
  [
    { kind: 'fewRowsPerCluster', rows: 10, components: 4, needed: 3 },
    '10 rows for 4 clusters, where the covariance of each takes at least 3',
  ],
  [{ kind: 'fewDistinctRows', distinct: 2, components: 3 }, 'Only 2 distinct rows for 3 clusters'],
  [
    { kind: 'scalesApart', widest: 'x', narrowest: 'y', ratio: 2.5e6 },
    '"x" varies 2500000 times as much as "y"',
  ],
  [{ kind: 'farFromZero', column: 'x' }, '"x" lies so far from zero'],
];

test.each(examples)('%j is said in words', (example, words) => {
  expect(findingText(example)).toContain(words);
});

test('every finding of the contract has words', () => {
  expect(examples.map(([{ kind }]) => kind).sort()).toEqual(
    finding.options.map((option) => option.shape.kind.value).sort(),
  );
});
