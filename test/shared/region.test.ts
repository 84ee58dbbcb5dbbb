import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pointsInRegion } from '../../shared/region';

it('tells the points in a rectangle from those beside it', () => {
  const corners = [
    [0, 0],
    [2, 0],
    [2, 1],
    [0, 1],
  ] as const;
  expect([...pointsInRegion([1, 3, -1, 1, NaN], [0.5, 0.5, 0.5, 2, 0.5], corners)]).toEqual([0]);
});

it('leaves out the bay of a line that is not convex', () => {
  const corners = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 1],
    [0, 4],
  ] as const;
  expect([...pointsInRegion([2, 0.5, 3.5], [3, 2, 2], corners)]).toEqual([1, 2]);
});

it('gives the same points wherever the line begins and whichever way it goes', () => {
  const corner = fc.tuple(
    fc.double({ min: -9, max: 9, noNaN: true }),
    fc.double({ min: -9, max: 9, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(corner, { minLength: 3, maxLength: 9 }),
      fc.array(corner, { maxLength: 20 }),
      (corners, points) => {
        const inside = (line: readonly (readonly [number, number])[]): number[] => [
          ...pointsInRegion(
            points.map(([x]) => x),
            points.map(([, y]) => y),
            line,
          ),
        ];
        const moved = [...corners.slice(1), corners[0]];
        expect(inside(moved)).toEqual(inside(corners));
      },
    ),
  );
});
