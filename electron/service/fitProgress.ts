import type { ComponentParameters, FitEvent } from '../../shared/fit';
import type { Params } from '../engine/model';
import type { TracePoint } from '../threads/task';
import type { ReportedObjective } from './reportedObjective';

interface Leading {
  readonly restart: number;
  readonly iteration: number;
  readonly objective: number;
  readonly params: Params;
}

/** Collects what threads report between two progress events. */
export class FitProgress {
  private points: Extract<FitEvent, { kind: 'progress' }>['points'] = [];
  private leading: Leading | null = null;
  private finished = 0;
  private hasNews = false;

  constructor(
    private readonly restarts: number,
    private readonly inFileUnits: (params: Params) => ComponentParameters,
    private readonly reported: ReportedObjective,
    private readonly elapsedMs: () => number,
  ) {}

  /** Points of one restart's trace, and its parameters at the last of them. */
  add(restart: number, points: readonly TracePoint[], params: Params): void {
    const last = points.at(-1);
    if (!last) return;
    const { reported } = this;
    this.hasNews = true;
    for (const { iteration, objective, logLikelihood, boundAfterM, boundAfterE } of points)
      this.points.push({
        restart,
        iteration,
        objective: reported(objective),
        logLikelihood: reported(logLikelihood),
        boundAfterM: reported(boundAfterM),
        boundAfterE: reported(boundAfterE),
      });
    if (!this.leading || this.leading.restart === restart || last.objective > this.leading.objective)
      this.leading = { restart, iteration: last.iteration, objective: last.objective, params };
  }

  /** Another restart is done. */
  finishOne(): void {
    this.finished++;
    this.hasNews = true;
  }

  /** A short run is done: time has passed, but no restart is nearer its end. */
  notice(): void {
    this.hasNews = true;
  }

  /** What is new since the last event; null when nothing is. */
  take(): FitEvent | null {
    if (!this.hasNews) return null;
    this.hasNews = false;
    const points = this.points;
    this.points = [];
    return {
      kind: 'progress',
      elapsedMs: this.elapsedMs(),
      // Until a restart is done there is no telling how long one takes.
      fraction: this.finished === 0 ? null : Math.min(1, this.finished / this.restarts),
      points,
      leading: this.leading && {
        restart: this.leading.restart,
        iteration: this.leading.iteration,
        parameters: this.inFileUnits(this.leading.params),
      },
    };
  }
}
