import { binEdges, pooled, type Calibration } from './calibration';
import { choicesOf, rules, type Rule, type StudiedSet } from './rules';
import type { Scenario } from './scenarios';

/** How often a rule was right, and what it said instead. */
export interface RuleOutcome {
  /** Sets in which it chose at all. */
  readonly sets: number;
  readonly right: number;
  /** sqrt(share (1 - share) / sets) of the share of right answers. */
  readonly standardError: number;
  /** Sets by the K that was chosen. */
  readonly chosen: Readonly<Record<string, number>>;
}

export interface ScenarioOutcome {
  readonly name: string;
  readonly title: string;
  readonly truth: number;
  readonly rows: number;
  readonly sets: number;
  readonly rules: Readonly<Partial<Record<Rule, RuleOutcome>>>;
  readonly calibration: Calibration | null;
}

export interface StudyReport {
  readonly binEdges: readonly number[];
  readonly scenarios: readonly ScenarioOutcome[];
}

const ruleNames = Object.keys(rules) as Rule[];

/** Counts the answers of every rule in every scenario of which there is a set. */
export function reportOf(results: readonly StudiedSet[], scenarios: readonly Scenario[]): StudyReport {
  return {
    binEdges,
    scenarios: scenarios.flatMap((scenario) => {
      const { name, title, truth, n } = scenario;
      const own = results.filter((one) => one.scenario === name);
      if (own.length === 0) return [];
      const calibrations = own.map(({ calibration }) => calibration).filter((one) => one !== null);
      const choices = own.map((one) => choicesOf(one, scenario));
      const outcomes = ruleNames.map(
        (rule) =>
          [
            rule,
            outcomeOf(
              choices.map((one) => one[rule]),
              truth,
            ),
          ] as const,
      );
      return [
        {
          name,
          title,
          truth,
          rows: n,
          sets: own.length,
          rules: Object.fromEntries(outcomes.filter(([, { sets }]) => sets > 0)),
          calibration: calibrations.length > 0 ? pooled(calibrations) : null,
        },
      ];
    }),
  };
}

function outcomeOf(all: readonly (number | null)[], truth: number): RuleOutcome {
  const answers = all.filter((answer) => answer !== null);
  const chosen: Record<string, number> = {};
  for (const answer of answers) chosen[answer] = (chosen[answer] ?? 0) + 1;
  const share = (chosen[truth] ?? 0) / answers.length;
  return {
    sets: answers.length,
    right: chosen[truth] ?? 0,
    standardError: Math.sqrt((share * (1 - share)) / answers.length),
    chosen,
  };
}
