import { expect, test } from 'vitest';
import { runSettingsText } from '../../../renderer/components/results/runSettingsText';
import { fitSpecification } from '../../../shared/fit';
import { faithfulSummary } from '../fitFixtures';

test('a run says its features, its scaling, its starts and how it ended', () => {
  expect(runSettingsText(faithfulSummary())).toBe(
    'eruptions, waiting, standardised · 2 starts · converged after 2 iterations',
  );
});

test('weights and a way of running EM that is not the usual one are said', () => {
  const specification = fitSpecification.parse({
    preparation: { features: ['a', 'b', 'c', 'd'], scaling: 'none', weights: 'count' },
    model: { family: 'gaussian', components: 2 },
    run: { algorithm: { name: 'annealed' } },
  });
  expect(runSettingsText(faithfulSummary('fit-1', { specification }))).toBe(
    '4 features · weights count · Annealed EM · 2 starts · converged after 2 iterations',
  );
});

test.each([
  ['squarem', { name: 'em', acceleration: 'squarem' }, 'Accelerated EM (SQUAREM)'],
  ['conditional', { name: 'em', mStep: 'conditional' }, 'ECM'],
] as const)('plain EM and %s are told apart', (_, algorithm, title) => {
  const specification = fitSpecification.parse({
    preparation: { features: ['a'] },
    model: { family: 'gaussian', components: 2 },
    run: { algorithm },
  });
  expect(runSettingsText(faithfulSummary('fit-1', { specification }))).toContain(` · ${title} · `);
});

test('answers are not scaled, whatever the preparation says', () => {
  const features = [{ kind: 'yesNo' as const, name: 'eruptions', yes: 'y', no: 'n' }];
  expect(runSettingsText(faithfulSummary('fit-1', { features }))).not.toContain('standardised');
});
