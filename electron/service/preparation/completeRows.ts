/** The rows of a table, in their order. */
export const allRows = (n: number): Int32Array => new Int32Array(n).map((_, row) => row);

/** Those of the rows in which all columns have a cell. */
export function completeRows(columns: readonly Float64Array[], rows: Int32Array): Int32Array {
  const complete = new Int32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    let column = 0;
    while (column < columns.length && !Number.isNaN(columns[column][row])) column++;
    if (column === columns.length) complete[count++] = row;
  }
  return complete.subarray(0, count);
}
