import { blockRows } from './kMeansPlan';

/** Scratch of a thread: of a block of rows labels, whether they are certain, places that change; scores of two rows. */
export const labelAt: usize = 0;
export const gapAt: usize = blockRows * 4;
export const changeAt: usize = blockRows * 8;
export const looksAt: usize = blockRows * 12 + 64;
export const scoresAt: usize = blockRows * 24;
