import type {
  BootstrapTest,
  GapCurve,
  GridCell,
  GridFit,
  GridPoint,
  SelectionSpecification,
} from '../../../shared/selection';
import type { FittedCell } from '../../engine/selection/cells';
import { gapCurve } from '../../engine/selection/gap';
import { heldOutOf, type SplitScore } from '../../engine/selection/heldOut';
import { meanStability } from '../../engine/selection/stability';
import { nameOf } from './pointName';
import { sizesOf } from './work';

/** What has been found at a grid point. */
interface PointFindings {
  readonly point: GridPoint;
  fit: FittedCell | null;
  readonly scores: (SplitScore | undefined)[];
  /** By replicate; null: it failed. */
  readonly similarities: (Float64Array | null | undefined)[];
}

/** What has been found at all points of a grid, piece by piece. */
export class Findings {
  private readonly points = new Map<string, PointFindings>();
  private ownWithin: Float64Array | null = null;
  private readonly referenceWithin: (Float64Array | undefined)[] = [];
  gap: GapCurve | null = null;
  readonly tests: BootstrapTest[] = [];

  /** `splits`: how many there are of each model. */
  constructor(
    private readonly specification: SelectionSpecification,
    splits: (model: number) => number,
  ) {
    for (const model of specification.models.keys())
      for (const components of sizesOf(specification))
        this.points.set(nameOf({ model, components }), {
          point: { model, components },
          fit: null,
          scores: Array<SplitScore | undefined>(splits(model)).fill(undefined),
          similarities: [],
        });
  }

  /** The fit of a point, when there is one and it succeeded. */
  fitted(point: GridPoint): FittedCell | null {
    const fit = this.points.get(nameOf(point))?.fit ?? null;
    return fit?.bestRestart === null ? null : fit;
  }

  /** Whatever became of the fit of a point; null: it has not been made. */
  fitOf(point: GridPoint): FittedCell | null {
    return this.points.get(nameOf(point))?.fit ?? null;
  }

  addFit(point: GridPoint, fit: FittedCell): void {
    this.at(point).fit = fit;
  }

  addScore(point: GridPoint, split: number, score: SplitScore): void {
    this.at(point).scores[split] = score;
  }

  addSimilarity(point: GridPoint, replicate: number, similarity: Float64Array | null): void {
    this.at(point).similarities[replicate] = similarity;
  }

  addWithin(reference: number | null, logWithin: Float64Array): void {
    if (reference === null) this.ownWithin = logWithin;
    else this.referenceWithin[reference] = logWithin;
  }

  /** The gap, when all references are there. */
  finishGap(): GapCurve | null {
    const { gap, components } = this.specification;
    const references = this.referenceWithin.filter((one) => one !== undefined);
    if (gap === null || this.ownWithin === null || references.length < gap.references) return null;
    const all = Float64Array.from(references.flatMap((one) => [...one]));
    this.gap = gapCurve(this.ownWithin, all, components.from, gap.rule);
    return this.gap;
  }

  cell(point: GridPoint): GridCell {
    const { fit, scores, similarities } = this.at(point);
    return {
      ...point,
      fit: fit && gridFit(fit),
      heldOut: scores.some((score) => score !== undefined) ? heldOutOf(scores) : null,
      stability: meanStability(similarities.filter((one) => one !== undefined)),
    };
  }

  cells(): GridCell[] {
    return [...this.points.values()].map(({ point }) => this.cell(point));
  }

  private at(point: GridPoint): PointFindings {
    const found = this.points.get(nameOf(point));
    if (found === undefined) throw new Error(`${nameOf(point)} is not of the grid`);
    return found;
  }
}

function gridFit({ outcomes, bestRestart, parameterCount, criteria, restartsAtBest }: FittedCell): GridFit {
  const outcome = outcomes[bestRestart ?? 0];
  if (outcome.ok) {
    const { stopped, iterations } = outcome;
    return {
      outcome: { kind: 'fitted', stopped, iterations, parameterCount, criteria, restartsAtBest },
    };
  }
  if (outcome.failure.kind === 'interrupted') throw new Error('An interrupted fit is no finding.');
  return { outcome: { kind: 'failed', failure: outcome.failure } };
}
