import { expect, test } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useProbability } from '../../renderer/composables/useProbability';
import type { PaintingSummary } from '../../shared/image/painting';
import { paintingNamed, swatchOf } from './support/paintingFixtures';

const { fit } = paintingNamed('one');
const soft = (name: string, changes: Partial<PaintingSummary> = {}) =>
  paintingNamed(name, { fit: fit && { ...fit, objective: 'logLikelihood' }, ...changes });

function choose(first: PaintingSummary | null) {
  const painting = shallowRef(first);
  const choice = effectScope().run(() =>
    useProbability(
      () => painting.value,
      () => painting.value?.names ?? [],
    ),
  )!;
  return { painting, ...choice };
}

test('only an exact painting by a mixture has probabilities to look at', () => {
  expect(choose(null).options.value).toEqual([]);
  expect(choose(paintingNamed('one')).options.value).toEqual([]);
  expect(choose(soft('one', { precision: 'preview' })).options.value).toEqual([]);
  expect(choose(soft('one')).options.value.map(({ label }) => label)).toEqual([
    'Most probable colour',
    'Probability of sienna',
    'Probability of silver',
    'Probability of black',
  ]);
});

test('the choice follows its colour to another place, and ends with the picture', async () => {
  const { painting, chosen, viewed } = choose(soft('one'));
  expect(viewed.value).toBeNull();
  chosen.value = '1';
  expect(viewed.value).toEqual({ kind: 'probability', painting: 'painting-one', at: 1 });
  painting.value = soft('two', {
    swatches: [swatchOf('#bcbcbe', 9), swatchOf('#a0522d', 5)],
    names: ['a', 'b'],
  });
  expect(viewed.value).toEqual({ kind: 'probability', painting: 'painting-two', at: 0 });
  chosen.value = 'painting';
  expect(viewed.value).toBeNull();
  chosen.value = '0';
  painting.value = null;
  await nextTick();
  painting.value = soft('three');
  expect(viewed.value).toBeNull();
});
