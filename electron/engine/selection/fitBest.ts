import type { RunSpecification, Start } from '../../../shared/fit';
import type { ModelSpecification } from '../../../shared/model';
import type { Kernels } from '../../kernels/kernels';
import { serialEStep, type EStep } from '../drive/eStep';
import { FrameRecord, type Frame } from '../drive/frames';
import { bestOutcome, runRestart } from '../drive/restarts';
import { drain, type Outcome } from '../drive/run';
import type { SeedingPasses } from '../drive/seeding';
import { bestShortRuns, tryingRun } from '../drive/shortRuns';
import type { FeatureSpace } from '../featureSpace';
import type { LatentModel, Rows } from '../model';
import { createModel } from '../models/registry';
import { resolvePrior } from '../models/resolvePrior';

/** A fit as a selection makes it by the hundred: on one thread. */
export interface FitTask {
  readonly model: ModelSpecification;
  readonly space: FeatureSpace;
  /** In units of the fit. */
  readonly start: Start;
  readonly run: RunSpecification;
}

/** Faster passes of k-means over the same rows than loops of the model's own; they choose the same rows and labels. */
export interface KMeansPasses {
  eStep(plain: EStep): EStep;
  seeding(): SeedingPasses | null;
}

export interface FitOptions {
  /** Absent or null: there are none for these rows. */
  readonly kMeans?: KMeansPasses | null;
  /** How many numbers may be kept of the best restart as it went. Absent: nothing is, nor are bounds measured. */
  readonly frameNumbers?: number;
}

/** The best of all restarts, and how many came within 1e-6 relative of it. */
export interface BestFit {
  readonly model: LatentModel;
  /** Of the best restart; the first failure when all fail. */
  readonly outcome: Outcome;
  readonly restartsAtBest: number;
  /** Null when all fail. */
  readonly bestRestart: number | null;
  /** Of all restarts. */
  readonly outcomes: readonly Outcome[];
  /** Iterations of the short run each went on from; 0 without. */
  readonly shortIterations: readonly number[];
  /** The best restart as it went; empty where that is not kept. */
  readonly frames: readonly Frame[];
}

/** Restarts within this relative distance of the best objective reached the same optimum. */
const sameOptimum = 1e-6;

/**
 * Fits `rows` from every restart in turn and keeps the best: what restarts on many threads find, bit for bit. A prior
 * is learnt from these rows. `isCancelled` ends the restart under way at its last finished iteration. A time limit is
 * not heeded.
 */
export function fitBest(
  { model: specification, space, start, run }: FitTask,
  rows: Rows,
  kernels: Kernels,
  isCancelled: () => boolean,
  { kMeans = null, frameNumbers = 0 }: FitOptions = {},
): BestFit {
  const model = createModel(resolvePrior(specification, rows, space), space, kernels);
  const shouldStop = (): 'cancelled' | null => (isCancelled() ? 'cancelled' : null);
  const eStepOf = (of: LatentModel): EStep => {
    const plain = serialEStep(of, rows, isCancelled);
    return kMeans !== null && of.name === 'kmeans' ? kMeans.eStep(plain) : plain;
  };
  const seeding = (): SeedingPasses | null => kMeans?.seeding() ?? null;
  let best: { objective: number; frames: readonly Frame[] } = { objective: -Infinity, frames: [] };

  function runAll(
    { algorithm, tolerance, maxIterations, seed, restarts }: RunSpecification,
    shortRuns: readonly Outcome[] | null,
  ): Outcome[] {
    const options = { tolerance, maxIterations, shouldStop, measuresBound: frameNumbers > 0 };
    const outcomes: Outcome[] = [];
    for (let restart = 0; restart < restarts && (restart === 0 || !isCancelled()); restart++) {
      const goesOnFrom = shortRuns?.[restart] ?? null;
      const how = { algorithm, seed, restart, goesOnFrom, options, eStepOf, seeding };
      const frames = frameNumbers > 0 ? new FrameRecord(frameNumbers) : null;
      const outcome = drain(runRestart({ model, rows, start, ...how }), (step) => frames?.add(step));
      outcomes.push(outcome);
      if (frames !== null && outcome.ok && outcome.objective > best.objective)
        best = { objective: outcome.objective, frames: frames.frames() };
    }
    return outcomes;
  }

  const trying = tryingRun(run);
  const chosen = trying && bestShortRuns(runAll(trying, null), run.restarts);
  best = { objective: -Infinity, frames: [] };
  const outcomes = runAll(chosen ? { ...run, restarts: chosen.length } : run, chosen);
  const bestRestart = bestOutcome(outcomes);
  const outcome = outcomes[bestRestart ?? 0];
  return {
    model,
    outcome,
    bestRestart,
    restartsAtBest: outcomes.filter((other) => isAsGood(other, outcome)).length,
    outcomes,
    shortIterations: outcomes.map((_, restart) => chosen?.[restart].iterations ?? 0),
    frames: best.frames,
  };
}

function isAsGood(outcome: Outcome, best: Outcome): boolean {
  if (!outcome.ok || !best.ok) return false;
  return best.objective - outcome.objective <= sameOptimum * Math.abs(best.objective);
}
