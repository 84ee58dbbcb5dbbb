import { randomUUID } from 'node:crypto';
import type { Failure } from '../../../shared/failure';
import { selectionId, type FitId, type SelectionId, type TableId } from '../../../shared/ids';
import { failed, ok, type Result } from '../../../shared/result';
import type { SelectionSpecification, SelectionSummary } from '../../../shared/selection';
import type { Findings } from './findings';
import { FinishedWork } from './finishedWork';

/** A selection with the fits it has found so far. */
export interface Selection {
  readonly id: SelectionId;
  readonly table: TableId;
  readonly specification: SelectionSpecification;
  readonly findings: Findings;
  /** The fits that were opened, by the name of their point. */
  readonly opened: Map<string, FitId>;
  /** null: it has not ended. */
  summary: SelectionSummary | null;
}

/** The selections in memory, and what those of a table have finished. */
export class Selections {
  private readonly selections = new Map<SelectionId, Selection>();
  private readonly work = new Map<TableId, FinishedWork>();

  /** A selection that begins. */
  begin(table: TableId, specification: SelectionSpecification, findings: Findings): Selection {
    const id = selectionId.parse(randomUUID());
    const selection: Selection = { id, table, specification, findings, opened: new Map(), summary: null };
    this.selections.set(id, selection);
    return selection;
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
    for (const [id, selection] of this.selections) if (selection.table === table) this.selections.delete(id);
  }
}
