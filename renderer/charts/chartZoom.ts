import type { Range } from '../../shared/range';

/** What of an axis is in sight, in percent of its length; absent ends are those of the axis. */
export interface AxisZoom {
  readonly start?: number;
  readonly end?: number;
}

/** The part of an axis in sight, in its units. */
export function rangeInSight({ min, max }: Range, { start = 0, end = 100 }: AxisZoom): Range {
  return { min: min + (start / 100) * (max - min), max: min + (end / 100) * (max - min) };
}

/** What is in sight, scaled by `scale` about its middle and moved by `move` of its new length; it stays on the axis. */
export function changedZoom(
  { start = 0, end = 100 }: AxisZoom,
  scale: number,
  move: number,
): [number, number] {
  const width = Math.min(100, (end - start) * scale);
  const middle = (start + end) / 2 + move * width;
  const from = Math.min(100 - width, Math.max(0, middle - width / 2));
  return [from, from + width];
}

/** What keys do to both axes: plus and minus zoom, arrows move, 0 shows everything. */
export const zoomKeys: Readonly<Record<string, readonly [scale: number, moveX: number, moveY: number]>> = {
  '+': [0.8, 0, 0],
  '=': [0.8, 0, 0],
  '-': [1.25, 0, 0],
  ArrowLeft: [1, -0.1, 0],
  ArrowRight: [1, 0.1, 0],
  ArrowUp: [1, 0, 0.1],
  ArrowDown: [1, 0, -0.1],
  '0': [100, 0, 0],
};
