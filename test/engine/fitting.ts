import type { z } from 'zod';
import { algorithmByName } from '../../shared/algorithm';
import { start as startSchema } from '../../shared/fit';
import { modelSpecification, type ModelSpecification } from '../../shared/model';
import { runRestart, type Restart } from '../../electron/engine/drive/restarts';
import { drain, type Iteration, type Outcome } from '../../electron/engine/drive/run';
import type { LatentModel, Params, Rows } from '../../electron/engine/model';
import { numberFeatures, type FeatureSpace } from '../../electron/engine/featureSpace';
import { createTestedModel, testedRunOn } from '../support/testedKernels';

type GaussianSpecification = Extract<ModelSpecification, { family: 'gaussian' }>;

/** A Gaussian mixture with the defaults a job has. */
export const gaussian = (covariance: string, components: number, ridge = 0) =>
  modelSpecification.parse({ family: 'gaussian', components, covariance, ridge }) as GaussianSpecification;

export interface Fitted {
  readonly model: LatentModel;
  readonly outcome: Outcome;
}

export interface RunChanges {
  algorithm?: z.input<typeof algorithmByName>;
  tolerance?: number;
  maxIterations?: number;
  seed?: number;
  restart?: number;
  shouldStop?: () => 'timeLimit' | 'cancelled' | null;
  /** Absent: all columns are numbers. */
  space?: FeatureSpace;
  seen?: (iteration: Iteration) => void;
  /** Absent: what the tests of this project run on. */
  on?: Pick<Restart, 'eStepOf' | 'seeding'> | undefined;
}

/** One run from a start in the units of the rows, to the end. */
export function fit(
  specification: ModelSpecification,
  rows: Rows,
  start: z.input<typeof startSchema>,
  run: RunChanges = {},
): Fitted {
  const model = createTestedModel(specification, run.space ?? numberFeatures(rows.d));
  const outcome = drain(
    runRestart({
      model,
      rows,
      start: startSchema.parse(start),
      algorithm: run.algorithm && algorithmByName.parse(run.algorithm),
      seed: run.seed ?? 1,
      restart: run.restart ?? 0,
      options: {
        tolerance: run.tolerance ?? 1e-12,
        maxIterations: run.maxIterations ?? 5000,
        shouldStop: run.shouldStop ?? (() => null),
      },
      ...(run.on ?? testedRunOn(specification, rows)),
    }),
    run.seen,
  );
  return { model, outcome };
}

export type Success = Extract<Outcome, { ok: true }>;

/** The outcome of a run that must have succeeded. */
export function success({ outcome }: Fitted): Success {
  if (!outcome.ok) throw new Error(`the run failed: ${JSON.stringify(outcome.failure)}`);
  return outcome;
}

/** Memberships (n x K), log densities and most probable components of all rows. */
export function posteriorOf(model: LatentModel, params: Params, rows: Rows) {
  const k = model.components;
  const memberships = new Float64Array(rows.n * k);
  const logDensity = new Float64Array(rows.n);
  model.posterior(params, rows, 0, rows.n, memberships, logDensity);
  const labels = Array.from({ length: rows.n }, (_, i) => {
    const own = memberships.subarray(i * k, (i + 1) * k);
    return own.indexOf(Math.max(...own));
  });
  return { memberships, logDensity, labels };
}

/** The largest distance between two lists of numbers relative to 1 + size, for tolerances both absolute and relative. */
export function furthest(found: Iterable<number>, expected: Iterable<number>): number {
  const wanted = [...expected];
  const values = [...found];
  if (values.length !== wanted.length) return Infinity;
  return Math.max(...values.map((value, i) => Math.abs(value - wanted[i]) / (1 + Math.abs(wanted[i]))));
}
