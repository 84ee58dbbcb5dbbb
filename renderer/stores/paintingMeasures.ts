import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Failure } from '../../shared/failure';
import type { PaintingFormat, PaintingMeasures, PaintingSummary } from '../../shared/image/painting';
import type { Result } from '../../shared/result';
import { useService } from '../client/service';
import { startTaskIfSlow } from '../composables/startTaskIfSlow';
import { usePaintings } from './paintings';
import { usePictures } from './pictures';
import { useWorkspace } from './workspace';

/**
 * What the painting shown comes to as a file of the kind chosen, and of others that are compared with it. Measured by
 * itself once the painting is settled; what has been measured is known again when it is gone back to.
 */
export const usePaintingMeasures = defineStore('paintingMeasures', () => {
  const service = useService();
  const pictures = usePictures();
  const paintings = usePaintings();
  const workspace = useWorkspace();

  /** Kinds of file to be measured beside the one chosen, after it. */
  const compared = shallowRef<readonly PaintingFormat[]>([]);
  /** What came of each painting and kind of file tried so far. */
  const answers = shallowRef<ReadonlyMap<string, Result<PaintingMeasures, Failure>>>(new Map());
  /** The kind of file being measured. */
  const measuring = shallowRef<PaintingFormat | null>(null);
  const isMeasuring = computed(() => measuring.value !== null);
  const fraction = shallowRef<number | null>(null);

  /** The painting shown, if it is no preview and nothing is under way. */
  const settled = computed(() => (paintings.isSettled && !paintings.isBusy ? paintings.current : null));
  /** null: not measured yet, or a preview is shown. */
  const measures = computed(() => measuresAs(paintings.format));
  const failure = computed(() => failureAs(paintings.format));
  /** True when only asking is missing: it was stopped, or could not be done. */
  const canMeasure = computed(() => settled.value !== null && measures.value === null && !isMeasuring.value);

  let controller: AbortController | null = null;

  const keyOf = ({ painting }: PaintingSummary, format: PaintingFormat): string => `${painting} ${format}`;

  const answerAs = (format: PaintingFormat): Result<PaintingMeasures, Failure> | undefined =>
    settled.value === null ? undefined : answers.value.get(keyOf(settled.value, format));

  /** What the painting shown comes to as that kind of file; null: not measured yet. */
  function measuresAs(format: PaintingFormat): PaintingMeasures | null {
    const answer = answerAs(format);
    return answer?.ok === true ? answer.value : null;
  }

  /** Why it cannot be measured as that kind of file; null: it can, or was not tried. */
  function failureAs(format: PaintingFormat): Failure | null {
    const answer = answerAs(format);
    return answer?.ok === false ? answer.failure : null;
  }

  /** Stops what is under way; it can be asked for again. */
  function cancel(): void {
    controller?.abort();
    controller = null;
    measuring.value = null;
    fraction.value = null;
  }

  /** Kinds of file wanted, the chosen one first. */
  const wanted = (): PaintingFormat[] => [paintings.format, ...compared.value];

  const isOpen = (format: PaintingFormat): boolean => answerAs(format) === undefined;
  /** True when something wanted was not measured because it was stopped. */
  const isStopped = computed(() => settled.value !== null && !isMeasuring.value && wanted().some(isOpen));

  /** Measures the painting shown as each kind of file that is wanted and not known. */
  async function measure(): Promise<void> {
    cancel();
    const painting = settled.value;
    if (painting === null) return;
    const own = new AbortController();
    controller = own;
    const tried = new Set<PaintingFormat>();
    const next = (): PaintingFormat | undefined =>
      wanted().find((format) => !tried.has(format) && answerAs(format)?.ok !== true);
    for (let format = next(); format !== undefined; format = next()) {
      tried.add(format);
      const answer = await measureAs(painting, format, own);
      if (controller !== own) return;
      answers.value = new Map(answers.value).set(keyOf(painting, format), answer);
    }
    cancel();
  }

  /** What is under way goes on if it would be next all the same. */
  function followWanted(): void {
    const [first = null] = wanted().filter((format) => answerAs(format)?.ok !== true);
    if (measuring.value === null || measuring.value !== first) void measure();
  }

  async function measureAs(
    { painting }: PaintingSummary,
    format: PaintingFormat,
    own: AbortController,
  ): Promise<Result<PaintingMeasures, Failure>> {
    measuring.value = format;
    fraction.value = null;
    const task = startTaskIfSlow(workspace, 'Measuring the file', cancel);
    const answer = await service.call(
      'painting.measure',
      { painting, format },
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
    return answer;
  }

  watch(settled, () => void measure(), { immediate: true });
  watch([() => paintings.format, compared], followWanted);
  watch(
    () => pictures.summary,
    () => {
      answers.value = new Map();
    },
  );

  return {
    compared,
    measures,
    measuring,
    isMeasuring,
    fraction,
    failure,
    canMeasure,
    isStopped,
    measuresAs,
    failureAs,
    measure,
    cancel,
  };
});
