// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { newSigns } from '../../../renderer/charts/clusterSign';
import { serviceKey } from '../../../renderer/client/service';
import ChartFigure from '../../../renderer/components/ChartFigure.vue';
import ParallelFigure from '../../../renderer/components/results/charts/ParallelFigure.vue';
import { FakeService } from '../fakeService';
import { faithfulSummary } from '../fitFixtures';

test('of many features those that tell most have an axis, and a part of an axis is a part of its feature', async () => {
  const count = 20;
  const features = Array.from({ length: count }, (_, at) => ({ kind: 'number' as const, name: `f${at}` }));
  const [profile] = faithfulSummary().profiles;
  const profiles = [{ ...profile, mean: Float64Array.from(features, (_, at) => 100 * at) }];
  const summary = faithfulSummary('fit-1', { features, profiles });
  const service = new FakeService();
  const fit = { number: 1, name: 'Fit 1', summary, signs: newSigns(['all']), stability: null };
  const wrapper = mount(ParallelFigure, {
    props: { fit },
    global: {
      plugins: [createPinia()],
      provide: { [serviceKey as symbol]: service },
      stubs: { ChartFigure: true },
    },
  });
  await flushPromises();
  service.calls('fit.sample')[0].answer({
    row: Int32Array.of(0, 1),
    cluster: Int32Array.of(0, 0),
    values: Float64Array.from({ length: 2 * count }, (_, at) => at),
    total: 2,
  });
  // The last features tell most; the first four nothing.
  const ranked = features.map((_, at) => ({ feature: count - 1 - at, bits: 1 - at / count }));
  service
    .calls('fit.separation')[0]
    .answer({ clusterBits: 1, features: ranked, overallQuartiles: new Float64Array(0), quartiles: [] });
  await flushPromises();

  const chart = wrapper.getComponent(ChartFigure);
  const axes = chart.props('option').parallelAxis as { name: string; min: number }[];
  expect(axes.map(({ name }) => name)).toEqual(features.slice(4).map(({ name }) => name));
  chart.vm.$emit('parts', [{ axis: 0, from: 3, to: 5 }]);
  expect(service.calls('fit.rowsWhere')[0].body.conditions).toMatchObject([{ feature: 4, from: 3 }]);
  wrapper.unmount();
});
