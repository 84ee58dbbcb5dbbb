import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { failureText } from '../../shared/failureText';
import { formatCount, formatCounted } from '../../shared/format';
import type { FitId, SelectionId, TableId } from '../../shared/ids';
import { defaultClusterNames } from '../../shared/resultDocument';
import type { GridCell, GridPoint, SelectionSpecification } from '../../shared/selection';
import type { Failure } from '../../shared/failure';
import { failed, map, type Result } from '../../shared/result';
import { newSigns, type ClusterSign } from '../charts/clusterSign';
import type { RowsTogether } from '../charts/coMembershipView';
import { useService } from '../client/service';
import { useSelection } from '../composables/useSelection';
import { useFits } from './fits';
import { useTables } from './tables';
import { useWorkspace } from './workspace';

const keptSelections = 4; // by taste

const averagedRows = 200; // by eye: single rows can still be seen

/** Rows of the table with the probability that each two of them are of one cluster. */
export interface AveragedRows extends RowsTogether {
  /** Rows there are. */
  readonly total: number;
  /** Of the clusters of the fit they are arranged by. */
  readonly signs: readonly ClusterSign[];
}

const nameOf = ({ model, components }: GridPoint): string => `${model} ${components}`;

/**
 * The selection under way or in sight. It outlives its page: it goes on while another room is looked at. Finished
 * ones stay in the service for a while.
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
  /** Fits that were opened from it without being shown. */
  const lookedAt = new Set<FitId>();
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
    for (const { model, components, stability } of summary.cells) {
      const fit = opened.get(nameOf({ model, components }));
      if (fit !== undefined && stability !== null) fits.learnStability(fit, stability);
    }
    return true;
  }

  /** Pauses or resumes what runs. A run that has just ended cannot be steered, and that needs no words. */
  async function steer(command: 'pause' | 'resume'): Promise<void> {
    const answer = await run.steer(command);
    if (!answer.ok && run.isRunning.value) workspace.say(failureText(answer.failure), 'danger');
  }

  /** Why a grid point cannot be opened, in words; null: it can. */
  function closedBecause({ model, components }: GridPoint): string | null {
    const outcome = cellAt({ model, components })?.fit?.outcome;
    if (run.selection.value === null) return 'There is no comparison whose fits could be opened.';
    if (!outcome)
      return run.isRunning.value
        ? 'This fit is not done yet.'
        : 'There is no fit at this point: the comparison was stopped before.';
    return outcome.kind === 'failed' ? 'This fit failed, so there is nothing to open.' : null;
  }

  const cellAt = ({ model, components }: GridPoint): GridCell | undefined =>
    run.findings.value.cells.find((one) => one.model === model && one.components === components);

  /** Shows the fit of a grid point in Results, without fitting again, also while the comparison goes on. */
  async function open(point: GridPoint): Promise<void> {
    const reason = closedBecause(point);
    const { value: selection } = run.selection;
    if (reason !== null || selection === null) {
      workspace.say(reason ?? '');
      return;
    }
    // The answer to a first click is still awaited.
    if (opening.value !== null) return;
    const key = nameOf(point);
    const known = opened.get(key);
    if (known !== undefined && fits.finished.some((one) => one.summary.fit === known)) {
      fits.choose(known);
      workspace.show('results');
      return;
    }
    opening.value = point;
    const answer = await service.call('selection.open', { selection, point });
    opening.value = null;
    if (!answer.ok) {
      workspace.say(failureText(answer.failure), 'danger');
      return;
    }
    // Another selection or table has taken its place in the meantime.
    if (run.selection.value !== selection) return;
    opened.set(key, answer.value.fit);
    await fits.adopt(answer.value, cellAt(point)?.stability ?? null);
    workspace.show('results');
  }

  /**
   * Some rows with the probability that each two of them are of one cluster, averaged over all models, and their
   * clusters in the chosen fit, or where none is chosen in that of the largest weight.
   */
  async function averageRows(): Promise<Result<AveragedRows, Failure>> {
    const { value: summary } = run.summary;
    const heaviest = [...(summary?.weights ?? [])].sort((a, b) => b.weight - a.weight)[0];
    const point = summary?.verdict?.chosen ?? heaviest;
    if (!summary || !point) return failed({ kind: 'unknownSelection' });
    const { selection } = summary;
    const fit = await service.call('selection.open', { selection, point });
    if (!fit.ok) return fit;
    lookedAt.add(fit.value.fit);
    const sample = await service.call('fit.sample', { fit: fit.value.fit, limit: averagedRows });
    if (!sample.ok) return sample;
    const { row, cluster, total } = sample.value;
    const average = await service.call('selection.average', { selection, rows: row });
    const shown = fits.finished.find((one) => one.summary.fit === fit.value.fit);
    const names = defaultClusterNames(fit.value.profiles.length, fit.value.labels);
    return map(average, ({ coMembership }) => ({
      row,
      cluster,
      total,
      together: coMembership,
      signs: shown?.signs ?? newSigns(names),
    }));
  }

  /** Forgets the fits that were opened for an average alone. */
  function forgetLookedAt(): void {
    for (const fit of lookedAt)
      if (!fits.finished.some((one) => one.summary.fit === fit)) void service.call('fit.forget', { fit });
    lookedAt.clear();
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

  watch(run.selection, (selection) => {
    forgetLookedAt();
    if (selection === null || kept.value.includes(selection)) return;
    const all = [...kept.value, selection];
    forget(all.slice(0, -keptSelections));
    kept.value = all.slice(-keptSelections);
  });

  return { ...run, total, fitted, opening, compare, steer, closedBecause, open, averageRows };
});
