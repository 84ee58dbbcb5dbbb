import { z } from 'zod';

/** Which pictures of a file are read: one of them, counted from 0, or all of them, of one size, as one. */
export const frameChoice = z.union([z.int().nonnegative(), z.literal('all')]);
export type FrameChoice = z.infer<typeof frameChoice>;

/** When the frames of an animation are shown. */
export interface FrameTimes {
  /** How long each frame stays, milliseconds. */
  readonly delaysMs: readonly number[];
  /** How often all of them are shown; 0: without end. */
  readonly timesShown: number;
}
