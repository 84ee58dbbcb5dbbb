import type { Result } from '../../shared/result';
import type { ColourBounds } from './coloursForGoal';
import { tryColours } from './trial';
import type { CurvePoint, Trials } from './trial';

/** Numbers of colours a curve is drawn through, half an octave apart: about 1 decibel. */
const steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

/**
 * The numbers of colours of a curve between two ends, in the order in which they are worth knowing: the ends, then the
 * middle of the widest gap, again and again.
 */
export function curveCounts({ fewest, most }: ColourBounds): number[] {
  const inside = steps.filter((colours) => colours > fewest && colours < most);
  const counts = fewest < most ? [fewest, ...inside, most] : [fewest];
  const order = new Set([0, counts.length - 1]);
  let gaps = [[0, counts.length - 1]];
  while (gaps.length > 0) {
    gaps = gaps.flatMap(([from, to]) => {
      const between = Math.floor((from + to) / 2);
      order.add(between);
      return [
        [from, between],
        [between, to],
      ].filter(([start, end]) => end - start > 1);
    });
  }
  return [...order].map((at) => counts[at]);
}

/**
 * What a picture comes to at numbers of colours between two ends, each as soon as it is known, in the order of
 * `curveCounts`. A failure of the fit ends the curve with it.
 */
export async function* qualityCurve<F>(
  trials: Trials<F>,
  bounds: ColourBounds,
): AsyncGenerator<Result<CurvePoint, F>> {
  for (const colours of curveCounts(bounds)) {
    const point = await tryColours(trials, colours);
    yield point;
    if (!point.ok) return;
  }
}
