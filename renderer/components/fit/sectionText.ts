import type { TraceSection } from '../../../shared/fit';
import { formatCount } from '../../../shared/format';

const sectionNames: Record<TraceSection['kind'], string> = {
  soft: 'EM',
  hard: 'hard memberships',
  tempered: 'memberships softened by a temperature, with minus the free energy as objective',
  sampled: 'clusters drawn by probability, so it may fall',
  batch: 'estimates from a few rows at a time',
};

/** Where a run changes the kind of its memberships, and with it what its objective is; the start is none. */
export function sectionTurns(sections: readonly TraceSection[]): TraceSection[] {
  return sections.filter((section, at) => at > 0 && section.kind !== sections[at - 1].kind);
}

/** What the objective of a run was along its way, in words; empty for plain EM, which needs none. */
export function sectionText(sections: readonly TraceSection[]): string {
  const [first] = sections as readonly (TraceSection | undefined)[];
  const turns = sectionTurns(sections);
  if (!first || (turns.length === 0 && (first.kind === 'soft' || first.kind === 'hard'))) return '';
  const later = turns.map(({ from, kind }) => `from iteration ${formatCount(from)} ${sectionNames[kind]}`);
  return [`at first ${sectionNames[first.kind]}`, ...later].join('; ');
}
