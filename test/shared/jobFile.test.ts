import { expect, test } from 'vitest';
import { fitSpecification } from '../../shared/fit';
import { jobFile, jobOf, jobSpecification } from '../../shared/jobFile';
import { ways } from '../../shared/registry/ways';

const preparation = {
  features: ['a', 'b'],
  kinds: { a: 'number', b: 'yesNo' },
  threshold: 2,
  missing: 'refuse',
  labels: 'known',
  weights: 'count',
};

const fits: readonly (readonly [name: string, given: object])[] = [
  ...ways.map(({ way, algorithm }) => [way, { run: { algorithm, restarts: 3, seed: 7 } }] as const),
  ['a given start', { start: { labels: [0, 1, 0] }, run: { restarts: 1 } }],
  ['short runs', { run: { shortRuns: { runs: 9, iterations: 5 } } }],
];
test.each(fits)('a fit by %s, written as a job and read again, is the same fit', (_, given) => {
  const model = { family: 'mixed', components: 2, covariance: 'EVI', prior: { normal: 'default' } };
  const specification = fitSpecification.parse({ preparation, model, ...given });
  const written = JSON.stringify(
    jobOf(specification, 'table.csv', { delimiter: ';', missingCodes: ['none'] }),
  );
  const job = jobFile.parse(JSON.parse(written));
  expect(jobSpecification(job, [], specification.start)).toEqual(specification);
  expect(job.data).toMatchObject({
    file: 'table.csv',
    stream: false,
    import: { delimiter: ';', missingCodes: ['none'] },
  });
});
