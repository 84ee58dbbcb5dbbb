import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Failure } from '../../shared/failure';
import type { PaintingId } from '../../shared/ids';
import type { PaintingFormat, PaintingSummary, PaletteEdit, Precision } from '../../shared/image/painting';
import {
  quantisationSpecification,
  type Colour,
  type QuantisationSpecification,
} from '../../shared/image/quantisation';
import type { Result } from '../../shared/result';
import { useService } from '../client/service';
import { startTaskIfSlow } from '../composables/startTaskIfSlow';
import { paintingsKept, usePaintingHistory, type HistoryEntry } from '../composables/usePaintingHistory';
import { usePaintingQuestion, type PaintingQuestion } from '../composables/usePaintingQuestion';
import { useQuantiseCourse } from '../composables/useQuantiseCourse';
import { usePictures } from './pictures';
import { useWorkspace } from './workspace';

/** The exact fit begins when nothing has been changed for so long. */
export const restMs = 400;

/** How long a newer preview waits for the one under way to end, before it is stopped. */
export const followMs = 60; // by eye: longer than between two moves of a slider, shorter than an eye takes to settle

/**
 * The painting shown of the open picture, what it is to be made by, and those that can be gone back to. A change of the
 * specification shows a preview at once; the exact palette follows when there was no other for a while. Settings stay
 * when another picture is opened.
 */
export const usePaintings = defineStore('paintings', () => {
  const service = useService();
  const pictures = usePictures();
  const workspace = useWorkspace();
  const history = usePaintingHistory(() => {
    const { width, height, frames } = pictures.summary ?? { width: 1, height: 1, frames: 1 };
    return paintingsKept(width * height * frames);
  }, forget);

  /** What to paint by. Locked colours are not in it: they are those of the palette shown. */
  const specification = shallowRef(quantisationSpecification.parse({}));
  /** The kind of file the painting is measured as, and saved as. */
  const format = ref<PaintingFormat>('png');
  const current = computed<PaintingSummary | null>(() => history.current.value?.painting ?? null);
  /** False for a preview: the best palette is still to be found. */
  const isSettled = computed(() => current.value?.fit === null || current.value?.precision === 'exact');
  const isPreviewing = shallowRef(false);
  /** From the rest of the slider: the exact fit is under way or about to be. */
  const isRefining = shallowRef(false);
  const isEditing = shallowRef(false);
  const isBusy = computed(() => isPreviewing.value || isRefining.value || isEditing.value);
  const course = useQuantiseCourse();
  const failure = shallowRef<Failure | null>(null);

  const questions = usePaintingQuestion(forget);
  let rest: ReturnType<typeof setTimeout> | undefined;
  /** Runs while the preview under way is not the newest wanted. */
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let lastEdit: Promise<boolean> = Promise.resolve(true);

  function forget(painting: PaintingId): void {
    // The answer says nothing: the painting is gone here either way.
    void service.call('painting.forget', { painting });
  }

  /** Stops what is under way; what is shown stays, and late answers count for nothing. */
  function stop(): void {
    clearTimeout(rest);
    clearTimeout(overdue);
    overdue = undefined;
    questions.drop();
    isPreviewing.value = false;
    isRefining.value = false;
    isEditing.value = false;
  }

  function begin(): PaintingQuestion {
    stop();
    failure.value = null;
    const locked = current.value?.swatches.filter(({ isLocked }) => isLocked).map(({ colour }) => colour);
    return questions.ask(specification.value, locked ?? []);
  }

  /** The painting a call came to; null: it failed, or something else has been asked for meanwhile. */
  async function received(
    asked: PaintingQuestion,
    call: Promise<Result<PaintingSummary, Failure>>,
  ): Promise<PaintingSummary | null> {
    const answer = await questions.answerTo(asked, call);
    if (answer === null) return null;
    if (answer.ok) return answer.value;
    const isNewest = overdue === undefined;
    stop();
    if (isNewest) failure.value = answer.failure;
    else void preview();
    return null;
  }

  /** Changes what to paint by, and shows what comes of it. */
  function change(part: Partial<QuantisationSpecification>): void {
    const onlyDithering = Object.keys(part).every((name) => name === 'dithering');
    specification.value = { ...specification.value, ...part };
    if (onlyDithering && keepsColours()) void dither();
    else previewNow();
  }

  /**
   * Whether another dithering keeps the palette shown, above all colours that a person chose. One that was found for a
   * goal by quality or bytes has to be found anew.
   */
  function keepsColours(): boolean {
    if (!isSettled.value || isPreviewing.value || isRefining.value) return false;
    return specification.value.goal.kind === 'count' || current.value?.fit === null;
  }

  /** Shows a preview, and the exact palette when nothing else is asked for within `restMs`. */
  function previewNow(): void {
    if (pictures.summary === null) return;
    if (!isPreviewing.value) {
      void preview();
      return;
    }
    // Stopping it at every move would show nothing until the slider rests.
    clearTimeout(rest);
    clearTimeout(overdue);
    overdue = setTimeout(() => void preview(), followMs);
  }

  async function preview(): Promise<void> {
    const asked = begin();
    refineAfterRest(asked);
    // Looking for what reaches a goal takes seconds: what is shown until then is nearer to it than a guess.
    if (asked.draft.goal.kind !== 'count' && current.value !== null) return;
    isPreviewing.value = true;
    await fit(asked, 'preview');
    if (!questions.isNewest(asked)) return;
    isPreviewing.value = false;
    if (overdue !== undefined) void preview();
  }

  function refineAfterRest(asked: PaintingQuestion): void {
    isRefining.value = true;
    rest = setTimeout(() => void fit(asked, 'exact'), restMs);
  }

  /** Finds the exact palette now, around the locked colours. True when it is there. */
  async function refine(): Promise<boolean> {
    if (pictures.summary === null) return false;
    const asked = begin();
    isRefining.value = true;
    return fit(asked, 'exact');
  }

  async function fit(asked: PaintingQuestion, precision: Precision): Promise<boolean> {
    const picture = pictures.summary?.picture;
    if (picture === undefined) return false;
    const isExact = precision === 'exact';
    course.begin(asked.draft, precision);
    const task = isExact ? startTaskIfSlow(workspace, 'Finding the best palette', cancel) : null;
    const painting = await received(
      asked,
      service.call(
        'picture.quantise',
        { picture, specification: asked.specification, precision },
        {
          signal: asked.signal,
          onEvent: (event) => {
            if (!questions.isNewest(asked)) return;
            course.follow(event);
            task?.update(null, course.text.value);
          },
        },
      ),
    );
    task?.finish();
    if (painting === null) return false;
    if (isExact) isRefining.value = false;
    // A preview that comes behind its own exact fit is of no use.
    else if (!isRefining.value) {
      forget(painting.painting);
      return false;
    }
    history.put({ painting, specification: asked.draft, by: 'fit' });
    return true;
  }

  /**
   * Changes the palette shown; a fit under way is stopped. Changes wait for each other; one whose places mean others by
   * then is dropped. True when it is there.
   */
  function edit(wanted: PaletteEdit): Promise<boolean> {
    const seen = current.value?.swatches.length;
    lastEdit = lastEdit.then(() => (seen === current.value?.swatches.length ? editNow(wanted) : false));
    return lastEdit;
  }

  async function editNow(wanted: PaletteEdit): Promise<boolean> {
    const shown = current.value;
    if (shown === null) return false;
    const asked = begin();
    isEditing.value = true;
    const painting = await received(
      asked,
      service.call('painting.edit', { painting: shown.painting, edit: wanted }, { signal: asked.signal }),
    );
    if (painting === null) return false;
    isEditing.value = false;
    // A refit of the rest keeps the number of colours that a person came to.
    if (specification.value.goal.kind === 'count' && painting.swatches.length !== shown.swatches.length)
      countIs(painting.swatches.length);
    history.put({
      painting,
      specification: specification.value,
      by: wanted.kind === 'dither' ? 'dithering' : 'edit',
    });
    // A lock leaves a preview one.
    if (!isSettled.value) refineAfterRest(begin());
    return true;
  }

  /** Not in turn with other edits: the newest strength counts, and those before it are dropped. */
  const dither = (): Promise<boolean> =>
    editNow({ kind: 'dither', dithering: specification.value.dithering });

  /** Paints with given colours; `locked`: a later fit keeps them. True when it is done. */
  async function paintWith(colours: readonly Colour[], locked: boolean): Promise<boolean> {
    const picture = pictures.summary?.picture;
    if (picture === undefined) return false;
    const { space, dithering, effort } = specification.value;
    const asked = begin();
    isEditing.value = true;
    const painting = await received(
      asked,
      service.call(
        'picture.paintWith',
        { picture, colours: [...colours], space, dithering, effort, locked },
        { signal: asked.signal },
      ),
    );
    if (painting === null) return false;
    isEditing.value = false;
    countIs(painting.swatches.length);
    history.put({ painting, specification: specification.value, by: 'edit' });
    return true;
  }

  function countIs(colours: number): void {
    specification.value = { ...specification.value, goal: { kind: 'count', colours } };
  }

  /** Stops what is under way, as a person who asks for it wants to hear. */
  function cancel(): void {
    if (!isBusy.value) return;
    stop();
    workspace.say(isSettled.value ? 'Stopped.' : 'Stopped: what is shown is a preview.');
  }

  function show(entry: HistoryEntry | null): void {
    if (entry === null) return;
    stop();
    failure.value = null;
    specification.value = entry.specification;
  }

  /** Goes back to the painting before, and to what it was made by. */
  const undo = (): void => show(history.undo());
  const redo = (): void => show(history.redo());

  // Each opened picture is another one, even if a restarted service gives it the same id; its paintings went with it.
  watch(
    () => pictures.summary,
    () => {
      stop();
      history.clear();
      course.clear();
      failure.value = null;
      // Other files show frames one under another.
      if ((pictures.summary?.frames ?? 1) > 1) format.value = 'gif';
      previewNow();
    },
    { immediate: true },
  );

  return {
    specification,
    format,
    current,
    isSettled,
    isPreviewing,
    isRefining,
    isEditing,
    isBusy,
    steps: course.steps,
    tried: course.tried,
    failure,
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    change,
    previewNow,
    refine,
    edit,
    paintWith,
    cancel,
    undo,
    redo,
  };
});
