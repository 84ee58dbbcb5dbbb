import { describe, expect, it } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { plainWorkplace } from '../../electron/engine/selection/workplace';
import { simdKernels } from '../support/simdKernels';
import { calibrationOf } from './calibration';
import { reportOf } from './report';
import { reportText } from './reportText';
import { choicesOf } from './rules';
import { scenarios } from './scenarios';
import { setOfText, textOfSet } from './setText';
import { runSet, studySize, type StudySize } from './studySet';

const small: StudySize = { most: 3, restarts: 1, references: 5, monteCarloSplits: 2, replicates: 29 };
const workplace = plainWorkplace(simdKernels());
const scenarioOf = (name: string) => {
  const found = scenarios.find((one) => one.name === name);
  if (!found) throw new Error(`There is no scenario ${name}.`);
  return found;
};

describe('the study of rules', () => {
  const separated = scenarioOf('separated');
  const binary = scenarioOf('binary');
  const sets = [separated, binary].map((scenario) => runSet(scenario, 0, small, () => workplace));

  it('lets every rule choose that has a meaning for the data', () => {
    const choices = choicesOf(sets[0], separated);
    expect(choices).toMatchObject({ verdict: 3, best: 3, bic: 3, silhouette: 3, bootstrap: 3 });
    expect(Object.values(choices)).not.toContain(null);
    expect(choicesOf(sets[1], binary)).toMatchObject({ verdict: 3, gap: null, silhouette: null, jasp: null });
  });

  it('gives the same set each time, and after it was written and read', () => {
    const again = runSet(binary, 0, small, () => workplace);
    expect(again).toEqual(sets[1]);
    expect(choicesOf(setOfText(textOfSet(again)), binary)).toEqual(choicesOf(again, binary));
    expect(setOfText(textOfSet(again)).cells[0].heldOut?.mean).toEqual(again.cells[0].heldOut?.mean);
  });

  it('reports shares with their error, and whether probabilities are right', () => {
    const report = reportOf(sets, scenarios);
    expect(report.scenarios.map(({ name }) => name)).toEqual(['separated', 'binary']);
    expect(report.scenarios[0].rules.bic).toEqual({ sets: 1, right: 1, standardError: 0, chosen: { 3: 1 } });
    const text = reportText(report, studySize);
    expect(text).toContain('100.0 ± 0.0 %');
    expect(text).not.toMatch(/NaN|undefined|null/);
  });

  it.each(scenarios)('draws the groups it says: $name', ({ draw, n, space, truth }) => {
    const { rows, group } = draw(createRandom(1, 'drawn'));
    expect([rows.n, rows.d]).toEqual([n, space.length]);
    expect(new Set(group).size).toBe(truth);
    expect(rows.x.every(Number.isFinite)).toBe(true);
  });

  it('sorts probabilities into bins by their lower edge', () => {
    const found = calibrationOf([
      { posterior: 0.6, isRight: true },
      { posterior: 0.69, isRight: false },
      { posterior: 0.7, isRight: true },
      { posterior: 1, isRight: true },
    ]);
    expect(found.rows).toEqual([0, 0, 0, 2, 1, 0, 0, 0, 1]);
    expect(found.right).toEqual([0, 0, 0, 1, 1, 0, 0, 0, 1]);
  });
});
