import { randomUUID } from 'node:crypto';
import type { Failure } from '../../../shared/failure';
import { selectionId, type FitId, type SelectionId, type TableId } from '../../../shared/ids';
import { failed, ok, type Result } from '../../../shared/result';
import type { SelectionSummary } from '../../../shared/selection';
import type { Findings } from './findings';
import { FinishedWork } from './finishedWork';

/** A selection that has ended, with the fits it found. */
export interface Selection {
  readonly summary: SelectionSummary;
  readonly findings: Findings;
  /** The fits that were opened, by the name of their point. */
  readonly opened: Map<string, FitId>;
}

/** The selections in memory, and what those of a table have finished. */
export class Selections {
  private readonly selections = new Map<SelectionId, Selection>();
  private readonly work = new Map<TableId, FinishedWork>();

  newId(): SelectionId {
    return selectionId.parse(randomUUID());
  }

  add(selection: Selection): void {
    this.selections.set(selection.summary.selection, selection);
  }

  get(id: SelectionId): Result<Selection, Failure> {
    const selection = this.selections.get(id);
    return selection ? ok(selection) : failed({ kind: 'unknownSelection' });
  }

  forget(id: SelectionId): void {
    this.selections.delete(id);
  }

  /** What selections of a table have finished so far. */
  workOf(table: TableId): FinishedWork {
    let work = this.work.get(table);
    if (work === undefined) this.work.set(table, (work = new FinishedWork()));
    return work;
  }

  /** Forgets all about a table that is closed. */
  closeTable(table: TableId): void {
    this.work.delete(table);
    for (const [id, { summary }] of this.selections) if (summary.table === table) this.selections.delete(id);
  }
}
