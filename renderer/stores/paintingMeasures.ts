import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Failure } from '../../shared/failure';
import type { PaintingMeasures } from '../../shared/image/painting';
import { useService } from '../client/service';
import { startTaskIfSlow } from '../composables/startTaskIfSlow';
import { usePaintings } from './paintings';
import { usePictures } from './pictures';
import { useWorkspace } from './workspace';

/**
 * What the painting shown comes to as a file of the kind chosen. Measured by itself once the painting is settled; what
 * has been measured is known again when it is gone back to.
 */
export const usePaintingMeasures = defineStore('paintingMeasures', () => {
  const service = useService();
  const pictures = usePictures();
  const paintings = usePaintings();
  const workspace = useWorkspace();

  /** Of each painting and kind of file measured so far. */
  const known = shallowRef<ReadonlyMap<string, PaintingMeasures>>(new Map());
  const isMeasuring = shallowRef(false);
  const fraction = shallowRef<number | null>(null);
  const failure = shallowRef<Failure | null>(null);

  const key = computed(() => {
    const { current, isSettled, isBusy, format } = paintings;
    return current !== null && isSettled && !isBusy ? `${current.painting} ${format}` : null;
  });
  /** null: not measured yet, or a preview is shown. */
  const measures = computed(() => (key.value === null ? null : (known.value.get(key.value) ?? null)));
  /** True when only asking is missing: it was stopped, or could not be done. */
  const canMeasure = computed(() => key.value !== null && measures.value === null && !isMeasuring.value);

  let controller: AbortController | null = null;

  /** Stops what is under way; it can be asked for again. */
  function cancel(): void {
    controller?.abort();
    controller = null;
    isMeasuring.value = false;
    fraction.value = null;
  }

  /** Measures the painting shown, unless that is known. */
  async function measure(): Promise<void> {
    cancel();
    failure.value = null;
    const asked = key.value;
    const { current: painting, format } = paintings;
    if (asked === null || painting === null || known.value.has(asked)) return;
    const own = new AbortController();
    controller = own;
    isMeasuring.value = true;
    const task = startTaskIfSlow(workspace, 'Measuring the file', cancel);
    const answer = await service.call(
      'painting.measure',
      { painting: painting.painting, format },
      {
        signal: own.signal,
        onEvent: (event) => {
          if (controller !== own) return;
          ({ fraction: fraction.value } = event);
          task.update(event.fraction, '');
        },
      },
    );
    task.finish();
    if (controller !== own) return;
    cancel();
    if (answer.ok) known.value = new Map(known.value).set(asked, answer.value);
    else failure.value = answer.failure;
  }

  watch(key, () => void measure(), { immediate: true });
  watch(
    () => pictures.summary,
    () => {
      known.value = new Map();
    },
  );

  return { measures, isMeasuring, fraction, failure, canMeasure, measure, cancel };
});
