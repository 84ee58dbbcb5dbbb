import { describe, expect, it } from 'vitest';
import { codesFromText, codesToText } from '../../../../renderer/components/table/missingCodes';

describe('codes for missing', () => {
  it('are separated by commas, without blanks, each once', () => {
    expect(codesFromText(' NA, n/a ,,NA')).toEqual(['NA', 'n/a']);
  });

  it('come back as they were typed, without the blank cell', () => {
    expect(codesToText(['', 'NA', '-'])).toBe('NA, -');
  });
});
