import { expect, it } from 'vitest';
import { contourMasses, densityContours } from '../../renderer/charts/densityContours';

const x = { min: -5, max: 5 };

it('draws circles of the right radius about a round component', () => {
  const found = densityContours([{ x: 0, y: 0, varianceX: 1, covariance: 0, varianceY: 1 }], [1], x, x);
  expect(found.map(({ mass }) => mass)).toEqual([...contourMasses]);
  for (const { mass, lines } of found) {
    expect(lines).toHaveLength(1);
    const radius = Math.sqrt(-2 * Math.log1p(-mass));
    for (const [u, v] of lines[0]) expect(Math.abs(Math.hypot(u, v) - radius)).toBeLessThan(0.06);
  }
});

it('draws a line around each of two components that lie apart', () => {
  const round = { varianceX: 0.2, covariance: 0, varianceY: 0.2 };
  const found = densityContours(
    [
      { x: -3, y: 0, ...round },
      { x: 3, y: 1, ...round },
    ],
    [0.5, 0.5],
    x,
    x,
  );
  expect(found[1].lines).toHaveLength(2);
});

it('draws nothing where there is no density', () => {
  expect(densityContours([{ x: 0, y: 0, varianceX: 0, covariance: 0, varianceY: 0 }], [1], x, x)).toEqual([]);
});
