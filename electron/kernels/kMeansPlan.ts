import type { KMeansLayout, KMeansMemory, RunLayout, TilesLayout } from './kMeansLayout';
import { orderingParts } from './kMeansLayout';

/** Words of the plan, in the order of `electron/kernels/source/kMeansPlan.ts`. */
export const planWord = {
  mode: 20,
  largestDrift: 21,
  errorFixed: 22,
  errorPerSquare: 23,
  scale: 24,
  nearest: 26,
  candidates: 27,
  places: 30,
  byDistance: 36,
  lower: 37,
} as const;

/** What a pass finds from the one before it: nothing, labels and bounds, labels alone. */
export const passMode = { first: 0, bounded: 1, unbounded: 2 } as const;

/** What a plan says of the rows it is for. */
export interface PlannedRows {
  readonly rows: number;
  readonly weight: number;
  readonly tiles: TilesLayout;
  /** 0: rows are not in boxes. */
  readonly boxes: number;
}

/** Writes the plan of a run over `planned` rows at address `plan`; what changes from pass to pass is left at zero. */
export function writePlan(
  buffer: ArrayBufferLike,
  plan: number,
  place: KMeansMemory,
  layout: KMeansLayout,
  run: RunLayout,
  planned: PlannedRows,
  scale: number,
): void {
  const words = new Int32Array(buffer);
  const { n, d, k } = place;
  const { ordered, copies, cells } = layout;
  const { tiles, squares, squareSums } = planned.tiles;
  words.set(
    [
      ...[planned.rows, planned.weight, n, d, k, layout.chunkRows, layout.chunks, run.origin],
      ...[tiles, squares, squareSums, run.label, run.bound, run.sums, run.totals],
      ...[run.centre, run.table, run.drift, run.driftBelow, run.found],
    ],
    plan / 4,
  );
  words.set([run.nearest, 0, planned.boxes, run.boxLabel], plan / 4 + planWord.nearest);
  const isGrouped = tiles === copies?.tiles;
  const { features, ends } = cells ?? { features: 0, ends: 0 };
  const grouped = isGrouped ? [run.lower, run.groupDrift, features, ends] : [0, 0, 0, 0];
  words.set(grouped, plan / 4 + planWord.lower);
  if (ordered !== null) {
    const { place: places, cellCounts, gridBits } = ordered;
    const fields = [places, cellCounts, ordered.rows, ordered.weight, gridBits, orderingParts];
    words.set(fields, plan / 4 + planWord.places);
  }
  new Float64Array(buffer)[plan / 8 + planWord.scale / 2] = scale;
}
