import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyTrace, extendTrace, thinTrace, traceOf, type TracePoint } from '../../shared/trace';

/** A point whose numbers tell its iteration and their place. */
const point = (iteration: number): TracePoint => ({
  iteration,
  objective: -1 / (iteration + 1),
  logLikelihood: iteration + 0.1,
  boundAfterM: iteration + 0.2,
  boundAfterE: iteration + 0.3,
});

test('half-steps stay beside their iteration, however a trace is thinned', () => {
  const trace = extendTrace(
    emptyTrace,
    Array.from({ length: 300 }, (_, i) => point(i)),
    100,
  );
  expect(trace.iterations.length).toBe(50);
  trace.iterations.forEach((iteration, at) => {
    expect(trace.logLikelihoods[at]).toBe(iteration + 0.1);
    expect(trace.boundsAfterM[at]).toBe(iteration + 0.2);
    expect(trace.boundsAfterE[at]).toBe(iteration + 0.3);
  });
});

test('a run without half-steps has none', () => {
  expect(traceOf([3, 2]).boundsAfterM).toEqual([NaN, NaN]);
});

test('a short trace is drawn as it is', () => {
  const trace = traceOf(Float64Array.of(-5, -3, -2));
  expect(trace).toMatchObject({ iterations: [0, 1, 2], objectives: [-5, -3, -2] });
  expect(thinTrace(trace, 3)).toBe(trace);
});

test('thinning keeps the first and the last point, the order, and each objective at its iteration', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 2, max: 100 }), (length, limit) => {
      const trace = traceOf(Array.from({ length }, (_, i) => i * 10));
      const thin = thinTrace(trace, limit);
      expect(thin.iterations.length).toBe(Math.min(length, limit));
      expect(thin.iterations[0]).toBe(0);
      expect(thin.iterations.at(-1)).toBe(length - 1);
      thin.iterations.forEach((iteration, at) => {
        expect(thin.objectives[at]).toBe(iteration * 10);
        if (at > 0) expect(iteration).toBeGreaterThan(thin.iterations[at - 1]);
      });
    }),
  );
});

test('a trace that grows for ever stays within its limit and ends with the newest point', () => {
  let trace = emptyTrace;
  for (let iteration = 0; iteration < 5000; iteration++) {
    trace = extendTrace(trace, [point(iteration)], 100);
    expect(trace.iterations.length).toBeLessThanOrEqual(100);
  }
  expect(trace.iterations[0]).toBe(0);
  expect(trace.iterations.at(-1)).toBe(4999);
});
