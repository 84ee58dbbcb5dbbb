import type { ImportNotice } from '../../../shared/importNotice';
import type { ColumnOverride, Dialect, ImportOptions } from '../../../shared/table';

/** One button under a question about how a file was read. */
export interface Answer {
  readonly label: string;
  /** How the file is read from now on. */
  readonly options: ImportOptions;
  /** False when this is how it was read already, so that nothing needs to be read again. */
  readonly changesReading: boolean;
}

/** The answers to a question, in the order of their buttons; none for a notice that only tells. */
export function questionAnswers(notice: ImportNotice, dialect: Dialect, options: ImportOptions): Answer[] {
  const keep = (label: string, change: Partial<ImportOptions> = {}): Answer => ({
    label,
    options: { ...options, ...change },
    changesReading: false,
  });
  const change = (label: string, changed: Partial<ImportOptions>): Answer => ({
    label,
    options: { ...options, ...changed },
    changesReading: true,
  });
  const forColumn = (override: ColumnOverride): Partial<ImportOptions> => ({
    columns: withOverride(options.columns ?? [], override),
  });

  switch (notice.kind) {
    case 'headerUnsure': {
      const { hasHeader } = notice;
      const yes = 'Yes, names of columns';
      const no = 'No, data';
      return hasHeader
        ? [keep(yes, { hasHeader: true }), change(no, { hasHeader: false })]
        : [change(yes, { hasHeader: true }), keep(no, { hasHeader: false })];
    }
    case 'delimiterUnsure':
      return dialect.delimiter === null ? [keep('Yes')] : [keep('Yes', { delimiter: dialect.delimiter })];
    case 'ambiguousNumbers': {
      const { column: index, decimal, value, otherValue } = notice;
      return [
        keep(`It is ${value}`, forColumn({ index, decimal })),
        change(`It is ${otherValue}`, forColumn({ index, decimal: decimal === '.' ? ',' : '.' })),
      ];
    }
    case 'ambiguousDates': {
      const { column: index, order } = notice;
      return (['dmy', 'mdy'] as const).map((dateOrder) =>
        (dateOrder === order ? keep : change)(
          dateOrder === 'dmy' ? 'Day, month, year' : 'Month, day, year',
          forColumn({ index, dateOrder }),
        ),
      );
    }
    case 'possibleMissingCode': {
      const { column: index, text } = notice;
      const codes = options.columns?.find((column) => column.index === index)?.missingCodes ?? [];
      return [
        change('Yes, missing', forColumn({ index, missingCodes: [...new Set([...codes, text])] })),
        keep('No, a value'),
      ];
    }
    case 'missingOrCode':
      return [
        keep('Missing'),
        change('A code', { missingCodes: dialect.missingCodes.filter((code) => code !== notice.text) }),
      ];
    default:
      return [];
  }
}

/** The overrides with one column's changed; what else was decided about that column stays. */
export function withOverride(
  overrides: readonly ColumnOverride[],
  override: ColumnOverride,
): ColumnOverride[] {
  const before = overrides.find((entry) => entry.index === override.index);
  const others = overrides.filter((entry) => entry.index !== override.index);
  return [...others, { ...before, ...override }].sort((a, b) => a.index - b.index);
}
