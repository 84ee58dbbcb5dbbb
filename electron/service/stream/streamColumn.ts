import type { Failure } from '../../../shared/failure';
import type { FeatureKind, FitFeature } from '../../../shared/features';
import { failed, ok, type Result } from '../../../shared/result';
import { isNumeric, type ColumnType } from '../../../shared/table';
import type { RowStream } from '../../files/rowStream';
import { levelProblem } from '../preparation/featureColumns';
import { chooseYes } from '../preparation/yesNo';

const mostKeptLevels = 10_000;

/** What a cell holds before it is known what it means: a number, or a text of some level; null: missing. */
export type CellKey = number | string | null;

/** A feature of a stream. Its levels are learnt while the rows first come. */
export class StreamColumn {
  private readonly codes = new Map<string, number>();
  private readonly isNumeric: boolean;
  private readonly isNumber: boolean;
  /** The code that means yes. */
  private yes = -1;

  constructor(
    private readonly stream: RowStream,
    readonly name: string,
    private readonly index: number,
    private readonly kind: FeatureKind,
    private readonly type: ColumnType,
    private readonly threshold: number | undefined,
  ) {
    this.isNumeric = isNumeric(type);
    this.isNumber = kind === 'number' || (kind === 'yesNo' && threshold !== undefined && this.isNumeric);
  }

  key(row: readonly string[]): CellKey {
    const cell = row[this.index];
    if (!this.isNumeric) return this.stream.textOf(cell);
    const value = this.stream.numberOf(cell, this.index);
    if (Number.isNaN(value)) return null;
    return this.isNumber ? value : String(value);
  }

  /** The number a key stands for: itself, or the code of its level, which may be new. */
  learn(key: CellKey): number {
    if (key === null) return NaN;
    if (typeof key === 'number') return key;
    const text = this.type === 'boolean' ? key.toLowerCase() : key;
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    // More than any category may have, so the column will be refused: memory stays small until then.
    if (this.codes.size > mostKeptLevels) return NaN;
    this.codes.set(text, this.codes.size);
    return this.codes.size - 1;
  }

  /** The cell of a row of the fit, from what `learn` gave, once all levels are known. */
  cell(raw: number): number {
    if (Number.isNaN(raw) || this.kind !== 'yesNo') return raw;
    if (this.threshold !== undefined && this.isNumeric) return raw >= this.threshold ? 1 : 0;
    return raw === this.yes ? 1 : 0;
  }

  /** The feature, once all rows have been seen. */
  finish(): Result<FitFeature, Failure> {
    const { name, kind, threshold } = this;
    if (kind === 'number') return ok({ kind, name });
    if (this.isNumber)
      return ok({ kind: 'yesNo', name, yes: `${threshold} or more`, no: `below ${threshold}` });
    const texts = [...this.codes.keys()];
    const problem = levelProblem(kind, texts, Infinity);
    if (problem !== null) return failed({ kind: 'columnNotSuitable', column: name, as: kind, problem });
    if (kind === 'category') return ok({ kind, name, levels: texts });
    const { yes, no } = chooseYes(texts);
    this.yes = texts.indexOf(yes);
    return ok({ kind, name, yes, no });
  }
}
