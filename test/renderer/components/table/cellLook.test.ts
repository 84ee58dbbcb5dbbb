import { describe, expect, it } from 'vitest';
import { cellLook, gridColumn, lineText } from '../../../../renderer/components/table/cellLook';
import { column, dialect } from '../../support/tableFixtures';

describe('cellLook', () => {
  it('a missing cell is told from an empty text', () => {
    const withBlanks = gridColumn(
      column({ type: 'text', missing: 1, missingSpellings: [{ text: '', count: 1 }] }),
      dialect,
    );
    const withEmptyTexts = gridColumn(column({ type: 'text' }), dialect);
    expect(cellLook('', withBlanks)).toBe('missing');
    expect(cellLook('', withEmptyTexts)).toBe('empty');
  });

  it('a code is missing only in a column where it was counted so', () => {
    const counted = gridColumn(column({ missing: 2, missingSpellings: [{ text: 'NA', count: 2 }] }), dialect);
    const country = gridColumn(column({ type: 'category' }), dialect);
    expect(cellLook(' NA ', counted)).toBe('missing');
    expect(cellLook('NA', country)).toBe('value');
  });

  it('codes that a long list of spellings leaves out are missing too', () => {
    const cut = gridColumn(column({ missing: 3, missingSpellings: [{ text: '-', count: 2 }] }), dialect);
    expect(cellLook('n/a', cut)).toBe('missing');
  });

  it('a cell that cannot be read stands out', () => {
    const damaged = gridColumn(
      column({ unreadable: { count: 1, examples: [{ row: 213, text: '12.3.4' }] } }),
      dialect,
    );
    expect(cellLook('12.3.4', damaged)).toBe('unreadable');
    expect(cellLook('12.3', damaged)).toBe('value');
  });
});

describe('lineText', () => {
  it('shows that a cell goes on in another line', () => {
    expect(lineText('one\r\ntwo\nthree')).toBe('one ⏎ two ⏎ three');
  });

  it('cuts what no column could show', () => {
    expect(lineText('x'.repeat(260_000))).toHaveLength(201);
  });
});
