import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { failureText } from '../../shared/failureText';
import { formatCount, formatCounted } from '../../shared/format';
import type { FitId, SelectionId, TableId } from '../../shared/ids';
import type { GridPoint, SelectionSpecification } from '../../shared/selection';
import { useService } from '../client/service';
import { useSelection } from '../composables/useSelection';
import { useFits } from './fits';
import { useTables } from './tables';
import { useWorkspace } from './workspace';

const keptSelections = 4; // by taste: what a run can take over from those before, for little memory

/**
 * The selection under way or in sight. It outlives its page: it goes on while another room is looked at. Finished
 * ones stay in the service for a while, so that the next can take over what it needs of them.
 */
export const useSelections = defineStore('selections', () => {
  const service = useService();
  const tables = useTables();
  const workspace = useWorkspace();
  const fits = useFits();
  const run = useSelection(service);
  const kept = shallowRef<readonly SelectionId[]>([]);
  /** The fits that were opened from the selection in sight, by grid point. */
  const opened = new Map<string, FitId>();
  const opening = shallowRef<GridPoint | null>(null);

  /** Grid points there are, and those of which all is known but what is computed on request. */
  const total = computed(() => {
    const { models, components } = run.underWay.value?.specification ?? {};
    return models && components ? models.length * (components.to - components.from + 1) : 0;
  });
  const fitted = computed(() => run.findings.value.cells.filter(({ fit }) => fit !== null).length);

  /** Compares, and shows what was found. True when it was not stopped by a failure. */
  async function compare(table: TableId, specification: SelectionSpecification): Promise<boolean> {
    const task = workspace.startTask('Comparing models', run.cancel);
    const stopFollowing = watch(run.progress, (progress) => {
      if (progress)
        task.update(
          progress.fraction,
          `${formatCount(fitted.value)} of ${formatCounted(total.value, 'fit')}`,
        );
    });
    opened.clear();
    const summary = await run.start(table, specification);
    stopFollowing();
    task.finish();
    if (!summary) return false;
    const all = [...kept.value, summary.selection];
    forget(all.slice(0, -keptSelections));
    kept.value = all.slice(-keptSelections);
    return true;
  }

  /** Pauses or resumes what runs. A run that has just ended cannot be steered, and that needs no words. */
  async function steer(command: 'pause' | 'resume'): Promise<void> {
    const answer = await run.steer(command);
    if (!answer.ok && run.isRunning.value) workspace.say(failureText(answer.failure), 'danger');
  }

  /** Why a grid point cannot be opened, in words; null: it can. */
  function closedBecause({ model, components }: GridPoint): string | null {
    if (!run.summary.value) return 'Fits can be opened when the comparison has ended.';
    const cell = run.findings.value.cells.find((one) => one.model === model && one.components === components);
    const outcome = cell?.fit?.outcome;
    if (!outcome) return 'There is no fit at this point: the comparison was stopped before.';
    return outcome.kind === 'failed' ? 'This fit failed, so there is nothing to open.' : null;
  }

  /** Shows the fit of a grid point in Results, without fitting again. */
  async function open(point: GridPoint): Promise<void> {
    const reason = closedBecause(point);
    const { value: summary } = run.summary;
    if (reason !== null || !summary) {
      workspace.say(reason ?? '');
      return;
    }
    const key = `${point.model} ${point.components}`;
    const known = opened.get(key);
    if (known !== undefined && fits.finished.some((one) => one.summary.fit === known)) {
      fits.choose(known);
      workspace.show('results');
      return;
    }
    opening.value = point;
    const answer = await service.call('selection.open', { selection: summary.selection, point });
    opening.value = null;
    if (!answer.ok) {
      workspace.say(failureText(answer.failure), 'danger');
      return;
    }
    // Another selection or table has taken its place in the meantime.
    if (run.summary.value !== summary) return;
    const cell = summary.cells.find(
      ({ model, components }) => model === point.model && components === point.components,
    );
    await fits.adopt(answer.value, cell?.stability ?? null);
    opened.set(key, answer.value.fit);
    workspace.show('results');
  }

  function forget(selections: readonly SelectionId[]): void {
    // The answer says nothing: the selection is gone here either way.
    for (const selection of selections) void service.call('selection.forget', { selection });
  }

  /** Forgets everything: the table is gone, or the service that knew it. */
  function forgetAll(): void {
    forget(kept.value);
    kept.value = [];
    opened.clear();
    // That the engine was lost stays in sight: it is why the table was read again.
    if (run.failure.value?.kind !== 'serviceLost') run.reset();
  }

  // Each reading of a file is another table, even if a restarted service gives it the same id.
  watch(() => tables.summary, forgetAll);

  return { ...run, total, fitted, opening, compare, steer, closedBecause, open };
});
