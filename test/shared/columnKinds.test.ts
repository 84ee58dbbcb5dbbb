import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindFor, mostLevels, possibleKinds } from '../../shared/columnKinds';
import { familyTraits } from '../../shared/families';
import { usualKind } from '../../shared/features';
import { columnType } from '../../shared/table';
import { column } from '../renderer/support/tableFixtures';

const anyColumn = fc
  .record({ type: fc.constantFrom(...columnType.options), distinct: fc.integer({ min: 1, max: 300 }) })
  .map(({ type, distinct }) =>
    column({ type, distinct: type === 'boolean' ? Math.min(2, distinct) : distinct }),
  );

test('a kind a column is given without being told is one it can have', () => {
  fc.assert(
    fc.property(anyColumn, fc.constantFrom(...Object.values(familyTraits)), (read, { takes }) => {
      const kind = kindFor(read, takes);
      if (kind === null) expect(possibleKinds(read)).toEqual([]);
      else expect(possibleKinds(read)).toContain(kind);
    }),
  );
});

test('in a mixed model it is the kind that a job without kinds would get', () => {
  const { takes } = familyTraits.mixed;
  fc.assert(
    fc.property(anyColumn, (read) => {
      if (possibleKinds(read).length > 0 && read.type !== 'mixed')
        expect([read.type, read.distinct, kindFor(read, takes)]).toEqual([
          read.type,
          read.distinct,
          usualKind(read, takes),
        ]);
    }),
  );
});

test.each([
  ['date', 5, []],
  ['empty', 1, []],
  ['text', mostLevels + 1, []],
  ['text', 3, ['category']],
  ['category', 2, ['yesNo', 'category']],
  ['boolean', 2, ['yesNo', 'category']],
  ['number', 200, ['number', 'yesNo']],
  ['integer', 200, ['number', 'yesNo']],
  ['integer', 5, ['number', 'category', 'yesNo']],
] as const)('%s of %d values can be %j', (type, distinct, kinds) => {
  expect(possibleKinds(column({ type, distinct }))).toEqual(kinds);
});
