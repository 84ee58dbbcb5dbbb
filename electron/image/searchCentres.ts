import type { Workplace } from '../engine/selection/workplace';
import { cellsFor, cellsOfColours, coarseHistogram, type ColourCells } from './coarseHistogram';
import { colourFit, type ColourFit, type LloydRun } from './colourFit';
import type { ColourHistogram } from './colourHistogram';
import type { QuantisationStep } from './quantised';
import { splitCentres } from './splitCentres';
import { swapSearch } from './swapSearch';

/** `quick`: means of cells stand for their colours to the end, and less is tried; `preview`: of larger cells. */
export type SearchPrecision = 'exact' | 'quick' | 'preview';

/** Centres for the colours of a picture. */
export interface CentreSearch {
  readonly histogram: ColourHistogram;
  /** Coordinates of a point. */
  readonly d: number;
  /** The points of the colours from one place to before another. */
  readonly pointsOf: (from: number, to: number) => Float64Array;
  readonly k: number;
  /** Centres that stay, the first of the result. */
  readonly locked: readonly Float64Array[];
  readonly seed: number;
  readonly restarts: number;
  readonly precision: SearchPrecision;
  readonly shouldStop: () => boolean;
  readonly onStep: (step: QuantisationStep) => void;
  /** Of a preview: gives its cells, made now or kept from another number of colours. */
  readonly cellsMade: (make: () => ColourCells) => ColourCells;
}

export interface FoundCentres {
  /** k x d. */
  readonly centres: Float64Array;
  /** Pixels nearest to each. */
  readonly weight: Float64Array;
  readonly distortion: number;
  readonly trace: readonly number[];
  readonly restartsAtBest: number;
  readonly converged: boolean;
}

/** What is tried. */
interface Effort {
  readonly restarts: number;
  /** Exchanges on means of cells, told apart by so many bits of a channel; so many failures in a row end them. */
  readonly exchanges: readonly { readonly bits: number; readonly patience: number }[];
  /** Means that all exchanges of one fineness together may pass over. */
  readonly mostExchangedMeans: number;
}

/** Bits of a channel that tell cells apart: to begin with many centres, then, and where much has to be placed exactly. */
const seedBits = 4;
const coarseBits = 5;
const fineBits = 6;

/**
 * With so many centres the means of 5 bits alone may end more than 0.5 % above the best known, and the first start is by
 * splitting. Measured.
 */
const leastFine = 32;

/** Reaches the best known distortion of the reference pictures to 0.3 %, in half a second at 256 colours. Measured. */
const wholeEffort = (k: number, restarts: number): Effort => ({
  restarts,
  exchanges: [
    { bits: coarseBits, patience: k >= leastFine ? 5 : 20 },
    ...(k >= leastFine ? [{ bits: fineBits, patience: 6 }] : []),
  ],
  // On 12 megapixels what more would bring is 0.3 %. Measured.
  mostExchangedMeans: 8e5,
});

/** What is there within 300 ms, or somewhat later where the end is on finer cells. Measured. */
const briefEffort = (k: number, restarts: number): Effort => ({
  restarts: Math.min(k < leastFine ? 3 : 1, restarts),
  exchanges: [{ bits: coarseBits, patience: 5 }],
  mostExchangedMeans: 1e5,
});

/** Restarts are only compared, and bettered later: more iterations end no lower. Measured. */
const restartOptions = { tolerance: 1e-3, maxIterations: 10 };

/** How a brief search ends. Measured: the error falls no further in its time. */
const briefOptions = { tolerance: 6e-4, maxIterations: 12 };

/** Of the last runs: nobody sees the digits beyond. By eye. */
const lastTolerance = 1e-6;

/** So many iterations, and no fewer of the colours themselves: what is left after those is less than 1 %. Measured. */
const mostIterations = 300;
const fewestIterations = 3;

/** Distances, most of which are never computed, that each of the last runs may cost: a quarter of a second. Measured. */
const mostDistances = 1e9;

/**
 * Lloyd's algorithm ends on the colours themselves, of a preview on cells of `fineBits`; before, on cells of those and of
 * so many bits, where the colours are many more: what they leave to do is little.
 */
const finestBits = 7;
const manyMore = 3;

const lastOptions = (n: number, k: number) => ({
  tolerance: lastTolerance,
  maxIterations: Math.min(mostIterations, Math.max(fewestIterations, Math.floor(mostDistances / (n * k)))),
});

/** Restarts this near to the best, relative, reached what may be called the same. */
const samePlace = 1e-3;

/**
 * k-means++ from several starts on the means of coarse cells (with many centres the first start is by splitting, and the
 * others are found on fewer means, which are told apart well enough to begin with), exchanges of centres from the best of them
 * (`swapSearch.ts`), then Lloyd's algorithm on the colours themselves. Null: stopped before there was anything to keep.
 */
export function searchCentres(search: CentreSearch, workplace: Workplace): FoundCentres | null {
  const { histogram, d, k, locked, shouldStop, onStep } = search;
  const isExact = search.precision === 'exact';
  const effort = isExact ? wholeEffort(k, search.restarts) : briefEffort(k, search.restarts);
  // A brief search looks at every colour once; the exact fit needs the points of all.
  const x = isExact ? search.pointsOf(0, histogram.size) : null;
  const pointsOf = (from: number, to: number): Float64Array =>
    x?.subarray(from * d, to * d) ?? search.pointsOf(from, to);
  const cellsAnew = (bits: number): ColourCells => cellsOfColours(histogram, pointsOf, d, bits);
  const finest =
    search.precision !== 'preview'
      ? cellsFor(k, cellsAnew, finestBits)
      : cellsFor(
          k,
          (bits) => (bits === fineBits ? search.cellsMade(() => cellsAnew(bits)) : cellsAnew(bits)),
          fineBits,
        );
  const cellsOf = (bits: number): ColourCells => cellsFor(k, (own) => coarseHistogram(finest, own), bits);
  const cells = cellsOf(coarseBits);
  const isMany = k >= leastFine;
  const seeded = isMany ? cellsOf(seedBits) : cells;
  /** A workplace holds the points of one fit at a time. */
  let placed: { readonly points: ColourCells; readonly fit: ColourFit } | null = null;
  const fitOf = (points: ColourCells): ColourFit => {
    if (placed?.points !== points)
      placed = { points, fit: colourFit(points, k, locked, workplace, shouldStop) };
    return placed.fit;
  };
  const runs: LloydRun[] = [];
  for (let restart = 0; restart < effort.restarts; restart++) {
    const split = restart === 0 && isMany ? splitCentres(cells, k, locked) : null;
    const seeds = split ?? fitOf(seeded).seeds(search.seed, restart);
    const run = seeds && fitOf(cells).run(seeds, restartOptions);
    if (run === null) break;
    runs.push(run);
    onStep({ phase: 'restart', restart, distortion: run.distortion + cells.within });
  }
  if (runs.length === 0) return null;
  const best = runs.reduce((least, run) => (run.distortion < least.distortion ? run : least));
  const trace = best.trace.map((distortion) => distortion + cells.within);
  /** The next of the trace; what a change of cells or a rounding would let rise is left out. */
  const note = (phase: 'exchange' | 'exact', distortion: number): void => {
    if (distortion > trace[trace.length - 1]) return;
    trace.push(distortion);
    onStep({ phase, restart: runs.indexOf(best), distortion });
  };

  let { centres } = best;
  for (const { bits, patience } of effort.exchanges) {
    const means = bits === coarseBits ? cells : cellsOf(bits);
    const onBetter = (distortion: number): void => note('exchange', distortion + means.within);
    const mostTries = Math.ceil(effort.mostExchangedMeans / means.n);
    const limits = { locked: locked.length, patience, mostTries, shouldStop };
    centres = swapSearch(means, centres, { ...limits, onBetter }).centres;
  }
  const goOn = (fit: ColourFit, { n, within }: Pick<ColourCells, 'n' | 'within'>): LloydRun | null => {
    const onIteration = (distortion: number): void => note('exact', distortion + within);
    const limits = isExact ? lastOptions(n, k) : briefOptions;
    const run = fit.run(centres, { ...limits, isOverRelaxed: true, onIteration });
    centres = run?.centres ?? centres;
    return run;
  };
  const colours = x && { x, weight: histogram.count, n: histogram.size, d, within: 0 };
  const stages = { exact: [fineBits, finestBits], quick: [fineBits], preview: [] }[search.precision];
  for (const means of stages.map((bits) => (bits === finestBits ? finest : cellsOf(bits))))
    if (means.n * manyMore < histogram.size) goOn(colourFit(means, k, locked, workplace, shouldStop), means);
  const final = colours ?? finest;
  const last = colourFit(final, k, locked, workplace, shouldStop);
  const run = goOn(last, final);
  const weight = run && last.weights(run.centres);
  if (run === null || weight === null) return null;
  return {
    centres: run.centres,
    weight,
    distortion: run.distortion + final.within,
    trace,
    restartsAtBest: runs.filter(({ distortion }) => distortion <= best.distortion * (1 + samePlace)).length,
    converged: run.converged,
  };
}
