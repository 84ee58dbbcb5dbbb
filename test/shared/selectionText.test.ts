import { describe, expect, it } from 'vitest';
import { modelName } from '../../shared/fitText';
import { modelOfAnySize } from '../../shared/model';
import type { Verdict } from '../../shared/selection';
import { verdictText, type VerdictContext } from '../../shared/selectionText';

const full = modelOfAnySize.parse({ family: 'gaussian', covariance: 'VVV' });
const tied = modelOfAnySize.parse({ family: 'gaussian', covariance: 'EEE' });

const validation = { kind: 'folds', folds: 10, repeats: 1 } as const;
const alone: VerdictContext = { isComplete: true, specification: { models: [full], validation } };
const verdictWith = (
  components: number,
  remarks: Verdict['remarks'],
  rule: Verdict['rule'] = 'pairedStandardError',
) => verdictText({ chosen: { model: 0, components }, rule, remarks }, alone);

describe('a verdict in words', () => {
  it('says the number, the reason and the doubt', () => {
    expect(
      verdictWith(3, [
        {
          kind: 'withinError',
          best: { model: 0, components: 4 },
          difference: { value: 0.01, standardError: 0.02 },
        },
        { kind: 'agrees', criterion: 'icl' },
        { kind: 'unstableCluster', cluster: 1, stability: 0.58 },
      ]),
    ).toBe(
      '3 clusters. Held-out log-likelihood is best at 4, but 3 is within one paired standard error; ICL agrees; cluster 2 is unstable, 0.58.',
    );
  });

  it('says one cluster as what it is', () => {
    expect(
      verdictWith(1, [
        { kind: 'agrees', criterion: 'bic' },
        { kind: 'agrees', criterion: 'icl' },
        { kind: 'agrees', criterion: 'gap' },
      ]),
    ).toBe(
      '1 cluster, that is no groups. Held-out log-likelihood is best at 1; BIC, ICL and the gap statistic agree.',
    );
  });

  it('does not call one cluster an answer where no other number was tried', () => {
    const text = verdictWith(1, [{ kind: 'rangeEdge', edge: 'largest', components: 1 }]);
    expect(text).toContain('Only 1 cluster was tried.');
    expect(text).not.toContain('no groups');
  });

  it('names criteria together that say the same', () => {
    expect(
      verdictWith(2, [
        { kind: 'agrees', criterion: 'bic' },
        { kind: 'disagrees', criterion: 'aic', components: 5 },
        { kind: 'disagrees', criterion: 'gap', components: 3 },
        { kind: 'disagrees', criterion: 'silhouette', components: 3 },
      ]),
    ).toBe(
      '2 clusters. Held-out log-likelihood is best at 2; BIC agrees; the gap statistic and the silhouette say 3; AIC says 5.',
    );
  });

  it('says by which rule when no rows were held out', () => {
    const byBic: Verdict = { chosen: { model: 0, components: 2 }, rule: 'bic', remarks: [] };
    const without: VerdictContext = { ...alone, specification: { models: [full], validation: null } };
    expect(verdictText(byBic, without)).toBe('2 clusters. BIC is lowest at 2; no rows were held out.');
    expect(verdictText(byBic, alone)).toBe('2 clusters. BIC is lowest at 2; held-out rows rank no fit.');
    expect(verdictWith(2, [], 'gap')).toBe('2 clusters. The gap statistic of k-means chooses 2.');
    expect(verdictWith(2, [], 'silhouette')).toBe(
      '2 clusters. The silhouette is largest at 2, but cannot tell whether there are groups at all.',
    );
  });

  it('has the plural of what was left out right', () => {
    const leftOut = (failed: number, notConverged: number) =>
      verdictWith(2, [{ kind: 'leftOut', failed, notConverged }]).split('; ')[1];
    expect(leftOut(1, 0)).toBe('1 fit failed (left out).');
    expect(leftOut(0, 1)).toBe('1 fit did not converge (left out).');
    expect(leftOut(2, 1)).toBe('2 fits failed and 1 did not converge (left out).');
    expect(leftOut(0, 3)).toBe('3 fits did not converge (left out).');
  });

  it('says what the bootstrap test found, with its error', () => {
    const p = { value: 0.58, standardError: 0.035 };
    const said = (isRejected: boolean) =>
      verdictWith(2, [{ kind: 'bootstrapTest', components: 2, p, isRejected }]).split('; ')[1];
    expect(said(false)).toBe('the bootstrap test finds no more than 2 (p = 0.58 ± 0.04).');
    expect(said(true)).toBe('the bootstrap test finds more than 2 (p = 0.58 ± 0.04).');
  });

  it('says what was not tried, and over what was compared', () => {
    expect(verdictWith(10, [{ kind: 'rangeEdge', edge: 'largest', components: 10 }])).toContain(
      '; more than 10 were not tried.',
    );
    expect(verdictWith(2, [{ kind: 'rangeEdge', edge: 'smallest', components: 2 }])).toContain(
      '; fewer than 2 were not tried.',
    );
    expect(verdictWith(2, [{ kind: 'splitsLeftOut', leftOut: 1, splits: 10 }])).toContain(
      '; compared over 9 of 10 splits: in the others fits failed or rows were impossible.',
    );
  });

  it('never rounds a stability up to a limit it misses', () => {
    const said = (stability: number) => verdictWith(2, [{ kind: 'unstableCluster', cluster: 0, stability }]);
    expect(said(0.7499)).toContain('cluster 1 is doubtful, 0.74.');
    expect(said(0.5999)).toContain('cluster 1 is unstable, 0.59.');
    expect(said(0.6)).toContain('doubtful');
  });

  it('names the model where several were compared', () => {
    const context: VerdictContext = {
      isComplete: false,
      specification: { models: [full, tied], validation },
    };
    const verdict: Verdict = {
      chosen: { model: 1, components: 2 },
      rule: 'pairedStandardError',
      remarks: [],
    };
    expect(verdictText(verdict, context)).toBe(
      `2 clusters. Held-out log-likelihood is best at 2. Model: ${modelName(tied)}. The comparison was cancelled before it was complete.`,
    );
  });

  it('says that nothing could be ranked', () => {
    expect(verdictText(null, alone)).toMatch(/^No verdict: no fit could be ranked\./);
  });
});
