import { familyTraits } from '../../../shared/families';
import { usualKind, type FeatureKind } from '../../../shared/features';
import type { Failure } from '../../../shared/failure';
import type { Preparation } from '../../../shared/fit';
import type { Family } from '../../../shared/model';
import { failed, ok, type Result } from '../../../shared/result';
import { isNumeric, type ColumnSummary } from '../../../shared/table';
import type { Table } from '../../files/table/table';
import { readTextCells, type TextCells } from './textCells';
import { chooseYes } from './yesNo';

/** A feature over all rows of its table, NaN where it is missing. */
export type FeatureColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  /** `values`: 1 for yes, 0 for no. */
  | {
      readonly kind: 'yesNo';
      readonly name: string;
      readonly values: Float64Array;
      readonly yes: string;
      readonly no: string;
    }
  /** `values`: index in `texts`, which are in the order they first came. */
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly values: Float64Array;
      readonly texts: readonly string[];
    };

/** More levels than this are no categories. By taste: a hundred rows each of a hundred thousand. */
const mostLevels = 1000;

/** With fewer cells, a level for each of them may be chance. */
const fewestCellsForIdentifier = 10;

/** The named column of a table, or `unknownColumn`. */
export function findColumn(table: Table, name: string): Result<ColumnSummary, Failure> {
  return columnIn(table.summary.columns, name);
}

/** The named one of some columns, or `unknownColumn`. */
export function columnIn(columns: readonly ColumnSummary[], name: string): Result<ColumnSummary, Failure> {
  const column = columns.find((candidate) => candidate.name === name);
  return column
    ? ok(column)
    : failed({ kind: 'unknownColumn', column: name, columns: columns.map((candidate) => candidate.name) });
}

/** The cells of a column of numbers, over all rows of the table. */
export function numericColumn(table: Table, name: string): Result<Float64Array, Failure> {
  const column = findColumn(table, name);
  if (!column.ok) return column;
  const { type, index, unreadable } = column.value;
  if (isNumeric(type)) return ok(table.numbers(index));
  const example = unreadable.examples[0];
  return failed({
    kind: 'columnNotNumeric',
    column: name,
    row: example?.row ?? null,
    text: example?.text ?? null,
  });
}

/** How each feature of a preparation is taken: as it says, else as the family and the column suggest. */
export function featureKinds(
  { columns }: { readonly columns: readonly ColumnSummary[] },
  preparation: Preparation,
  family: Family,
): Result<FeatureKind[], Failure> {
  const { takes } = familyTraits[family];
  const kinds: FeatureKind[] = [];
  for (const name of Object.keys(preparation.kinds ?? {})) {
    const column = columnIn(columns, name);
    if (!column.ok) return column;
  }
  for (const [position, name] of preparation.features.entries()) {
    if (preparation.features.indexOf(name) !== position)
      return failed({ kind: 'repeatedColumn', column: name });
    const column = columnIn(columns, name);
    if (!column.ok) return column;
    const kind = preparation.kinds?.[name] ?? usualKind(column.value, takes);
    if (!takes.includes(kind))
      return failed({
        kind: 'columnNotSuitable',
        column: name,
        as: kind,
        problem: 'the model has no likelihood for that',
      });
    kinds.push(kind);
  }
  return ok(kinds);
}

/** The features of a preparation, taken as `kinds` say. */
export function readFeatures(
  table: Table,
  { features, threshold }: Preparation,
  kinds: readonly FeatureKind[],
): Result<FeatureColumn[], Failure> {
  const { columns } = table.summary;
  const found = features.map((name) => columns.find((column) => column.name === name));
  const texts = readTextCells(
    table,
    found.flatMap((column, position) =>
      column && kinds[position] !== 'number' && !isNumeric(column.type) ? [column.index] : [],
    ),
  );
  const read: FeatureColumn[] = [];
  for (const [position, name] of features.entries()) {
    const kind = kinds[position];
    const text = texts.get(found[position]?.index ?? -1) ?? null;
    const numbers = text === null ? numericColumn(table, name) : null;
    if (numbers && !numbers.ok) return numbers;
    const column =
      numbers === null
        ? fromTexts(name, kind, text)
        : kind === 'number'
          ? asNumbers(name, numbers.value)
          : kind === 'yesNo' && threshold !== undefined
            ? ok(above(name, numbers.value, threshold))
            : fromTexts(name, kind, codeNumbers(numbers.value));
    if (!column.ok) return column;
    read.push(column.value);
  }
  return ok(read);
}

const empty = 'none of its cells holds a value';

function asNumbers(name: string, values: Float64Array): Result<FeatureColumn, Failure> {
  return values.every(Number.isNaN)
    ? failed({ kind: 'columnNotSuitable', column: name, as: 'number', problem: empty })
    : ok({ kind: 'number', name, values });
}

function above(name: string, numbers: Float64Array, threshold: number): FeatureColumn {
  const values = numbers.map((value) => (Number.isNaN(value) ? NaN : value >= threshold ? 1 : 0));
  return { kind: 'yesNo', name, values, yes: `${threshold} or more`, no: `below ${threshold}` };
}

/** Numbers as codes for their values, in the order they first came, -1 for missing. */
export function codeNumbers(numbers: Float64Array): TextCells {
  const codes = new Map<number, number>();
  const code = new Int32Array(numbers.length).fill(-1);
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    if (Number.isNaN(value)) continue;
    let known = codes.get(value);
    if (known === undefined) {
      known = codes.size;
      codes.set(value, known);
    }
    code[row] = known;
  }
  return { code, texts: [...codes.keys()].map(String) };
}

function fromTexts(name: string, kind: FeatureKind, cells: TextCells | null): Result<FeatureColumn, Failure> {
  if (cells === null || kind === 'number') throw new Error(`"${name}" was not read as texts`);
  const { code, texts } = cells;
  const count = code.reduce((sum, own) => sum + (own < 0 ? 0 : 1), 0);
  const problem = levelProblem(kind, texts, count);
  if (problem !== null) return failed({ kind: 'columnNotSuitable', column: name, as: kind, problem });
  if (kind === 'category')
    return ok({ kind, name, values: Float64Array.from(code, (own) => (own < 0 ? NaN : own)), texts });
  const { yes, no } = chooseYes(texts);
  const values = Float64Array.from(code, (own) => (own < 0 ? NaN : texts[own] === yes ? 1 : 0));
  return ok({ kind, name, values, yes, no });
}

/** Why texts cannot be the levels of a yes/no column or a category, in words; null when they can. `cells`: how many have one. */
export function levelProblem(
  kind: Exclude<FeatureKind, 'number'>,
  texts: readonly string[],
  cells: number,
): string | null {
  if (texts.length === 0) return empty;
  if (kind === 'yesNo')
    return texts.length > 2
      ? `it has ${texts.length} different values, such as "${texts.slice(0, 3).join('", "')}", not two`
      : null;
  if (texts.length === cells && cells >= fewestCellsForIdentifier)
    return 'every row has a value of its own, so it tells nothing about groups';
  return texts.length > mostLevels
    ? `it has ${texts.length} different values, more than ${mostLevels}`
    : null;
}
