import { expect, test } from 'vitest';
import { sectionText, sectionTurns } from '../../renderer/components/fit/sectionText';
import type { TraceSection } from '../../shared/fit';

const section = (from: number, kind: TraceSection['kind']): TraceSection => ({
  from,
  kind,
  isMonotone: true,
});

test('plain and hard EM need no words', () => {
  expect(sectionText([section(0, 'soft')])).toBe('');
  expect(sectionText([section(0, 'hard')])).toBe('');
  expect(sectionText([])).toBe('');
});

test('an annealed run says that its objective was the free energy, and from where on it is not', () => {
  const sections = [section(0, 'tempered'), section(20, 'tempered'), section(40, 'soft')];
  expect(sectionTurns(sections).map(({ from }) => from)).toEqual([40]);
  expect(sectionText(sections)).toBe(
    'at first memberships softened by a temperature, with minus the free energy as objective; from iteration 40 EM',
  );
});
