import type { Range } from '../../shared/range';

/** Points to be painted dot by dot: any number of them, none left out. */
export interface RasterPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Index into `colours` of each point; outside it, and null for all: the colour of no cluster. */
  readonly label: ArrayLike<number> | null;
  /** 1: the point is selected. null: there is no selection, and all count alike. */
  readonly isSelected: ArrayLike<number> | null;
}

/** The part of the plane that is in sight, and the dots it is painted with. */
export interface RasterWindow {
  readonly x: Range;
  readonly y: Range;
  readonly columns: number;
  readonly rows: number;
}

/** Red, green and blue, 0 to 255. */
export type RasterColour = readonly [number, number, number];

export interface RasterColours {
  readonly clusters: readonly RasterColour[];
  readonly none: RasterColour;
}

/** A dot with one point on it is so opaque, that with the most points is wholly so. By eye. */
const leastOpacity = 0.45;

/** What is left of a dot's opacity while other points are selected. By eye: to be seen, never to be confused. */
const fadedOpacity = 0.2;

/** Numbers of a dot: red, green, blue, and opacity or, while points are added, their number. */
const channels = 4;

/**
 * Paints points as a density: each dot takes the mean colour of the points on it and the opacity of their number, on a
 * logarithmic scale; with a selection, its points lie on top and the others fade. The cost is one pass over the points
 * and one over the dots, so a million points can be panned. Points that are not finite or out of sight are passed over.
 *
 * size    side of the square each point covers, in dots, at least 1
 * Returns columns x rows dots of red, green, blue, opacity, the first row on top, as `ImageData` takes them.
 */
export function rasterise(
  points: RasterPoints,
  window: RasterWindow,
  colours: RasterColours,
  size: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(window.columns * window.rows * channels);
  const { isSelected } = points;
  if (isSelected === null) {
    shade(sumColours(points, null, window, colours, size), 1, pixels);
    return pixels;
  }
  shade(sumColours(points, 0, window, colours, size), fadedOpacity, pixels);
  shade(sumColours(points, 1, window, colours, size), 1, pixels);
  return pixels;
}

/** Of each dot the sums of colours and the number of points; `only`: those with this mark of selection. */
function sumColours(
  { x, y, label, isSelected }: RasterPoints,
  only: 0 | 1 | null,
  window: RasterWindow,
  colours: RasterColours,
  size: number,
): Float32Array {
  const { columns, rows } = window;
  const sums = new Float32Array(columns * rows * channels);
  const palette = [...colours.clusters, colours.none];
  const none = colours.clusters.length;
  const perX = columns / (window.x.max - window.x.min);
  const perY = rows / (window.y.max - window.y.min);
  const before = (size - 1) >> 1;
  for (let i = 0; i < x.length; i++) {
    if (only !== null && isSelected !== null && isSelected[i] !== only) continue;
    const column = Math.floor((x[i] - window.x.min) * perX);
    const row = Math.floor((window.y.max - y[i]) * perY);
    // Written so that NaN is out of sight.
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) continue;
    const cluster = label === null ? none : label[i];
    const [red, green, blue] = cluster >= 0 && cluster < none ? palette[cluster] : palette[none];
    const top = Math.max(0, row - before);
    const left = Math.max(0, column - before);
    const bottom = Math.min(rows, row - before + size);
    const right = Math.min(columns, column - before + size);
    for (let r = top; r < bottom; r++)
      for (let c = left; c < right; c++) {
        const at = (r * columns + c) * channels;
        sums[at] += red;
        sums[at + 1] += green;
        sums[at + 2] += blue;
        sums[at + 3]++;
      }
  }
  return sums;
}

/** Writes dots that have points: sums of colours as colours, numbers of points as shares of `opacity`. */
function shade(sums: Float32Array, opacity: number, pixels: Uint8ClampedArray): void {
  let most = 1;
  for (let at = 3; at < sums.length; at += channels) if (sums[at] > most) most = sums[at];
  const perLog = most > 1 ? (1 - leastOpacity) / Math.log(most) : 0;
  for (let at = 0; at < sums.length; at += channels) {
    const count = sums[at + 3];
    if (count === 0) continue;
    pixels[at] = sums[at] / count;
    pixels[at + 1] = sums[at + 1] / count;
    pixels[at + 2] = sums[at + 2] / count;
    pixels[at + 3] = 255 * opacity * (leastOpacity + perLog * Math.log(count));
  }
}

/** `#rrggbb` or `rgb(r, g, b)` as numbers. */
export function rasterColour(css: string): RasterColour {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(css.trim());
  if (hex) return [parseInt(hex[1], 16), parseInt(hex[2], 16), parseInt(hex[3], 16)];
  const [red = 0, green = 0, blue = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
