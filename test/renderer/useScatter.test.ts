import { effectScope, nextTick } from 'vue';
import { expect, test } from 'vitest';
import { usableAxes, useScatter } from '../../renderer/composables/useScatter';
import { FakeService } from './fakeService';
import { faithfulTable } from './fitFixtures';

test('two features are looked along as they are, more of them along their principal axes', () => {
  expect(usableAxes(null, ['a', 'b'])).toEqual({ kind: 'features', x: 'a', y: 'b' });
  expect(usableAxes(null, ['a', 'b', 'c']).kind).toBe('principal');
});

test('one feature has no principal axes to look along, whatever was chosen before', () => {
  expect(usableAxes({ kind: 'principal', x: 'a', y: 'b' }, ['b'])).toEqual({
    kind: 'features',
    x: 'b',
    y: 'b',
  });
});

test('a chosen column stays chosen by its name when columns before it leave', () => {
  expect(usableAxes({ kind: 'features', x: 'c', y: 'a' }, ['a', 'c'])).toEqual({
    kind: 'features',
    x: 'c',
    y: 'a',
  });
  expect(usableAxes({ kind: 'features', x: 'gone', y: 'c' }, ['b', 'c'])).toMatchObject({ x: 'b', y: 'c' });
});

test('the service is asked for places of columns among the features, once for each choice', async () => {
  const service = new FakeService();
  const preparation = { features: ['a', 'b', 'c'], scaling: 'none' as const, missing: 'dropRows' as const };
  const scatter = effectScope().run(() =>
    useScatter(
      service,
      () => faithfulTable,
      () => preparation,
    ),
  )!;
  scatter.choose({ kind: 'features', x: 'c', y: 'a' });
  await nextTick();
  scatter.choose({ kind: 'features', x: 'c', y: 'a' });
  await nextTick();
  expect(service.calls('table.scatter').map((call) => call.body.axes)).toEqual([
    { kind: 'principal' },
    { kind: 'features', x: 2, y: 0 },
  ]);
});
