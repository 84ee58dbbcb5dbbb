import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { FitSpecification, FitSummary } from '../../shared/fit';
import { failureText } from '../../shared/failureText';
import { modelText } from '../../shared/fitText';
import { formatCounted } from '../../shared/format';
import type { FitId, TableId } from '../../shared/ids';
import { defaultClusterNames } from '../../shared/resultDocument';
import { carriedSigns, newSigns, type ClusterSign } from '../charts/clusterSign';
import { useService } from '../client/service';
import { useFit, type SteerCommand } from '../composables/useFit';
import { useTables } from './tables';
import { useWorkspace } from './workspace';

/** Finished fits that are kept, the latest. */
export const keptFits = 8; // by taste: enough to compare, little enough for the memory of a million rows each

/** A finished fit, and how its clusters are known. */
export interface FinishedFit {
  /** Counted from 1 over the session. */
  readonly number: number;
  /** "Fit 3", until a person gives another name. */
  readonly name: string;
  readonly summary: FitSummary;
  readonly signs: readonly ClusterSign[];
  /** Of each cluster, where a selection has measured it (mean Jaccard similarity). */
  readonly stability: Float64Array | null;
}

/** What the clusters of a fit are called until somebody names them. */
const namesOf = ({ profiles, labels }: FitSummary): string[] => defaultClusterNames(profiles.length, labels);

const defaultFitName = (number: number): string => `Fit ${number}`;

/**
 * The fit under way and the finished ones of the open table. They outlive pages: a fit goes on while another room
 * is looked at.
 */
export const useFits = defineStore('fits', () => {
  const service = useService();
  const tables = useTables();
  const workspace = useWorkspace();
  const run = useFit(service);
  const finished = shallowRef<readonly FinishedFit[]>([]);
  const currentId = shallowRef<FitId | null>(null);
  const current = computed(() => finished.value.find((one) => one.summary.fit === currentId.value) ?? null);
  let count = 0;

  /** Fits, and makes the result the current one; `paused`: begins by waiting for a step. True when there is one. */
  async function fit(table: TableId, specification: FitSpecification, paused = false): Promise<boolean> {
    const task = workspace.startTask(`Fitting ${modelText(specification.model)}`, run.cancel);
    const stopFollowing = watch(run.progress, (progress) => {
      if (!progress) return;
      const done = Math.round((progress.fraction ?? 0) * specification.run.restarts);
      task.update(
        progress.fraction,
        progress.fraction === null ? '' : `${done} of ${formatCounted(specification.run.restarts, 'start')}`,
      );
    });
    const summary = await run.start(table, specification, paused);
    stopFollowing();
    task.finish();
    if (!summary) return false;
    await adopt(summary);
    return true;
  }

  /**
   * Makes a fit that the service holds the current one, its clusters known as those of the fit shown before.
   * `stability`: of its clusters, where it has been measured.
   */
  async function adopt(summary: FitSummary, stability: Float64Array | null = null): Promise<void> {
    add(summary, await matchWithCurrent(summary), stability);
  }

  /** Pauses, steps or resumes what runs. A run that has just ended cannot be steered, and that needs no words. */
  async function steer(command: SteerCommand): Promise<void> {
    const answer = await run.steer(command);
    if (!answer.ok && run.isRunning.value) workspace.say(failureText(answer.failure), 'danger');
  }

  /** Which cluster of the fit shown each cluster of a new one is; none where they cannot be compared. */
  async function matchWithCurrent(summary: FitSummary): Promise<ArrayLike<number>> {
    const earlier = current.value?.summary;
    if (!earlier) return [];
    const answer = await service.call('fit.match', { earlier: earlier.fit, later: summary.fit });
    return answer.ok ? answer.value.earlier : [];
  }

  function add(summary: FitSummary, matches: ArrayLike<number>, stability: Float64Array | null): void {
    const names = namesOf(summary);
    const signs = current.value ? carriedSigns(names, current.value.signs, matches) : newSigns(names);
    const number = ++count;
    const all = [...finished.value, { number, name: defaultFitName(number), summary, signs, stability }];
    forget(all.slice(0, -keptFits));
    finished.value = all.slice(-keptFits);
    currentId.value = summary.fit;
    openRooms();
  }

  /** Says how well the clusters of a fit were found again, once that is known. */
  function learnStability(id: FitId, stability: Float64Array): void {
    finished.value = finished.value.map((one) => (one.summary.fit === id ? { ...one, stability } : one));
  }

  function choose(id: FitId): void {
    currentId.value = id;
  }

  /** Names a cluster; an empty name gives it back its own. */
  function rename(id: FitId, component: number, name: string): void {
    const given = name.trim();
    finished.value = finished.value.map((one) =>
      one.summary.fit === id
        ? {
            ...one,
            signs: one.signs.map((sign, at) =>
              at === component
                ? { ...sign, name: given || namesOf(one.summary)[component], isNamed: given !== '' }
                : sign,
            ),
          }
        : one,
    );
  }

  /** Names a fit; an empty name gives it back its number. */
  function renameFit(id: FitId, name: string): void {
    finished.value = finished.value.map((one) =>
      one.summary.fit === id ? { ...one, name: name.trim() || defaultFitName(one.number) } : one,
    );
  }

  /** Forgets one fit. Of the one shown the latest of the others takes its place. */
  function forgetOne(id: FitId): void {
    forget(finished.value.filter((one) => one.summary.fit === id));
    finished.value = finished.value.filter((one) => one.summary.fit !== id);
    if (currentId.value === id) currentId.value = finished.value.at(-1)?.summary.fit ?? null;
    openRooms();
  }

  /** Forgets every fit: their table is gone, or the service that knew them. */
  function forgetAll(): void {
    forget(finished.value);
    finished.value = [];
    currentId.value = null;
    // That the engine was lost stays in sight: it is why the table was read again.
    if (run.failure.value?.kind !== 'serviceLost') run.reset();
    openRooms();
  }

  /** Results and export have something to show while there is a fit. */
  function openRooms(): void {
    const reason = current.value ? null : 'Nothing has been fitted yet.';
    workspace.blockStep('results', reason);
    workspace.blockStep('export', reason);
    if (reason && (workspace.room === 'results' || workspace.room === 'export')) workspace.show('model');
  }

  function forget(fits: readonly FinishedFit[]): void {
    // The answer says nothing: the fit is gone here either way.
    for (const one of fits) void service.call('fit.forget', { fit: one.summary.fit });
  }

  // Each reading of a file is another table, even if a restarted service gives it the same id.
  watch(() => tables.summary, forgetAll);

  return {
    ...run,
    finished,
    currentId,
    current,
    fit,
    adopt,
    learnStability,
    steer,
    choose,
    rename,
    renameFit,
    forgetOne,
  };
});
