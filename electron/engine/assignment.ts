/**
 * The assignment problem: the permutation that gives each row a column of its own at least cost in all. Entry i is the
 * column of row i. Shortest augmenting paths with potentials, O(k^3).
 *
 * cost  IN  k x k, finite
 *
 * Source: Jonker and Volgenant (1987); Crouse (2016), algorithm of section III.
 */
export function assign(cost: Float64Array, k: number): Int32Array {
  const rowPotential = new Float64Array(k);
  const columnPotential = new Float64Array(k);
  const rowOf = new Int32Array(k).fill(-1);
  const columnOf = new Int32Array(k).fill(-1);
  const length = new Float64Array(k);
  const from = new Int32Array(k);
  const isScanned = new Uint8Array(k);

  for (let start = 0; start < k; start++) {
    length.fill(Infinity);
    isScanned.fill(0);
    const scannedRows = [start];
    let row = start;
    let reached = 0;
    let end = -1;
    while (end === -1) {
      let nearest = -1;
      for (let column = 0; column < k; column++) {
        if (isScanned[column] === 1) continue;
        const path = reached + cost[row * k + column] - rowPotential[row] - columnPotential[column];
        if (path < length[column]) {
          length[column] = path;
          from[column] = row;
        }
        if (nearest === -1 || length[column] < length[nearest]) nearest = column;
      }
      reached = length[nearest];
      isScanned[nearest] = 1;
      row = rowOf[nearest];
      if (row === -1) end = nearest;
      else scannedRows.push(row);
    }
    for (const scanned of scannedRows)
      rowPotential[scanned] += scanned === start ? reached : reached - length[columnOf[scanned]];
    for (let column = 0; column < k; column++)
      if (isScanned[column] === 1) columnPotential[column] -= reached - length[column];
    for (let column = end; column !== -1;) {
      const own = from[column];
      const next = columnOf[own];
      rowOf[column] = own;
      columnOf[own] = column;
      column = own === start ? -1 : next;
    }
  }
  return columnOf;
}
