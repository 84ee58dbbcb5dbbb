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
  type BatchPalette,
  type BatchRow,
  type BatchSummary,
  type FolderPicture,
} from '../../shared/image/batch';
import type { FrameChoice } from '../../shared/image/frames';
import type { PaintingFormat } from '../../shared/image/painting';
import type { PictureFormat } from '../../shared/image/pictureFacts';
import type { Colour } from '../../shared/image/quantisation';
import { useService } from '../client/service';
import { addUp, countsText } from '../components/picture/batch/batchText';
import { usePaintings } from './paintings';
import { sourceOf, type PictureSource } from './pictureSource';
import { useSwatchNames } from './swatchNames';
import { useWorkspace, type TaskHandle } from './workspace';

/** A picture that was chosen or dropped by itself. */
export interface ChosenPicture {
  readonly file: GrantedFile;
  readonly format: PictureFormat;
  readonly sizeBytes: number;
}

/** Where the palette comes from; `open` is that of the open picture. */
export type PaletteSource = 'own' | 'shared' | 'open' | 'file';

/** A palette that was read from a file. */
export interface FilePalette {
  readonly file: GrantedFile;
  readonly colours: readonly Colour[];
  readonly names: readonly string[];
  /** How many are inks, which are only about so. */
  readonly estimated: number;
}

/** What is known of one picture of the batch. */
export type PictureState =
  { readonly kind: 'left out' } | { readonly kind: 'waiting' } | { readonly kind: 'working' } | BatchRow;

/**
 * Many pictures at once: those of a folder or chosen ones, what is made of them, and what became of each. It outlives its page, and
 * goes on while another room is looked at.
 */
export const useBatch = defineStore('batch', () => {
  const service = useService();
  const workspace = useWorkspace();
  const paintings = usePaintings();
  const swatchNames = useSwatchNames();

  const source = shallowRef<PictureSource | null>(null);
  /** The folder that is being looked through. */
  const opening = shallowRef<GrantedFile | null>(null);
  const openFailure = shallowRef<Failure | null>(null);
  /** Names of the pictures that are not taken. */
  const leftOut = ref<ReadonlySet<string>>(new Set());
  const chosen = computed(() =>
    (source.value?.pictures ?? []).filter(({ name }) => !leftOut.value.has(name)),
  );

  /** The folder of results. */
  const into = shallowRef<GrantedFile | null>(null);
  const paletteSource = ref<PaletteSource>('own');
  const filePalette = shallowRef<FilePalette | null>(null);
  const paletteFailure = shallowRef<Failure | null>(null);
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
  let openingNumber = 0;

  /**
   * Looks through a folder for pictures and makes it the source of the batch; the one before stays if it cannot be
   * read. True when the folder has pictures. Refused while a batch runs.
   */
  async function openFolder(folder: GrantedFile): Promise<boolean> {
    if (isBusy()) return false;
    const mine = ++openingNumber;
    opening.value = folder;
    openFailure.value = null;
    const answer = await service.call('folder.pictures', { folder: folder.grant });
    if (mine !== openingNumber) return false;
    opening.value = null;
    if (!answer.ok) {
      openFailure.value = answer.failure;
      return false;
    }
    const { pictures, others } = answer.value;
    begin({ from: folder, pictures, others });
    return pictures.length > 0;
  }

  /**
   * Makes pictures that were chosen one by one the source of the batch, and tells which are called as another one, which
   * are not taken. null: refused while a batch runs.
   */
  function openFiles(given: readonly ChosenPicture[], others: number): readonly GrantedFile[] | null {
    if (isBusy()) return null;
    openingNumber++;
    opening.value = null;
    openFailure.value = null;
    const files = new Map<string, GrantedFile>();
    const pictures: FolderPicture[] = [];
    const again: GrantedFile[] = [];
    for (const { file, format: kind, sizeBytes } of given) {
      if (files.has(file.name)) again.push(file);
      else {
        files.set(file.name, file);
        pictures.push({ name: file.name, format: kind, sizeBytes });
      }
    }
    begin({ from: files, pictures, others });
    return again;
  }

  function begin(next: PictureSource): void {
    source.value = next;
    leftOut.value = new Set();
    forgetRun();
  }

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

  /** Takes a picture, or leaves it out. */
  function take(name: string, isTaken: boolean): void {
    const next = new Set(leftOut.value);
    if (isTaken) next.delete(name);
    else next.add(name);
    leftOut.value = next;
  }

  /** Takes all pictures, or none. */
  function takeAll(isTaken: boolean): void {
    leftOut.value = new Set(isTaken ? [] : source.value?.pictures.map(({ name }) => name));
  }

  /** Leaves out what is written already, so that a batch that was stopped goes on where it was. */
  function takeRest(): void {
    const written = [...outcomes.values()].filter(({ kind }) => kind === 'done').map(({ file }) => file);
    leftOut.value = new Set([...leftOut.value, ...written]);
  }

  /** Reads the palette that all pictures are to be painted with. One that cannot be read leaves the one before. */
  async function readPalette(file: GrantedFile): Promise<void> {
    paletteFailure.value = null;
    const answer = await service.call('palette.read', { file: file.grant });
    if (answer.ok) filePalette.value = { file, ...answer.value };
    else paletteFailure.value = answer.failure;
  }

  /** Writes something beside each picture, or does not. */
  function takeExtra(extra: BatchExtra, isTaken: boolean): void {
    const next = new Set(extras.value);
    if (isTaken) next.add(extra);
    else next.delete(extra);
    extras.value = next;
  }

  /** The palette of the open picture, by the names it has there. */
  function openPalette(): Pick<FilePalette, 'colours' | 'names'> | null {
    const { current } = paintings;
    if (current === null) return null;
    return { colours: current.swatches.map(({ colour }) => colour), names: swatchNames.namesOf(current) };
  }

  /** The palette as the service wants it; null: there is none yet. */
  const palette = computed<BatchPalette | null>(() => {
    const { value: kind } = paletteSource;
    if (kind === 'own' || kind === 'shared') return { kind };
    const given = kind === 'open' ? openPalette() : filePalette.value;
    return given === null ? null : { kind: 'given', colours: [...given.colours], names: [...given.names] };
  });

  /** Why a batch cannot be started, in words; null: it can. */
  const blockedBecause = computed<string | null>(() => {
    if (source.value === null) return 'Choose pictures first.';
    if (chosen.value.length === 0) return 'No picture is chosen.';
    if (palette.value === null)
      return paletteSource.value === 'open'
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
    opening,
    openFailure,
    leftOut,
    chosen,
    into,
    paletteSource,
    filePalette,
    paletteFailure,
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
    openFolder,
    openFiles,
    take,
    takeAll,
    takeRest,
    readPalette,
    takeExtra,
    blockedBecause,
    start,
    stateOf,
    cancel,
  };
});
