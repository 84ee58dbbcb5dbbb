import type { Failure } from '../../../shared/failure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Comparand } from '../../../shared/results';
import { isNumeric } from '../../../shared/table';
import type { Table } from '../../files/table/table';
import { codeNumbers, findColumn } from '../preparation/featureColumns';
import type { Fit, Fits } from '../fits';
import { readingTextCells, type TextCells } from '../preparation/textCells';
import { goesOn, type Work } from './work';

/** More groups than that are no groups, and a table of them nobody reads. By taste. */
const mostGroups = 200;

/** A group for each row of a table, -1 where it has none. */
export interface Groups {
  readonly texts: readonly string[];
  readonly code: Int32Array;
}

/** What a fit is compared with, by row of its table. `cancelled` where `work` was stopped. */
export async function groupsOf(
  fit: Fit,
  comparand: Comparand,
  fits: Fits,
  work: Work,
): Promise<Result<Groups, Failure>> {
  if (comparand.kind === 'column') return columnGroups(fit.table, comparand.column, work);
  const other = fits.get(comparand.fit);
  if (!other.ok) return other;
  if (other.value.summary.table !== fit.summary.table)
    return failed({ kind: 'badRequest', path: 'with.fit', problem: 'it is a fit of another table' });
  const { position, label, summary } = other.value;
  const k = summary.specification.model.components;
  return ok({
    texts: Array.from({ length: k }, (_, cluster) => String(cluster + 1)),
    code: Int32Array.from(position, (index) => (index < 0 ? -1 : label[index])),
  });
}

/** The columns that were compared with, since their texts are read from one end of the table to the other. */
const known = new WeakMap<Table, Map<string, Groups>>();

async function columnGroups(table: Table, name: string, work: Work): Promise<Result<Groups, Failure>> {
  const groups = known.get(table)?.get(name);
  if (groups) return ok(groups);
  const read = await readGroups(table, name, work);
  if (read.ok) known.set(table, (known.get(table) ?? new Map<string, Groups>()).set(name, read.value));
  return read;
}

async function readGroups(table: Table, name: string, work: Work): Promise<Result<Groups, Failure>> {
  const column = findColumn(table, name);
  if (!column.ok) return column;
  const { index, type, distinct } = column.value;
  const unsuitable = (problem: string) =>
    failed({ kind: 'columnNotSuitable' as const, column: name, as: 'category' as const, problem });
  const tooMany = (values: number): string => `it has ${values} different values, more than ${mostGroups}`;
  // Known before its texts are read.
  if (distinct > mostGroups) return unsuitable(tooMany(distinct));
  const cells = isNumeric(type)
    ? inOrder(codeNumbers(table.numbers(index)))
    : await textGroups(table, index, work);
  if (cells === null) return failed({ kind: 'cancelled' });
  const { code, texts } = cells;
  if (texts.length === 0) return unsuitable('it holds nothing but missing cells');
  if (texts.length > mostGroups) return unsuitable(tooMany(texts.length));
  return ok({ texts, code });
}

async function textGroups(table: Table, index: number, work: Work): Promise<TextCells | null> {
  const reading = readingTextCells(table, [index]);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value.get(index) ?? null;
    if (!(await goesOn(work, value))) return null;
  }
}

/** Numbers that are names of groups, from small to large. */
function inOrder({ code, texts }: TextCells): TextCells {
  const order = Array.from(texts.keys()).sort((a, b) => Number(texts[a]) - Number(texts[b]));
  const place = new Int32Array(texts.length);
  order.forEach((from, to) => (place[from] = to));
  return { code: code.map((own) => (own < 0 ? -1 : place[own])), texts: order.map((from) => texts[from]) };
}
