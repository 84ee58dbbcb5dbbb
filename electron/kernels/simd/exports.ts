/** A whole E-step over n rows, or (`Densities`) its first half, with memberships or without; see the sources. Addresses and sizes are in bytes. */
export type Step = (
  x: number,
  n: number,
  d: number,
  weight: number,
  k: number,
  parameters: number,
  scratch: number,
  sums: number,
) => number;

export type Densities = (
  x: number,
  n: number,
  d: number,
  k: number,
  parameters: number,
  scratch: number,
  out: number,
  logDensity: number,
) => void;

/** Moments of rows with given memberships. */
export type Moments = (
  x: number,
  n: number,
  d: number,
  k: number,
  membership: number,
  mean: number,
  scratch: number,
  sums: number,
) => void;

/** What the compiled sources export for mixtures. */
export interface KernelExports {
  readonly gaussianStep: Step;
  readonly diagonalStep: Step;
  readonly diagonalStepAboutZero: Step;
  readonly sphericalStep: Step;
  /** Leaves a part out: see the source. */
  readonly tiedStep: Step;
  readonly gaussianLogDensities: Densities;
  readonly diagonalLogDensities: Densities;
  readonly tiedPosteriors: Densities;
  readonly sphericalPosteriors: Densities;
  readonly weightedSquares: Moments;
  readonly weightedScatter: Moments;
  observedStep(
    x: number,
    order: number,
    n: number,
    d: number,
    weight: number,
    k: number,
    parameters: number,
    table: number,
    scratch: number,
    sums: number,
    spread: number,
  ): number;
  observedLogDensities(
    x: number,
    n: number,
    d: number,
    k: number,
    parameters: number,
    table: number,
    scratch: number,
    out: number,
  ): void;
  observedScatter(
    x: number,
    n: number,
    d: number,
    k: number,
    membership: number,
    mean: number,
    table: number,
    scratch: number,
    sums: number,
    spread: number,
  ): void;
  observedScratchBytes(d: number, k: number): number;
  observedDiagonalStep(
    x: number,
    order: number,
    n: number,
    d: number,
    weight: number,
    k: number,
    parameters: number,
    scratch: number,
    sums: number,
    unseen: number,
  ): number;
  observedDiagonalLogDensities(
    x: number,
    n: number,
    d: number,
    k: number,
    parameters: number,
    scratch: number,
    out: number,
  ): void;
  observedSquares(
    x: number,
    n: number,
    d: number,
    k: number,
    membership: number,
    mean: number,
    scratch: number,
    sums: number,
    unseen: number,
  ): void;
  observedDiagonalScratchBytes(d: number, k: number): number;
  scatterScratchBytes(d: number, k: number): number;
  labelledSums(x: number, n: number, d: number, label: number, weight: number, sums: number): void;
  labelledSquares(
    x: number,
    n: number,
    d: number,
    label: number,
    weight: number,
    centre: number,
    sums: number,
  ): void;
  labelledScatter(
    x: number,
    n: number,
    d: number,
    k: number,
    label: number,
    weight: number,
    centre: number,
    scratch: number,
    sums: number,
  ): void;
  labelledScratchBytes(d: number, k: number): number;
  densityScratchBytes(d: number, k: number): number;
  categoryTableBytes(k: number, entries: number): number;
  fillCategoryLogs(
    levelLogs: number,
    base: number,
    k: number,
    d: number,
    features: number,
    tables: number,
  ): void;
  fillCategoryRatios(k: number, entries: number, tables: number): void;
  categoricalStep(
    entries: number,
    n: number,
    groups: number,
    weight: number,
    k: number,
    size: number,
    tables: number,
    scratch: number,
    counts: number,
  ): number;
  categoricalPosteriors(
    entries: number,
    n: number,
    groups: number,
    k: number,
    wanted: number,
    size: number,
    tables: number,
    scratch: number,
    out: number,
    logDensity: number,
  ): void;
  categoricalLogDensities(
    entries: number,
    n: number,
    groups: number,
    k: number,
    wanted: number,
    tables: number,
    out: number,
  ): void;
  categoricalScratchBytes(k: number): number;
  encodeRows(
    x: number,
    n: number,
    groups: number,
    ends: number,
    starts: number,
    strides: number,
    lasts: number,
    entries: number,
  ): void;
  encodeFlags(x: number, n: number, groups: number, ends: number, entries: number): void;
  levelSums(counts: number, k: number, d: number, features: number, levels: number, out: number): void;
  totalScatter(
    x: number,
    n: number,
    d: number,
    weight: number,
    centre: number,
    scratch: number,
    sums: number,
  ): void;
  linearScratchBytes(d: number, k: number): number;
  gaussianScratchBytes(d: number, k: number): number;
  diagonalScratchBytes(d: number, k: number): number;
  memberships(
    logJoint: number,
    n: number,
    k: number,
    weight: number,
    logDensity: number,
    scratch: number,
  ): number;
}
