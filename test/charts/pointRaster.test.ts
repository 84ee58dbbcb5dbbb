import { expect, it } from 'vitest';
import { rasterColour, rasterise, type RasterColours } from '../../renderer/charts/pointRaster';

const colours: RasterColours = {
  clusters: [
    [255, 0, 0],
    [0, 0, 255],
  ],
  none: [100, 100, 100],
};
const window = { x: { min: 0, max: 4 }, y: { min: 0, max: 2 }, columns: 4, rows: 2 };

function dots(pixels: Uint8ClampedArray): number[][] {
  return Array.from({ length: pixels.length / 4 }, (_, dot) => [...pixels.subarray(4 * dot, 4 * dot + 4)]);
}

it('puts a point on the dot it lies on, the largest y on top', () => {
  const painted = dots(
    rasterise({ x: [0.5, 3.9], y: [1.5, 0.1], label: [0, 1], isSelected: null }, window, colours, 1),
  );
  expect(painted.map((dot) => (dot[3] > 0 ? dot.slice(0, 3) : null))).toEqual([
    [255, 0, 0],
    null,
    null,
    null,
    null,
    null,
    null,
    [0, 0, 255],
  ]);
});

it('mixes the colours of points on one dot by their numbers', () => {
  const [first] = dots(
    rasterise(
      { x: [0.1, 0.2, 0.3, 0.4], y: [1.5, 1.5, 1.5, 1.5], label: [0, 0, 0, 1], isSelected: null },
      window,
      colours,
      1,
    ),
  );
  expect(first).toEqual([191, 0, 64, 255]);
});

it('paints what is denser more opaquely, and the densest dot wholly', () => {
  const painted = dots(
    rasterise(
      { x: [0.5, 1.5, 1.5, 2.5, 2.5, 2.5, 2.5], y: Array<number>(7).fill(1), label: null, isSelected: null },
      window,
      colours,
      1,
    ),
  );
  const opacity = painted.slice(4).map((dot) => dot[3]);
  expect(opacity[0]).toBeGreaterThan(100);
  expect(opacity[1]).toBeGreaterThan(opacity[0]);
  expect(opacity[2]).toBe(255);
  expect(opacity[3]).toBe(0);
});

it('passes over what is out of sight or no number, and gives a row of no cluster its own colour', () => {
  const painted = dots(
    rasterise(
      { x: [-1, 9, NaN, 1.5], y: [1, 1, 1, NaN], label: [0, 0, 0, 0], isSelected: null },
      window,
      colours,
      1,
    ),
  );
  expect(painted.every((dot) => dot[3] === 0)).toBe(true);
  const [first] = dots(rasterise({ x: [0.5], y: [1.5], label: [-1], isSelected: null }, window, colours, 1));
  expect(first.slice(0, 3)).toEqual([100, 100, 100]);
});

it('lets what is not selected fade beside what is', () => {
  const painted = dots(
    rasterise({ x: [0.5, 1.5], y: [1.5, 1.5], label: [0, 0], isSelected: [1, 0] }, window, colours, 1),
  );
  expect(painted[1][3]).toBeGreaterThan(0);
  expect(painted[1][3]).toBeLessThan(painted[0][3] / 4);
});

it('covers a square around each point and is cut off at the edge', () => {
  const painted = dots(rasterise({ x: [0.5], y: [1.5], label: [0], isSelected: null }, window, colours, 3));
  expect(painted.map((dot) => (dot[3] > 0 ? 1 : 0))).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
});

it('reads the colours that style sheets write', () => {
  expect(rasterColour('#0072b2')).toEqual([0, 114, 178]);
  expect(rasterColour('rgb(12, 34, 56)')).toEqual([12, 34, 56]);
});
