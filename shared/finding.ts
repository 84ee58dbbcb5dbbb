import { z } from 'zod';

/** Something about the data or the model that makes a fit fail or doubtful. Columns are named; the text is made where it is shown. */
export const finding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('constantColumn'), column: z.string() }),
  /** `columns` hold the same values, up to scale and offset. */
  z.object({ kind: z.literal('duplicateColumns'), columns: z.array(z.string()) }),
  /** `column` follows from the others. */
  z.object({ kind: z.literal('collinearColumn'), column: z.string() }),
  /** Fewer rows for each cluster than it takes to estimate its covariance. */
  z.object({
    kind: z.literal('fewRowsPerCluster'),
    rows: z.int(),
    components: z.int(),
    needed: z.int(),
  }),
  z.object({ kind: z.literal('fewDistinctRows'), distinct: z.int(), components: z.int() }),
  /** Unscaled columns whose spreads differ by more than a millionfold. */
  z.object({ kind: z.literal('scalesApart'), widest: z.string(), narrowest: z.string(), ratio: z.number() }),
  /** A column so far from zero, for its spread, that digits are lost in the file itself. */
  z.object({ kind: z.literal('farFromZero'), column: z.string() }),
  /** A column with no observed cell. */
  z.object({ kind: z.literal('emptyColumn'), column: z.string() }),
]);
export type Finding = z.infer<typeof finding>;
