import { describe, expect, it } from 'vitest';
import { importOptions } from '../../../../shared/table';
import { isQuestion, type ImportNotice } from '../../../../shared/importNotice';
import { questionAnswers, withOverride } from '../../../../renderer/components/table/questionAnswers';
import { dialect } from '../../support/tableFixtures';

const questions: ImportNotice[] = [
  { kind: 'headerUnsure', hasHeader: true },
  { kind: 'delimiterUnsure', delimiter: 'semicolons' },
  { kind: 'ambiguousNumbers', column: 2, text: '1,234', decimal: ',', value: 1.234, otherValue: 1234 },
  { kind: 'ambiguousDates', column: 1, text: '03/04/2025', order: 'dmy' },
  { kind: 'possibleMissingCode', column: 0, text: '99', count: 4 },
  { kind: 'missingOrCode', column: 0, text: 'NA', count: 4 },
];

describe('questionAnswers', () => {
  it('every question has an answer that keeps the reading, and all answers are of the contract', () => {
    for (const question of questions) {
      expect(isQuestion(question)).toBe(true);
      const answers = questionAnswers(question, dialect, {});
      expect(answers.some((answer) => !answer.changesReading)).toBe(true);
      for (const answer of answers) expect(importOptions.safeParse(answer.options).success).toBe(true);
    }
  });

  it('the other decimal mark is set for that column only', () => {
    const [keep, change] = questionAnswers(questions[2], dialect, { skippedLines: 1 });
    expect(keep).toEqual({
      label: 'It is 1.234',
      options: { skippedLines: 1, columns: [{ index: 2, decimal: ',' }] },
      changesReading: false,
    });
    expect(change).toEqual({
      label: 'It is 1234',
      options: { skippedLines: 1, columns: [{ index: 2, decimal: '.' }] },
      changesReading: true,
    });
  });

  it('a confirmed code joins the codes of its column', () => {
    const options = { columns: [{ index: 0, missingCodes: ['-1'] }] };
    const yes = questionAnswers(questions[4], dialect, options)[0];
    expect(yes?.options.columns).toEqual([{ index: 0, missingCodes: ['-1', '99'] }]);
  });

  it('a code that is none is taken from the codes of the file', () => {
    const code = questionAnswers(questions[5], dialect, {})[1];
    expect(code?.options.missingCodes).toEqual(['', 'n/a']);
  });

  it('what only tells has no buttons', () => {
    expect(questionAnswers({ kind: 'singleRow' }, dialect, {})).toEqual([]);
  });
});

describe('withOverride', () => {
  it('keeps what else was decided about the column', () => {
    const before = [
      { index: 3, type: 'number' as const },
      { index: 1, decimal: '.' as const },
    ];
    expect(withOverride(before, { index: 1, type: 'text' })).toEqual([
      { index: 1, decimal: '.', type: 'text' },
      { index: 3, type: 'number' },
    ]);
  });
});
