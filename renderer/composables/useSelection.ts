import { shallowRef, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../shared/contract/port';
import type { SelectionId, TableId } from '../../shared/ids';
import type {
  BootstrapTest,
  GapCurve,
  GridCell,
  SelectionEvent,
  SelectionSpecification,
  SelectionSummary,
} from '../../shared/selection';
import { useSteeredRun, type SteeredRun } from './useSteeredRun';

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

export interface SelectionRun extends Omit<SteeredRun<'selection.run'>, 'start'> {
  readonly underWay: Readonly<ShallowRef<SelectionUnderWay | null>>;
  /** Under which the service knows it, from its beginning until the next one; null: not begun, or nothing was kept. */
  readonly selection: Readonly<ShallowRef<SelectionId | null>>;
  readonly progress: Readonly<ShallowRef<SelectionProgress | null>>;
  readonly findings: Readonly<ShallowRef<SelectionFindings>>;
  readonly summary: Readonly<ShallowRef<SelectionSummary | null>>;
  /** Starts a selection in place of any that runs. Gives its summary, or null when it failed or was replaced. */
  start(table: TableId, specification: SelectionSpecification): Promise<SelectionSummary | null>;
}

const noFindings: SelectionFindings = { cells: [], gap: null, bootstrapTests: [] };

/** One selection at a time, with what it tells on its way; nothing of an older one is ever shown. */
export function useSelection(service: ServiceClient): SelectionRun {
  const run = useSteeredRun(service, 'selection.run');
  const underWay = shallowRef<SelectionUnderWay | null>(null);
  const selection = shallowRef<SelectionId | null>(null);
  const progress = shallowRef<SelectionProgress | null>(null);
  const findings = shallowRef<SelectionFindings>(noFindings);
  const summary = shallowRef<SelectionSummary | null>(null);

  function reset(): void {
    run.reset();
    underWay.value = null;
    selection.value = null;
    progress.value = null;
    findings.value = noFindings;
    summary.value = null;
  }

  async function start(
    table: TableId,
    specification: SelectionSpecification,
  ): Promise<SelectionSummary | null> {
    reset();
    const own = { table, specification };
    underWay.value = own;
    const answer = await run.start(own, follow);
    if (underWay.value !== own) return null;
    selection.value = answer?.selection ?? null;
    summary.value = answer;
    if (answer === null) return null;
    const { cells, gap, bootstrapTests } = answer;
    findings.value = { cells, gap, bootstrapTests };
    return answer;
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

  return { ...run, underWay, selection, progress, findings, summary, start, reset };
}

/** The cells with one in the place of what was known of its grid point before. */
function withCell(cells: readonly GridCell[], cell: GridCell): readonly GridCell[] {
  const at = cells.findIndex(
    ({ model, components }) => model === cell.model && components === cell.components,
  );
  return at < 0 ? [...cells, cell] : cells.with(at, cell);
}
