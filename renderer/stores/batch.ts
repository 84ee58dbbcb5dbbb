import { defineStore } from 'pinia';
import { computed, ref, shallowReactive, shallowRef } from 'vue';
import type { GrantedFile } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import { failureText } from '../../shared/failureText';
import { formatCount, formatCounted } from '../../shared/format';
import {
  notForAll,
  type BatchEvent,
  type BatchExtra,
  type BatchRow,
  type BatchSummary,
} from '../../shared/image/batch';
import type { FrameChoice } from '../../shared/image/frames';
import type { PaintingFormat } from '../../shared/image/painting';
import { useService } from '../client/service';
import { addUp, countsText } from '../components/picture/batch/batchText';
import { useBatchPalette } from '../composables/useBatchPalette';
import { useBatchPictures } from '../composables/useBatchPictures';
import { usePaintings } from './paintings';
import { sourceOf } from './pictureSource';
import { useSegmentation } from './segmentation';
import { useWorkspace, type TaskHandle } from './workspace';

/** What is known of one picture of the batch. */
export type PictureState =
  { readonly kind: 'left out' } | { readonly kind: 'waiting' } | { readonly kind: 'working' } | BatchRow;

/**
 * Many pictures at once: those of a folder or chosen ones, what is made of them, and what became of each. It outlives
 * its page, and goes on while another room is looked at.
 */
export const useBatch = defineStore('batch', () => {
  const service = useService();
  const workspace = useWorkspace();
  const paintings = usePaintings();
  const segmentation = useSegmentation();

  const pictures = useBatchPictures({ isBusy, onNew: forgetRun });
  const { source, leftOut, chosen } = pictures;
  const { palette, ...palettes } = useBatchPalette();

  /** The folder of results. */
  const into = shallowRef<GrantedFile | null>(null);
  const format = ref<PaintingFormat>('png');
  /** Of files that hold several pictures: the first, or all with one palette. */
  const frames = ref<'first' | 'all'>('first');
  const frame = computed<FrameChoice>(() => (frames.value === 'all' ? 'all' : 0));
  /** What is written beside each picture. */
  const extras = ref<ReadonlySet<BatchExtra>>(new Set());

  const isRunning = ref(false);
  const isCancelling = ref(false);
  /** Pictures whose colours were counted for a shared palette; null: none are to be, or all are. */
  const counted = ref<number | null>(null);
  const done = ref(0);
  const total = ref(0);
  const working = shallowReactive(new Set<string>());
  const outcomes = shallowReactive(new Map<string, BatchRow>());
  /** Of the latest run; null before one has ended. */
  const summary = shallowRef<BatchSummary | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let controller: AbortController | null = null;

  function isBusy(): boolean {
    if (isRunning.value) workspace.say('A batch is running. Wait until it is done, or cancel it.', 'danger');
    return isRunning.value;
  }

  function forgetRun(): void {
    working.clear();
    outcomes.clear();
    counted.value = null;
    done.value = 0;
    total.value = 0;
    summary.value = null;
    failure.value = null;
  }

  /** Leaves out what is written already, so that a batch that was stopped goes on where it was. */
  function takeRest(): void {
    pictures.leaveOut([...outcomes.values()].filter(({ kind }) => kind === 'done').map(({ file }) => file));
  }

  /** Writes something beside each picture, or does not. */
  function takeExtra(extra: BatchExtra, isTaken: boolean): void {
    const next = new Set(extras.value);
    if (isTaken) next.add(extra);
    else next.delete(extra);
    extras.value = next;
  }

  /** Why a batch cannot be started, in words; null: it can. */
  const blockedBecause = computed<string | null>(() => {
    if (source.value === null) return 'Choose pictures first.';
    if (chosen.value.length === 0) return 'No picture is chosen.';
    if (palette.value === null)
      return palettes.paletteSource.value === 'open'
        ? 'There is no open picture whose palette could be taken.'
        : 'Choose a palette file first.';
    if (palette.value.kind === 'shared') {
      const what = notForAll(paintings.specification);
      if (what !== null) return failureText({ kind: 'notForAll', what });
    }
    return into.value === null ? 'Choose a folder for the results first.' : null;
  });

  /** Quantises the chosen pictures as the Colours room says, and follows it. */
  async function start(): Promise<void> {
    const { value: given } = palette;
    if (isRunning.value || blockedBecause.value !== null) return;
    if (source.value === null || into.value === null || given === null) return;
    forgetRun();
    total.value = chosen.value.length;
    controller = new AbortController();
    isRunning.value = true;
    const task = workspace.startTask('Quantising pictures', cancel);
    const answer = await service.call(
      'folder.quantise',
      {
        source: sourceOf(
          source.value,
          chosen.value.map(({ name }) => name),
        ),
        into: into.value.grant,
        frame: frame.value,
        specification: paintings.specification,
        palette: given,
        format: format.value,
        extras: [...extras.value],
        segments: segmentation.settings,
        scale: segmentation.scale,
      },
      { signal: controller.signal, onEvent: (event) => follow(event, task) },
    );
    task.finish();
    controller = null;
    isRunning.value = false;
    isCancelling.value = false;
    counted.value = null;
    working.clear();
    if (answer.ok) {
      summary.value = answer.value;
      for (const row of answer.value.rows) settle(row);
      done.value = answer.value.rows.length;
      workspace.say(`${countsText(addUp(answer.value.rows), answer.value.isComplete)}.`);
    } else failure.value = answer.failure;
  }

  function follow(event: BatchEvent, task: TaskHandle): void {
    total.value = event.total;
    const of = formatCounted(event.total, 'picture');
    if (event.kind === 'counted') {
      counted.value = event.done;
      task.update(null, `colours of ${formatCount(event.done)} of ${of} counted`);
      return;
    }
    counted.value = null;
    if (event.kind === 'started') working.add(event.file);
    else {
      settle(event.row);
      done.value = event.done;
    }
    task.update(done.value / Math.max(1, total.value), `${formatCount(done.value)} of ${of}`);
  }

  function settle(row: BatchRow): void {
    working.delete(row.file);
    outcomes.set(row.file, row);
  }

  /** What became of a picture of the folder, or what is to become of it. */
  function stateOf(name: string): PictureState {
    const outcome = outcomes.get(name);
    if (outcome !== undefined) return outcome;
    if (working.has(name)) return { kind: 'working' };
    return { kind: leftOut.value.has(name) ? 'left out' : 'waiting' };
  }

  /** Stops what runs; pictures that are written stay. */
  function cancel(): void {
    isCancelling.value = isRunning.value;
    controller?.abort();
  }

  return {
    source,
    opening: pictures.opening,
    openFailure: pictures.openFailure,
    leftOut,
    chosen,
    into,
    ...palettes,
    format,
    frames,
    frame,
    extras,
    isRunning,
    isCancelling,
    counted,
    done,
    total,
    outcomes,
    summary,
    failure,
    openFolder: pictures.openFolder,
    openFiles: pictures.openFiles,
    take: pictures.take,
    takeAll: pictures.takeAll,
    takeRest,
    takeExtra,
    blockedBecause,
    start,
    stateOf,
    cancel,
  };
});
