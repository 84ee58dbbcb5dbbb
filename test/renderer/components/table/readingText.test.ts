import { describe, expect, it } from 'vitest';
import { dialectText, missingParts, readingText } from '../../../../renderer/components/table/readingText';
import { column, dialect } from '../../support/tableFixtures';

describe('readingText', () => {
  it('says type, decimal mark, blanks and codes', () => {
    const text = readingText(
      column({
        reading: { decimal: ',', thousands: null, currency: null, dateOrder: null },
        missing: 5,
        missingSpellings: [
          { text: '', count: 3 },
          { text: 'n/a', count: 2 },
        ],
      }),
    );
    expect(text).toBe('number, decimal comma, 3 blanks, 2 cells “n/a”');
  });

  it('says thousands, currency and unreadable cells', () => {
    const text = readingText(
      column({
        type: 'currency',
        reading: { decimal: '.', thousands: ',', currency: '€', dateOrder: null },
        unreadable: { count: 1, examples: [{ row: 3, text: 'free' }] },
      }),
    );
    expect(text).toBe('currency in €, decimal point, thousands by comma, 1 cell unreadable');
  });

  it('says the order of dates, and who chose the type', () => {
    const reading = { decimal: null, thousands: null, currency: null, dateOrder: 'dmy' as const };
    expect(readingText(column({ type: 'date', reading, isDetected: false }))).toBe(
      'date, day, month, year, type chosen by you',
    );
  });

  it('a plain column is one word', () => {
    expect(readingText(column({ type: 'category' }))).toBe('category');
  });
});

describe('missingParts', () => {
  it('counts blanks of any length together', () => {
    expect(
      missingParts({
        missing: 4,
        missingSpellings: [
          { text: '', count: 3 },
          { text: '  ', count: 1 },
        ],
      }),
    ).toEqual(['4 blanks']);
  });

  it('accounts for every missing cell, also those of spellings not listed', () => {
    expect(
      missingParts({
        missing: 20,
        missingSpellings: ['NA', '-', '?', 'none'].map((text) => ({ text, count: 4 })),
      }),
    ).toEqual(['4 cells “NA”', '4 cells “-”', '4 cells “?”', '8 other missing cells']);
  });
});

describe('dialectText', () => {
  it('describes delimited text', () => {
    expect(dialectText({ ...dialect, skippedLines: 2 })).toBe(
      'Semicolon-separated text, UTF-8, decimal comma, names in line 3',
    );
  });

  it('describes a sheet', () => {
    expect(
      dialectText({
        ...dialect,
        format: 'workbook',
        encoding: null,
        delimiter: null,
        sheet: 'Data',
        hasHeader: false,
      }),
    ).toBe('Workbook, sheet “Data”, no header');
  });
});
