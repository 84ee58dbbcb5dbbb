import type { FitNotice, StopReason } from '../../../shared/fit';
import type { LatentModel } from '../model';
import type { HalfStep, History, Iteration, Outcome, TraceSection } from './run';
import type { Stage } from './stage';

/** What a run writes down as it goes: the trace, its sections and notices, the last and the best iteration. */
export class RunRecord {
  private readonly trace: number[] = [];
  private readonly halfSteps: HalfStep[] = [];
  private readonly sections: TraceSection[] = [];
  private readonly notices: FitNotice[] = [];
  /** The stage under way, and where its iterations begin in the trace. */
  private stage: Stage | null = null;
  private stageFrom = 0;
  private shown: Iteration | null = null;
  private highest: Iteration | null = null;

  constructor(private readonly model: LatentModel) {}

  /** The number the next iteration will have. */
  get next(): number {
    return this.trace.length;
  }

  get last(): Iteration | null {
    return this.shown;
  }

  /** That of the highest log-likelihood, prior included. Of a run by batches it means nothing: those estimate it. */
  get best(): Iteration | null {
    return this.highest;
  }

  /** The kind of the stage that the last iteration belongs to. */
  get kind(): Stage['kind'] | null {
    return this.sections.at(-1)?.kind ?? null;
  }

  /** The objective `count` iterations before the next, within the stage; null where the stage is younger. */
  objectiveBack(count: number): number | null {
    const at = this.next - count;
    return at < this.stageFrom ? null : this.trace[at];
  }

  begin(stage: Stage): void {
    this.stage = stage;
    this.stageFrom = this.next;
  }

  add(now: Iteration): void {
    const { stage } = this;
    if (stage !== null && this.next === this.stageFrom) {
      this.sections.push({ from: this.next, kind: stage.kind, isMonotone: stage.isMonotone });
      if (stage.notice) this.notices.push(stage.notice);
    }
    const { logLikelihood, boundAfterM, boundAfterE } = now;
    this.trace.push(now.objective);
    this.halfSteps.push({ logLikelihood, boundAfterM, boundAfterE });
    this.shown = now;
    if (this.highest === null || logLikelihood > this.highest.logLikelihood) this.highest = now;
  }

  /** Writes the last iteration down once more, under the next number: an E-step was spent and led nowhere. */
  repeat(): Iteration {
    const { last } = this;
    if (last === null) throw new Error('there is no iteration to repeat');
    const again = { ...last, iteration: this.next, boundAfterM: last.boundAfterE };
    this.add(again);
    return again;
  }

  relocated(components: readonly number[]): void {
    const iteration = this.next - 1;
    for (const component of components) this.notices.push({ kind: 'relocatedCluster', component, iteration });
  }

  /** What a run would have to show if it ended now: of a stage that draws, the best it saw. */
  kept(): Iteration | null {
    return this.kind === 'sampled' ? this.highest : this.shown;
  }

  /** `reached`: components that are not empty. */
  end(stopped: StopReason, reached: number): Outcome {
    const kept = this.kept();
    if (kept === null) throw new Error('there is no iteration to end with');
    const { components } = this.model;
    const fewer: FitNotice[] =
      reached < components ? [{ kind: 'fewerClusters', reached, distinct: reached }] : [];
    const empty = kept.params.weight?.filter((weight) => weight === 0).length ?? 0;
    if (empty > 0) fewer.push({ kind: 'emptyClusters', empty });
    return {
      ok: true,
      params: kept.params,
      // Free energies and what draws give are no objective to compare runs by.
      objective: this.kind === 'soft' || this.kind === 'hard' ? kept.objective : kept.logLikelihood,
      stopped,
      notices: [...this.notices, ...fewer],
      ...this.history(),
    };
  }

  history(): History {
    const { trace, halfSteps, sections } = this;
    return { iterations: Math.max(0, trace.length - 1), trace, halfSteps, sections };
  }
}
