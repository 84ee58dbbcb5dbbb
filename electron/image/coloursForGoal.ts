import type { ColourGoal } from '../../shared/image/quantisation';
import { ok } from '../../shared/result';
import type { Result } from '../../shared/result';

/** A goal that has to be looked for. */
export type SoughtGoal = Exclude<ColourGoal, { kind: 'count' }>;

/** What a number of colours came to: decibels (infinite for an equal picture), structural similarity, or bytes. */
export interface TriedColours {
  readonly colours: number;
  readonly value: number;
}

/** The number of colours found; if none reaches the goal, the one tried that comes nearest, to be said so. */
export interface ColoursFound {
  readonly isReached: boolean;
  readonly best: TriedColours;
  /** In the order in which they were tried. */
  readonly tried: readonly TriedColours[];
}

/** From how many colours to how many there is a choice: those that are locked, and 256 or all the picture has. */
export interface ColourBounds {
  readonly fewest: number;
  readonly most: number;
}

/**
 * The fewest colours that are as good as the goal asks, or the most that fit into its bytes, by few trials: `measure`
 * paints with so many colours and gives what the goal is about. It is taken to rise with the number of colours. Where it
 * does not, the answer still reaches the goal, and one colour fewer (or for bytes, more) was tried and does not.
 *
 * Values are interpolated over the logarithm of the number of colours, on which decibels and bytes are nearly straight:
 * the error of a quantiser in three dimensions falls as K^(-2/3) (Zador, 1982), 2 decibels for twice the colours.
 *
 * A failure of `measure` ends the search with it.
 */
export async function coloursForGoal<F>(
  goal: SoughtGoal,
  measure: (colours: number) => Promise<Result<number, F>>,
  { fewest, most }: ColourBounds,
): Promise<Result<ColoursFound, F>> {
  const { isAbove, straighten } = crossingOf(goal);
  const tried: TriedColours[] = [];
  // All up to `low` are below the crossing, all from `high` on above it; at first neither is known.
  let low: TriedColours = { colours: fewest - 1, value: NaN };
  let high: TriedColours = { colours: most + 1, value: NaN };
  // Interpolated steps in a row that left more than half of the room: a bent curve is then cut in the middle.
  let slow = 0;
  while (high.colours - low.colours > 1) {
    const width = logWidth(low, high);
    const next = slow > 1 ? middle(low, high) : nextColours(low, high, tried.length, straighten);
    const measured = await measure(next);
    if (!measured.ok) return measured;
    const trial = { colours: next, value: measured.value };
    tried.push(trial);
    if (isAbove(trial.value)) high = trial;
    else low = trial;
    slow = slow <= 1 && logWidth(low, high) > width / 2 ? slow + 1 : 0;
  }
  const answer = goal.kind === 'quality' ? high : low;
  if (Number.isNaN(answer.value)) return ok({ isReached: false, best: nearestTried(goal, tried), tried });
  return ok({ isReached: true, best: answer, tried });
}

/** Where values cross the goal as colours are added, and on what scale they and it, taken away, are nearly straight. */
interface Crossing {
  readonly isAbove: (value: number) => boolean;
  readonly straighten: (value: number) => number;
}

function crossingOf(goal: SoughtGoal): Crossing {
  if (goal.kind === 'bytes')
    return { isAbove: (bytes) => bytes > goal.atMost, straighten: (bytes) => bytes - goal.atMost };
  const { atLeast } = goal;
  const isAbove = (value: number): boolean => value >= atLeast;
  if (goal.measure === 'psnr') return { isAbove, straighten: (decibels) => decibels - atLeast };
  // What is missing from 1 falls by nearly the same factor for twice the colours.
  return { isAbove, straighten: (ssim) => Math.log(1 - atLeast) - Math.log(1 - ssim) };
}

const firstGuess = 16; // by eye: what most pictures need few more or fewer trials from

/** The next number of colours to try, strictly between the ends. */
function nextColours(
  low: TriedColours,
  high: TriedColours,
  trials: number,
  straighten: (value: number) => number,
): number {
  const inside = (colours: number): number =>
    Math.min(high.colours - 1, Math.max(low.colours + 1, Math.round(colours)));
  if (trials === 0) return inside(firstGuess);
  // An end that was never tried: outwards by leaps.
  if (Number.isNaN(high.value)) return inside(low.colours * 4);
  if (Number.isNaN(low.value)) return inside(high.colours / 4);
  const below = straighten(low.value);
  const above = straighten(high.value);
  const share = below / (below - above);
  if (!Number.isFinite(share)) return middle(low, high);
  return inside(low.colours * (high.colours / low.colours) ** share);
}

/** Halfway by the logarithm. */
function middle(low: TriedColours, high: TriedColours): number {
  const half = Math.round(Math.sqrt(Math.max(1, low.colours) * high.colours));
  return Math.min(high.colours - 1, Math.max(low.colours + 1, half));
}

const logWidth = (low: TriedColours, high: TriedColours): number =>
  Math.log(high.colours / Math.max(1, low.colours));

/** Of those tried, the best quality or the smallest file; of equal ones the one tried first. */
function nearestTried(goal: SoughtGoal, tried: readonly TriedColours[]): TriedColours {
  return tried.reduce((best, trial) => {
    const isNearer = goal.kind === 'bytes' ? trial.value < best.value : trial.value > best.value;
    return isNearer ? trial : best;
  });
}
