import type { Failure } from '../../../shared/failure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Comparand } from '../../../shared/results';
import { isNumeric } from '../../../shared/table';
import type { Table } from '../../files/table';
import { codeNumbers, findColumn } from '../featureColumns';
import type { Fit, Fits } from '../fits';
import { readTextCells, type TextCells } from '../textCells';

/** More groups than that are no groups, and a table of them nobody reads. By taste. */
const mostGroups = 200;

/** A group for each row of a table, -1 where it has none. */
export interface Groups {
  readonly texts: readonly string[];
  readonly code: Int32Array;
}

/** What a fit is compared with, by row of its table. */
export function groupsOf(fit: Fit, comparand: Comparand, fits: Fits): Result<Groups, Failure> {
  if (comparand.kind === 'column') return columnGroups(fit.table, comparand.column);
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

function columnGroups(table: Table, name: string): Result<Groups, Failure> {
  const groups = known.get(table)?.get(name);
  if (groups) return ok(groups);
  const read = readGroups(table, name);
  if (read.ok) known.set(table, (known.get(table) ?? new Map<string, Groups>()).set(name, read.value));
  return read;
}

function readGroups(table: Table, name: string): Result<Groups, Failure> {
  const column = findColumn(table, name);
  if (!column.ok) return column;
  const { index, type, distinct } = column.value;
  const unsuitable = (problem: string) =>
    failed({ kind: 'columnNotSuitable' as const, column: name, as: 'category' as const, problem });
  const tooMany = (values: number): string => `it has ${values} different values, more than ${mostGroups}`;
  // Known before its texts are read.
  if (distinct > mostGroups) return unsuitable(tooMany(distinct));
  const { code, texts } = isNumeric(type)
    ? inOrder(codeNumbers(table.numbers(index)))
    : textGroups(table, index);
  if (texts.length === 0) return unsuitable('it holds nothing but missing cells');
  if (texts.length > mostGroups) return unsuitable(tooMany(texts.length));
  return ok({ texts, code });
}

function textGroups(table: Table, index: number): TextCells {
  return (
    readTextCells(table, [index]).get(index) ?? {
      code: new Int32Array(table.summary.rows).fill(-1),
      texts: [],
    }
  );
}

/** Numbers that are names of groups, from small to large. */
function inOrder({ code, texts }: TextCells): TextCells {
  const order = Array.from(texts.keys()).sort((a, b) => Number(texts[a]) - Number(texts[b]));
  const place = new Int32Array(texts.length);
  order.forEach((from, to) => (place[from] = to));
  return { code: code.map((own) => (own < 0 ? -1 : place[own])), texts: order.map((from) => texts[from]) };
}
