import { z } from 'zod';
import { grantId } from './ids';

/** What main tells the service: which paths a person chose, and (with a port beside it) that a window is there. */
export const hostMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('grant'),
    grant: grantId,
    path: z.string(),
    access: z.enum(['read', 'write']),
  }),
  z.strictObject({ kind: z.literal('connect') }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** What the service answers: it knows the grant now. */
export const hostAnswer = z.strictObject({ granted: grantId });
export type HostAnswer = z.infer<typeof hostAnswer>;
