import { z } from 'zod';

/** Why a fit cannot go on. Components and features are counted from 0; the text is made where it is shown. */
export const fitFailure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tooFewDistinctRows'), distinct: z.int(), components: z.int() }),
  z.object({ kind: z.literal('emptyComponent'), component: z.int() }),
  z.object({
    kind: z.literal('singularCovariance'),
    /** null: the covariance shared by all components. */
    component: z.int().nullable(),
    cause: z.enum(['fewRows', 'constantFeature', 'collinearFeatures', 'collapsed']),
    feature: z.int().nullable(),
  }),
  z.object({ kind: z.literal('notFinite'), where: z.string() }),
  z.object({ kind: z.literal('badStart'), problem: z.string() }),
]);
export type FitFailure = z.infer<typeof fitFailure>;
