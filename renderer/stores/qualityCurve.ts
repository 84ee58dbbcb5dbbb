import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Failure } from '../../shared/failure';
import type { CurvePoint } from '../../shared/image/painting';
import type { QuantisationSpecification } from '../../shared/image/quantisation';
import { useService } from '../client/service';
import type { CurveMeasure } from '../charts/qualityCurveChart';
import { usePaintings } from './paintings';
import { usePictures } from './pictures';
import { useWorkspace } from './workspace';

/** Up to so many pixels the curve is computed without being asked for. */
const quickPixels = 1_000_000; // by taste: some seconds

/** What a curve was computed by, whatever the number of colours. */
const curveKey = (specification: QuantisationSpecification): string =>
  JSON.stringify({ ...specification, goal: null });

/** What the open picture comes to at numbers of colours from 2 to 256, point by point as they are computed. */
export const useQualityCurve = defineStore('qualityCurve', () => {
  const service = useService();
  const pictures = usePictures();
  const paintings = usePaintings();
  const workspace = useWorkspace();

  /** What is drawn against the number of colours. */
  const measure = ref<CurveMeasure>('psnr');
  /** By number of colours, ascending. */
  const points = shallowRef<readonly CurvePoint[]>([]);
  const isComputing = shallowRef(false);
  const done = shallowRef(0);
  const total = shallowRef(0);
  const isComplete = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);
  const computedBy = shallowRef<string | null>(null);

  /** What a curve would be computed by now. */
  const wanted = computed<QuantisationSpecification>(() => ({
    ...paintings.specification,
    locked: (paintings.current?.swatches ?? [])
      .filter(({ isLocked }) => isLocked)
      .map(({ colour }) => colour),
  }));
  /** True when other settings than those of the form made it. */
  const isOutdated = computed(() => computedBy.value !== null && computedBy.value !== curveKey(wanted.value));
  const isQuick = computed(
    () => pictures.summary !== null && pictures.summary.width * pictures.summary.height <= quickPixels,
  );

  let controller: AbortController | null = null;

  /** Computes the curve by the settings of the form, in place of any there is. */
  async function compute(): Promise<void> {
    const picture = pictures.summary?.picture;
    if (picture === undefined) return;
    forget();
    const own = new AbortController();
    controller = own;
    isComputing.value = true;
    computedBy.value = curveKey(wanted.value);
    const task = workspace.startTask('Computing the curve', cancel);
    const answer = await service.call(
      'picture.curve',
      { picture, specification: wanted.value },
      {
        signal: own.signal,
        onEvent: (event) => {
          if (controller !== own) return;
          points.value = [...points.value, event.point].sort((a, b) => a.colours - b.colours);
          done.value = event.done;
          total.value = event.total;
          task.update(event.done / Math.max(1, event.total), `${event.done} of ${event.total} points`);
        },
      },
    );
    task.finish();
    if (controller !== own) return;
    controller = null;
    isComputing.value = false;
    if (answer.ok) {
      points.value = answer.value.points.toSorted((a, b) => a.colours - b.colours);
      isComplete.value = answer.value.isComplete;
    } else if (answer.failure.kind !== 'cancelled') failure.value = answer.failure;
  }

  /** Asks for what there is so far. */
  function cancel(): void {
    controller?.abort();
  }

  /** Stops what is under way and empties the curve. */
  function forget(): void {
    controller?.abort();
    controller = null;
    isComputing.value = false;
    isComplete.value = false;
    points.value = [];
    done.value = 0;
    total.value = 0;
    failure.value = null;
    computedBy.value = null;
  }

  watch(() => pictures.summary, forget);

  return {
    measure,
    points,
    isComputing,
    done,
    total,
    isComplete,
    isOutdated,
    isQuick,
    failure,
    compute,
    cancel,
  };
});
