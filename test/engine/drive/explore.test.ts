import { expect, test } from 'vitest';
import { serialEStep } from '../../../electron/engine/drive/eStep';
import { em } from '../../../electron/engine/drive/em';
import { drain, type Iteration } from '../../../electron/engine/drive/run';
import { plainStage } from '../../../electron/engine/drive/stage';
import { readCases, readRows } from '../../reference/referenceCase';
import { fit, gaussian, success } from '../fitting';

const [reference] = readCases('mclust-table-usarrests');
const { rows } = readRows(reference);
const specification = gaussian('VVE', 6);
const start = { labels: reference.init.labels_per_K['6'] as number[] };
const tolerance = 1e-10;

test('a fit with common axes goes on to a higher optimum than EM alone, rising all along', () => {
  const { model, outcome: begun } = fit(specification, rows, start, { maxIterations: 0 });
  if (!begun.ok) throw new Error(begun.failure.kind);
  const eStep = serialEStep(model, rows, () => false);
  const stages = [plainStage({ kind: 'soft' })];
  const options = { tolerance, maxIterations: 5000, stages, shouldStop: () => null, measure: eStep };
  const alone = drain(em(model, eStep, begun.params, options));
  if (!alone.ok) throw new Error(alone.failure.kind);

  const told: Iteration[] = [];
  const run = { tolerance, seen: (iteration: Iteration) => told.push(iteration) };
  const further = success(fit(specification, rows, start, run));
  expect(further.objective).toBeGreaterThan(alone.objective + 1);
  expect(further.trace.slice(0, alone.trace.length)).toEqual(alone.trace);
  further.trace.slice(1).forEach((value, t) => expect(value).toBeGreaterThan(further.trace[t] - 1e-9));
  expect(further.trace.at(-1)).toBe(further.objective);
  expect(further.iterations).toBe(further.trace.length - 1);
  expect(further.halfSteps.length).toBe(further.trace.length);
  expect(told.map(({ iteration }) => iteration)).toEqual([...further.trace.keys()]);
  expect(told.map(({ objective }) => objective)).toEqual(further.trace);

  // An iteration more is all there is left.
  const maxIterations = alone.iterations + 1;
  const short = success(fit(specification, rows, start, { tolerance, maxIterations }));
  expect(short.iterations).toBeLessThanOrEqual(maxIterations);
  expect(short.objective).toBeGreaterThanOrEqual(alone.objective);
});

test('a fit with common axes that ends at a singular covariance may have another way', () => {
  const [diabetes] = readCases('mclust-table-diabetes_mclust');
  const labels = diabetes.init.labels_per_K['7'] as number[];
  const outcome = success(fit(gaussian('VVE', 7), readRows(diabetes).rows, { labels }, { tolerance }));
  expect(outcome.sections.map(({ kind }) => kind)).toEqual(['soft', 'soft']);
  expect(outcome.iterations).toBe(outcome.trace.length - 1);
  expect(outcome.halfSteps.length).toBe(outcome.trace.length);
});
