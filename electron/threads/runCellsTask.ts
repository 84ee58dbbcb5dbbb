import { GridWorker } from '../engine/selection/cells';
import { ThreadControl } from './control';
import { ownWorkplace } from './ownMemory';
import { viewRows } from './sharedRows';
import type { CellsTask, ThreadMessage } from './task';

/**
 * What a thread does in a selection: takes pieces of work until none is left, each from beginning to end, so that its
 * bits do not depend on who does the others.
 */
export function runCellsTask(
  task: CellsTask,
  kernelModule: WebAssembly.Module | null,
  send: (message: ThreadMessage) => void,
): void {
  const control = new ThreadControl(task.control);
  const isCancelled = (): boolean => {
    // Asked all the time, so a pause begins at once.
    control.awaitTurn(() => undefined);
    return control.isCancelled;
  };
  const rows = viewRows(task.rows);
  const largest = { n: rows.n, d: rows.d, components: task.grid.components.to + 1 };
  const worker = new GridWorker(
    task.grid,
    rows,
    ownWorkplace(kernelModule, largest, isCancelled),
    isCancelled,
  );
  for (let at = control.take(); at < task.cells.length && !isCancelled(); at = control.take()) {
    const result = worker.compute(task.cells[at]);
    if (result !== null) send({ kind: 'cell', at, result });
  }
}
