import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { runId, type RunId, type SelectionId, type TableId } from '../../shared/ids';
import { failed, type Result } from '../../shared/result';
import type {
  BootstrapTest,
  GapCurve,
  GridCell,
  SelectionEvent,
  SelectionSpecification,
  SelectionSummary,
} from '../../shared/selection';

/** What is being compared, from its start until the next one. */
export interface SelectionUnderWay {
  readonly table: TableId;
  readonly specification: SelectionSpecification;
}

/** What has become known so far. */
export interface SelectionFindings {
  readonly cells: readonly GridCell[];
  readonly gap: GapCurve | null;
  readonly bootstrapTests: readonly BootstrapTest[];
}

export type SelectionProgress = Extract<SelectionEvent, { kind: 'progress' }>;

export interface SelectionRun {
  readonly underWay: Readonly<ShallowRef<SelectionUnderWay | null>>;
  /** Under which the service knows it, from its beginning until the next one; null: not begun, or nothing was kept. */
  readonly selection: Readonly<ShallowRef<SelectionId | null>>;
  readonly isRunning: Readonly<ShallowRef<boolean>>;
  /** True from asking for what is finished until it is there. */
  readonly isCancelling: Readonly<ShallowRef<boolean>>;
  readonly isPaused: Readonly<ShallowRef<boolean>>;
  readonly progress: Readonly<ShallowRef<SelectionProgress | null>>;
  readonly findings: Readonly<ShallowRef<SelectionFindings>>;
  readonly summary: Readonly<ShallowRef<SelectionSummary | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Starts a selection in place of any that runs. Gives its summary, or null when it failed or was replaced. */
  start(table: TableId, specification: SelectionSpecification): Promise<SelectionSummary | null>;
  /** Makes the run wait, or go on. */
  steer(command: 'pause' | 'resume'): Promise<Result<unknown, Failure>>;
  /** Asks a running selection for what is finished. */
  cancel(): void;
  /** Forgets what was shown, and stops what runs. */
  reset(): void;
}

const noFindings: SelectionFindings = { cells: [], gap: null, bootstrapTests: [] };

/**
 * Starts, follows and cancels one selection at a time. Each start has a number: events, answers and failures of an
 * older one are dropped, however late they come. Stops what runs when its scope ends.
 */
export function useSelection(service: ServiceClient): SelectionRun {
  const underWay = shallowRef<SelectionUnderWay | null>(null);
  const selection = shallowRef<SelectionId | null>(null);
  const isRunning = shallowRef(false);
  const isCancelling = shallowRef(false);
  const isPaused = shallowRef(false);
  const progress = shallowRef<SelectionProgress | null>(null);
  const findings = shallowRef<SelectionFindings>(noFindings);
  const summary = shallowRef<SelectionSummary | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let runNumber = 0;
  let controller: AbortController | null = null;
  let runName: RunId | null = null;

  function end(): void {
    controller = null;
    runName = null;
    isRunning.value = false;
    isCancelling.value = false;
    isPaused.value = false;
  }

  function reset(): void {
    runNumber++;
    controller?.abort();
    end();
    underWay.value = null;
    selection.value = null;
    progress.value = null;
    findings.value = noFindings;
    summary.value = null;
    failure.value = null;
  }

  async function start(
    table: TableId,
    specification: SelectionSpecification,
  ): Promise<SelectionSummary | null> {
    reset();
    const run = runNumber;
    controller = new AbortController();
    runName = runId.parse(crypto.randomUUID());
    underWay.value = { table, specification };
    isRunning.value = true;
    const answer = await service.call(
      'selection.run',
      { table, specification, run: runName },
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (run === runNumber) follow(event);
        },
      },
    );
    if (run !== runNumber) return null;
    end();
    if (!answer.ok) {
      failure.value = answer.failure;
      selection.value = null;
      return null;
    }
    const { cells, gap, bootstrapTests } = answer.value;
    findings.value = { cells, gap, bootstrapTests };
    selection.value = answer.value.selection;
    summary.value = answer.value;
    return answer.value;
  }

  function follow(event: SelectionEvent): void {
    const { value: before } = findings;
    switch (event.kind) {
      case 'begun':
        selection.value = event.selection;
        return;
      case 'progress':
        progress.value = event;
        return;
      case 'cell':
        findings.value = { ...before, cells: withCell(before.cells, event.cell) };
        return;
      case 'gap':
        findings.value = { ...before, gap: event.gap };
        return;
      case 'bootstrapTest':
        findings.value = { ...before, bootstrapTests: [...before.bootstrapTests, event.test] };
    }
  }

  async function steer(command: 'pause' | 'resume'): Promise<Result<unknown, Failure>> {
    if (runName === null) return failed({ kind: 'unknownSelection' });
    isPaused.value = command === 'pause';
    return service.call('fit.steer', { run: runName, command });
  }

  function cancel(): void {
    if (!controller) return;
    isCancelling.value = true;
    isPaused.value = false;
    controller.abort();
  }

  onScopeDispose(reset);
  return {
    underWay,
    selection,
    isRunning,
    isCancelling,
    isPaused,
    progress,
    findings,
    summary,
    failure,
    start,
    steer,
    cancel,
    reset,
  };
}

/** The cells with one in the place of what was known of its grid point before. */
function withCell(cells: readonly GridCell[], cell: GridCell): readonly GridCell[] {
  const at = cells.findIndex(
    ({ model, components }) => model === cell.model && components === cell.components,
  );
  return at < 0 ? [...cells, cell] : cells.with(at, cell);
}
