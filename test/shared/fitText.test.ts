import { expect, test } from 'vitest';
import { fitSpecification, type RestartSummary } from '../../shared/fit';
import { modelSpecification } from '../../shared/model';
import { fitNoticeText, modelText, optimumText, stopText } from '../../shared/fitText';

test('a model is named with its structure and number of clusters', () => {
  expect(modelText(modelSpecification.parse({ family: 'gaussian', components: 2 }))).toBe(
    'Gaussian mixture, full covariance (VVV), K = 2',
  );
  expect(modelText({ family: 'kmeans', components: 1000 })).toBe('k-means, K = 1,000');
});

test('a run that did not converge says so', () => {
  expect(stopText('converged', 1)).toBe('converged after 1 iteration');
  expect(stopText('iterationLimit', 1000)).toBe('stopped at the limit of 1,000 iterations, not converged');
  expect(stopText('timeLimit', 3)).toContain('not converged');
  expect(stopText('cancelled', 5)).toBe('cancelled after 5 iterations: the best so far');
});

test('how many starts agree is said, and one start is no evidence', () => {
  const restarts = (count: number) =>
    Array.from({ length: count }, (_, restart) => ({
      restart,
      outcome: { ok: true as const, objective: 0, iterations: 1, stopped: 'converged' as const },
      trace: new Float64Array(0),
      halfSteps: {
        logLikelihood: new Float64Array(0),
        boundAfterM: new Float64Array(0),
        boundAfterE: new Float64Array(0),
      },
      sections: [],
      shortIterations: 0,
    }));
  const specificationOf = (asked: number) =>
    fitSpecification.parse({
      preparation: { features: ['a'] },
      model: { family: 'kmeans', components: 2 },
      run: { restarts: asked },
    });
  const textOf = (ended: RestartSummary[], restartsAtBest: number, asked = ended.length): string =>
    optimumText({ restarts: ended, restartsAtBest, specification: specificationOf(asked) });
  expect(textOf(restarts(10), 7)).toBe('best optimum reached by 7 of 10 starts');
  const failure = { kind: 'notFinite' as const, where: 'the mean' };
  const broken = restarts(4).map((one) => ({
    ...one,
    outcome: { ok: false as const, failure, iterations: 2 },
  }));
  expect(textOf([...restarts(6), ...broken], 6)).toBe(
    'best optimum reached by 6 of 10 starts · 4 starts broke off',
  );
  expect(textOf(restarts(1), 1)).toBe('one start only: others may end better');
  expect(textOf(restarts(5), 4, 10)).toBe('best optimum reached by 4 of 5 starts of the 10 asked for');
});

test('notices count clusters from 1 and agree with their numbers', () => {
  expect(fitNoticeText({ kind: 'relocatedCluster', component: 0, iteration: 3 })).toMatch(/^Cluster 1 /);
  expect(fitNoticeText({ kind: 'fewerClusters', reached: 1, distinct: 1 })).toBe(
    'Only 1 cluster could be formed: the rows have 1 distinct value.',
  );
  expect(fitNoticeText({ kind: 'emptyClusters', empty: 2 })).toMatch(/^2 clusters lost all rows/);
  expect(fitNoticeText({ kind: 'rowsLeftOut', rows: 12 })).toBe(
    '12 rows with a missing cell took no part and got no cluster.',
  );
  expect(fitNoticeText({ kind: 'plainKernels' })).toContain('slower');
});
