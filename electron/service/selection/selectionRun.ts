import type { GridPoint, SelectionEvent, SelectionSpecification } from '../../../shared/selection';
import { splitCount, type CellResult } from '../../engine/selection/cells';
import { computeCells } from '../../threads/cells';
import type { TaskControl } from '../../threads/control';
import type { ThreadPool } from '../../threads/pool';
import { Findings } from './findings';
import { nameOf } from './pointName';
import type { FinishedWork } from './finishedWork';
import { GroupWork, type Work } from './work';
import type { ModelGroup } from './groups';
import { WorkEstimate } from './workEstimate';

const eventsPerSecond = 10;

/** What a run is steered by, and what it tells. */
export interface SelectionContext {
  readonly emit: (event: SelectionEvent) => void;
  readonly signal: AbortSignal;
  readonly control: TaskControl;
}

/** A group of models, with what is known of its work. */
export interface WorkingGroup extends ModelGroup {
  readonly work: GroupWork;
}

/** A selection while it runs: does work, keeps what comes of it, and tells. */
export class SelectionRun {
  readonly groups: readonly WorkingGroup[];
  readonly findings: Findings;
  readonly estimate = new WorkEstimate();
  /** Pieces of work that an earlier selection had finished. */
  reused = 0;
  finished = 0;
  private readonly startedAt = performance.now();
  /** Points of which something has been found since they were last told. */
  private readonly news = new Map<string, GridPoint>();
  private hasNews = false;

  constructor(
    private readonly pool: ThreadPool,
    private readonly known: FinishedWork,
    readonly specification: SelectionSpecification,
    groups: readonly ModelGroup[],
    private readonly context: SelectionContext,
  ) {
    this.groups = groups.map((group) => ({ ...group, work: new GroupWork(group, specification) }));
    const splits = (model: number): number => {
      const group = groups.find(({ models }) => models.includes(model));
      const isKMeans = specification.models[model].family === 'kmeans';
      return group === undefined || isKMeans ? 0 : splitCount(group.grid, group.prepared.rows.n);
    };
    this.findings = new Findings(specification, splits);
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  get isCancelled(): boolean {
    return this.context.signal.aborted;
  }

  /** Tells what is new, at most ten times a second, until `work` is done. */
  async telling(work: () => Promise<void>): Promise<void> {
    const timer = setInterval(() => this.tell(), 1000 / eventsPerSecond);
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
    this.tell();
  }

  emit(event: SelectionEvent): void {
    this.context.emit(event);
  }

  /**
   * Does pieces of work of a group that are expected, unless an earlier selection has done them. `onResult` is told of
   * each, in no certain order.
   */
  async perform(
    group: WorkingGroup,
    work: readonly Work[],
    onResult: (work: Work, result: CellResult) => void,
  ): Promise<void> {
    const finish = (piece: Work, result: CellResult): void => {
      this.finished++;
      this.estimate.finish(piece.cost);
      this.hasNews = true;
      onResult(piece, result);
      if ('point' in piece.cell) this.news.set(nameOf(piece.cell.point), piece.cell.point);
    };
    const left: Work[] = [];
    for (const piece of work) {
      const result = this.known.get(piece.key);
      if (result === undefined) left.push(piece);
      else {
        this.reused++;
        finish(piece, result);
      }
    }
    await computeCells(
      this.pool,
      { rows: group.prepared.shared, grid: group.grid, cells: left.map(({ cell }) => cell) },
      (at, result) => {
        this.known.add(left[at].key, result);
        finish(left[at], result);
      },
      this.context.signal,
      this.context.control,
    );
  }

  private tell(): void {
    if (!this.hasNews) return;
    this.hasNews = false;
    for (const point of this.news.values()) this.emit({ kind: 'cell', cell: this.findings.cell(point) });
    this.news.clear();
    const { elapsedMs } = this;
    const remainingMs = this.estimate.remainingMs(elapsedMs);
    this.emit({ kind: 'progress', fraction: this.estimate.fraction, elapsedMs, remainingMs });
  }
}
