import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Writes a CSV of `rows` rows and `columns` columns of numbers with three decimals, without clusters, the same at
 * every call. The first column counts rows from 1.
 */
export function writeBigTable(file: string, rows: number, columns: number): void {
  const handle = openSync(file, 'w');
  const names = Array.from({ length: columns - 1 }, (_, j) => `x${j + 1}`);
  let text = `row,${names.join(',')}\n`;
  // A linear congruential generator (Numerical Recipes): fast, and good enough for cells nobody analyses.
  let state = 12345;
  for (let row = 1; row <= rows; row++) {
    text += row;
    for (let j = 1; j < columns; j++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      text += `,${((state >>> 12) / 1000).toFixed(3)}`;
    }
    text += '\n';
    if (text.length > 1 << 20) {
      writeSync(handle, text);
      text = '';
    }
  }
  writeSync(handle, text);
  closeSync(handle);
}
