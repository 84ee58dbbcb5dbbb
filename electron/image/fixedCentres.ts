import type { SeedingPasses } from '../engine/drive/seeding';
import type { LatentModel } from '../engine/model';

/**
 * A k-means whose first `fixed` centres do not move: their points are nobody else's, and the M-step leaves them where
 * they are, which is the best it can do under that constraint, so the distortion never rises. With `coordinates` only so
 * many of each are fixed: coordinates of a mean do not depend on each other. Everything else is the
 * model's own. A centre that has lost all its points stays where it is: a point moved into a fixed centre would be lost.
 */
export function withFixedCentres(
  model: LatentModel,
  fixed: number,
  coordinates = model.features,
): LatentModel {
  if (fixed === 0) return model;
  return {
    ...model,
    capabilities: { ...model.capabilities, emptyComponents: 'fail' },
    maximise(stats, previous, step) {
      const next = model.maximise(stats, previous, step);
      if (!next.ok) return next;
      const mean = next.value.mean.slice();
      for (let j = 0; j < fixed; j++) {
        const at = j * model.features;
        mean.set(previous.mean.subarray(at, at + coordinates), at);
      }
      return { ok: true, value: { mean } };
    },
  };
}

/** Passes of a seeding that finds further centres beside these: k-means++ as if they had been chosen before. */
export function seedingBeside(passes: SeedingPasses, centres: readonly Float64Array[]): SeedingPasses {
  return {
    ...passes,
    begin(rule) {
      let masses = passes.begin(rule);
      for (const centre of centres) masses = masses && passes.accept(centre);
      return masses;
    },
  };
}
