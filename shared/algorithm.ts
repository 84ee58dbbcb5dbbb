import { z } from 'zod';

/** Ways of running EM. Each is written once for all families that admit it. */
export const algorithm = z.discriminatedUnion('name', [
  /** Every row is shared among the clusters by probability (Dempster, Laird and Rubin, 1977). */
  z.strictObject({
    name: z.literal('em'),
    /** `squarem`: extrapolates between steps, and never accepts a worse point (Varadhan and Roland, 2008). */
    acceleration: z.enum(['none', 'squarem']).default('none'),
    /**
     * `partial`: one round of an M-step that has no closed form (generalised EM); `conditional`: means and
     * covariances in turn, each with an E-step of its own (ECM; Meng and Rubin, 1993).
     */
    mStep: z.enum(['full', 'partial', 'conditional']).default('full'),
  }),
  /** Every row belongs to its most probable cluster (classification EM; Celeux and Govaert, 1992). k-means: Lloyd. */
  z.strictObject({ name: z.literal('hard') }),
  /** Clusters of rows are drawn by probability (Celeux and Diebolt, 1985; Wei and Tanner, 1990), then EM. */
  z.strictObject({
    name: z.literal('stochastic'),
    iterations: z.int().min(1).max(100_000).default(100),
    /** Draws for each row and iteration: 1 is stochastic EM, more Monte-Carlo EM. */
    draws: z.int().min(1).max(10_000).default(1),
  }),
  /** Memberships are softened by a temperature that falls to 1 (Ueda and Nakano, 1998), then EM. */
  z.strictObject({
    name: z.literal('annealed'),
    /** Inverse temperatures in (0, 1], rising. */
    schedule: z
      .array(z.number().positive().max(1))
      .min(1)
      .refine((values) => values.every((value, i) => i === 0 || value >= values[i - 1]), 'must not fall')
      .default([0.3, 0.45, 0.6, 0.75, 0.9]),
    iterationsPerTemperature: z.int().min(1).max(10_000).default(20),
    /** Moves the means at every temperature by this share of the spread of the data, or equal clusters stay equal. */
    perturbation: z.number().nonnegative().default(1e-3),
  }),
  /**
   * Running averages of statistics over mini-batches (Cappe and Moulines, 2009). Step t has size
   * (1 + t + offset)^-decay; k-means counts rows instead (Sculley, 2010).
   */
  z.strictObject({
    name: z.literal('online'),
    batchSize: z.int().min(1).max(1_000_000).default(256),
    epochs: z.int().min(1).max(10_000).default(5),
    /** kappa, in (1/2, 1]. */
    decay: z.number().gt(0.5).max(1).default(0.7),
    /** t0 */
    offset: z.number().nonnegative().default(10),
    /** Rows in this order in every epoch. Absent: shuffled anew in each, by the seed. */
    order: z.array(z.int().nonnegative()).optional(),
  }),
]);
export type Algorithm = z.infer<typeof algorithm>;
export type AlgorithmName = Algorithm['name'];

/** The algorithm of a name with its defaults; what a job may write instead of the whole. */
export const algorithmByName = z.union([
  algorithm,
  z
    .enum(['em', 'lloyd', 'hard', 'stochastic', 'annealed', 'online'])
    .transform((name) => algorithm.parse({ name: name === 'lloyd' ? 'hard' : name })),
]);
