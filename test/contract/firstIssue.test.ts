import { expect, test } from 'vitest';
import { firstIssue } from '../../shared/contract/firstIssue';
import { jobFile } from '../../shared/jobFile';

const issueOf = (job: object) => {
  const read = jobFile.safeParse({
    data: { file: 'a.csv' },
    model: { family: 'kmeans', components: 2 },
    ...job,
  });
  return read.success ? null : firstIssue(read.error);
};

test.each([
  [{ run: { algorithm: 'gibbs' } }, 'run.algorithm', '"annealed"'],
  [{ run: { algorithm: { name: 'online', decay: 2 } } }, 'run.algorithm.decay', '<=1'],
  [{ run: { algorithm: { name: 'annealed', schedule: [0.9, 0.5] } } }, 'run.algorithm.schedule', 'not fall'],
  [{ start: { method: 'magic' } }, 'start.method', '"kmeans++"'],
  [{ start: { labels: [0, -1] } }, 'start.labels.1', '>=0'],
  [{ data: { file: 'a.csv', scaling: { mean: [0], sd: ['1'] } } }, 'data.scaling.sd.0', 'number'],
  [{ model: { family: 'kmeans', components: 1e9 } }, 'model.components', '100000'],
])('%j is told where and what is wrong', (job, path, problem) => {
  const found = issueOf(job);
  expect(found?.path.join('.')).toBe(path);
  expect(found?.message).toContain(problem);
});

test('a job that is right has no issue', () => {
  expect(issueOf({})).toBeNull();
});
