import type { Validation } from '../../../shared/selection';
import { createRandom, type Random } from '../numeric/random';

/** Rows to learn from and rows to be predicted, each ascending. */
export interface Split {
  readonly training: Int32Array;
  readonly test: Int32Array;
}

/** How rows are put aside, time after time: the same for every model and K of a grid. */
export interface SplitPlan {
  readonly count: number;
  /** Of `index` in [0, count). */
  split(index: number): Split;
}

/**
 * The splits of `n` rows by a validation. Every split has a row on either side, so there is none of fewer than two
 * rows. Folds are balanced: their sizes differ by one row at most; more folds than rows are as many as rows.
 *
 * Sources: Stone (1974), v-fold and leave-one-out; Smyth (1996), Monte-Carlo: independent random splits.
 */
export function planSplits(validation: Validation, n: number, seed: number): SplitPlan {
  if (n < 2) return { count: 0, split: outOfRange };
  switch (validation.kind) {
    case 'folds': {
      const folds = Math.min(validation.folds, n);
      let shuffled: { repeat: number; foldOfRow: Int32Array } = { repeat: -1, foldOfRow: new Int32Array(0) };
      return {
        count: folds * validation.repeats,
        split(index) {
          const repeat = Math.floor(index / folds);
          if (shuffled.repeat !== repeat)
            shuffled = { repeat, foldOfRow: balancedFolds(n, folds, createRandom(seed, 'folds', repeat)) };
          const { foldOfRow } = shuffled;
          return splitBy(n, (row) => foldOfRow[row] === index % folds);
        },
      };
    }
    case 'monteCarlo': {
      const size = Math.min(n - 1, Math.max(1, Math.round(validation.testShare * n)));
      return {
        count: validation.splits,
        split(index) {
          const order = shuffledRows(n, createRandom(seed, 'monteCarlo', index));
          const isTest = new Uint8Array(n);
          for (let i = 0; i < size; i++) isTest[order[i]] = 1;
          return splitBy(n, (row) => isTest[row] === 1);
        },
      };
    }
    case 'leaveOneOut':
      return { count: n, split: (index) => splitBy(n, (row) => row === index) };
    case 'given': {
      const folds = [...new Set(validation.foldOfRow)].filter((fold) => fold >= 0).sort((a, b) => a - b);
      return {
        count: folds.length,
        split: (index) => splitBy(n, (row) => validation.foldOfRow[row] === folds[index]),
      };
    }
  }
}

function outOfRange(): Split {
  throw new Error('there is no such split');
}

/** The fold of each row: rows in random order are dealt out like cards. */
function balancedFolds(n: number, folds: number, random: Random): Int32Array {
  const fold = new Int32Array(n);
  shuffledRows(n, random).forEach((row, i) => {
    fold[row] = i % folds;
  });
  return fold;
}

/** Durstenfeld's shuffle (1964). */
function shuffledRows(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, row) => row);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function splitBy(n: number, isTest: (row: number) => boolean): Split {
  const training = new Int32Array(n);
  const test = new Int32Array(n);
  let [trained, tested] = [0, 0];
  for (let row = 0; row < n; row++) {
    if (isTest(row)) test[tested++] = row;
    else training[trained++] = row;
  }
  return { training: training.slice(0, trained), test: test.slice(0, tested) };
}
