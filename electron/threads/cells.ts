import type { Cell, CellResult, Grid } from '../engine/selection/cells';
import type { TaskControl } from './control';
import type { ThreadPool } from './pool';
import type { SharedRows } from './sharedRows';

export interface CellsRequest {
  readonly rows: SharedRows;
  readonly grid: Grid;
  /** In the order in which they are begun. */
  readonly cells: readonly Cell[];
}

/**
 * Does pieces of the work of a grid on all threads. `onResult` is told each as it is done, with its place in the list;
 * those that are under way when `signal` aborts are not done.
 */
export async function computeCells(
  pool: ThreadPool,
  request: CellsRequest,
  onResult: (at: number, result: CellResult) => void,
  signal: AbortSignal,
  control: TaskControl,
): Promise<void> {
  if (request.cells.length === 0 || signal.aborted) return;
  control.restart();
  await pool.run(
    () => ({ kind: 'cells', ...request, control: control.memory }),
    (message) => {
      if (message.kind === 'cell') onResult(message.at, message.result);
    },
    () => control.cancel(),
    signal,
  );
}
