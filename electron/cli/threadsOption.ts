/** What `--threads` says; null: nothing. */
export function readThreads(given: string | undefined): number | null | 'wrong' {
  if (given === undefined) return null;
  const threads = Number(given);
  return Number.isInteger(threads) && threads >= 1 && threads <= 256 ? threads : 'wrong';
}

export const wrongThreads = {
  kind: 'mistake',
  problem: '--threads takes a whole number from 1 to 256.',
} as const;
