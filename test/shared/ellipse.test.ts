import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ellipseOutline, halfWidthOfMass, radiusOfMass } from '../../shared/ellipse';
import type { PlaneGaussian } from '../../shared/projection';

const finite = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const gaussian = fc
  .record({
    x: finite(-100, 100),
    y: finite(-100, 100),
    sdX: finite(0.1, 50),
    sdY: finite(0.1, 50),
    correlation: finite(-0.99, 0.99),
  })
  .map(({ x, y, sdX, sdY, correlation }): PlaneGaussian => ({
    x,
    y,
    varianceX: sdX * sdX,
    covariance: correlation * sdX * sdY,
    varianceY: sdY * sdY,
  }));

function squaredDistance(of: PlaneGaussian, x: number, y: number): number {
  const determinant = of.varianceX * of.varianceY - of.covariance * of.covariance;
  const u = x - of.x;
  const v = y - of.y;
  return (of.varianceY * u * u - 2 * of.covariance * u * v + of.varianceX * v * v) / determinant;
}

test('every corner of the outline has the Mahalanobis distance of its mass', () => {
  fc.assert(
    fc.property(gaussian, finite(0.05, 0.99), (of, mass) => {
      const radius = radiusOfMass(mass);
      for (const [x, y] of ellipseOutline(of, mass))
        expect(squaredDistance(of, x, y) / radius ** 2).toBeCloseTo(1, 8);
    }),
  );
});

/** True when a point is inside a closed outline: an odd number of edges cross the ray to the right of it. */
function isInside(outline: [number, number][], x: number, y: number): boolean {
  let inside = false;
  for (let i = 1; i < outline.length; i++) {
    const [ax, ay] = outline[i - 1];
    const [bx, by] = outline[i];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

test('the density summed over a fine grid inside the outline is the stated mass', () => {
  const of = { x: 3, y: -2, varianceX: 4, covariance: 1.5, varianceY: 1 };
  const determinant = of.varianceX * of.varianceY - of.covariance ** 2;
  const step = 0.04;
  for (const mass of [0.5, 0.95]) {
    const outline = ellipseOutline(of, mass);
    let sum = 0;
    for (let x = of.x - 12; x < of.x + 12; x += step)
      for (let y = of.y - 6; y < of.y + 6; y += step)
        if (isInside(outline, x, y)) sum += Math.exp(-squaredDistance(of, x, y) / 2);
    // A polygon of 72 corners lacks 0.13 % of the area of its ellipse; the grid adds as much again.
    expect((sum * step * step) / (2 * Math.PI * Math.sqrt(determinant))).toBeCloseTo(mass, 2);
  }
});

test('moving or stretching the Gaussian moves or stretches its outline', () => {
  fc.assert(
    fc.property(gaussian, finite(-50, 50), finite(0.5, 4), (of, shift, scale) => {
      const changed = ellipseOutline(
        {
          x: of.x * scale + shift,
          y: of.y * scale,
          varianceX: of.varianceX * scale ** 2,
          covariance: of.covariance * scale ** 2,
          varianceY: of.varianceY * scale ** 2,
        },
        0.95,
      );
      ellipseOutline(of, 0.95).forEach(([x, y], corner) => {
        expect(changed[corner][0]).toBeCloseTo(x * scale + shift, 6);
        expect(changed[corner][1]).toBeCloseTo(y * scale, 6);
      });
    }),
  );
});

test('an outline is closed', () => {
  const outline = ellipseOutline({ x: 1, y: 2, varianceX: 4, covariance: 1, varianceY: 9 }, 0.5);
  expect(outline.at(-1)).toEqual(outline[0]);
});

test('a covariance without spread gives finite corners, not NaN', () => {
  for (const of of [
    { x: 1, y: 2, varianceX: 0, covariance: 0, varianceY: 0 },
    { x: 1, y: 2, varianceX: 0, covariance: 0, varianceY: 1 },
    { x: 1, y: 2, varianceX: 1, covariance: 1 + 1e-12, varianceY: 1 },
    { x: 1, y: 2, varianceX: -1e-18, covariance: 0, varianceY: 1 },
  ])
    for (const corner of ellipseOutline(of, 0.95)) expect(corner.every(Number.isFinite)).toBe(true);
});

test('95 % of a plane lies within 2.448 deviations, and of a line within 1.960', () => {
  expect(radiusOfMass(0.95)).toBeCloseTo(2.4477, 4);
  expect(halfWidthOfMass(0.95)).toBeCloseTo(1.95996, 4);
  expect(halfWidthOfMass(0.5)).toBeCloseTo(0.67449, 4);
});
