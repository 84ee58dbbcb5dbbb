import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { GrantedFile } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import { formatCounted } from '../../shared/format';
import type { PictureId } from '../../shared/ids';
import type { FrameChoice } from '../../shared/image/frames';
import type { PictureSummary } from '../../shared/image/picture';
import { useService } from '../client/service';
import { useWorkspace, type Step } from './workspace';

/** A file of a picture; `name`: of a file in the folder that was granted. */
export interface PictureFile {
  readonly file: GrantedFile;
  readonly name: string | undefined;
  /** Which of its pictures are read. */
  readonly frame: FrameChoice;
}

/** What a file of a picture is called. */
export const pictureName = ({ file, name }: PictureFile): string => name ?? file.name;

const isSameFile = (one: PictureFile, other: PictureFile | null): boolean =>
  one.file.grant === other?.file.grant && one.name === other.name;

/** A picture that could not be opened. */
export interface PictureFailure extends PictureFile {
  readonly failure: Failure;
}

const stepsOfPicture: readonly Step[] = ['colours', 'segments', 'savePicture'];

/**
 * The picture of the window. It stays until another one has been read whole; its pixels stay in the service. What is
 * made of it (paintings, segmentations) follows `summary`, which is replaced whenever a picture has been opened.
 */
export const usePictures = defineStore('pictures', () => {
  const service = useService();
  const workspace = useWorkspace();

  const file = shallowRef<PictureFile | null>(null);
  const summary = shallowRef<PictureSummary | null>(null);
  /** What is being read. */
  const opening = shallowRef<PictureFile | null>(null);
  const openFailure = shallowRef<PictureFailure | null>(null);
  /** Where all frames are open: the one that is seen. */
  const seen = ref(0);
  /** The frame of the file that is seen, or will be once it is read; from 0. */
  const frame = computed(() => {
    const { value: next } = opening;
    if (next !== null && next.frame !== 'all' && isSameFile(next, file.value)) return next.frame;
    return summary.value?.facts.frame ?? seen.value;
  });
  /** The place of what is seen among the open frames. */
  const openFrame = computed(() => (summary.value?.facts.frame === null ? seen.value : 0));

  let controller: AbortController | null = null;
  /** The picture that the present service holds for us. */
  let held: PictureId | null = null;
  /** The file at which the service was lost, until it has been read after all. */
  let lostWhileOpening: PictureFile | null = null;

  /**
   * Reads a picture and makes it that of the window; `name`: a file of the folder `next`. A later call replaces an
   * earlier one. True when the picture is there.
   */
  async function open(next: GrantedFile, name?: string, which: FrameChoice = 0): Promise<boolean> {
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    const asked: PictureFile = { file: next, name, frame: which };
    openFailure.value = null;
    opening.value = asked;
    const task = workspace.startTask(`Reading ${pictureName(asked)}`, () => mine.abort());
    if (!isSameFile(asked, file.value)) {
      workspace.blockStep('colours', null);
      workspace.show('colours');
    }

    const body = { file: next.grant, name, frame: which };
    const result = await service.call('picture.open', body, { signal: mine.signal });
    task.finish();
    if (controller !== mine) {
      // Read in vain: a later call has taken its place.
      if (result.ok) void service.call('picture.close', { picture: result.value.picture });
      return false;
    }
    // Stays under way: `reopenAfterRestart` takes it up again.
    if (!result.ok && result.failure.kind === 'serviceLost') return false;
    controller = null;
    opening.value = null;
    lostWhileOpening = null;
    if (result.ok) adopt(asked, result.value);
    else refuse(asked, result.failure);
    return result.ok;
  }

  function adopt(asked: PictureFile, picture: PictureSummary): void {
    seen.value = isSameFile(asked, file.value) ? Math.min(frame.value, picture.frames - 1) : 0;
    file.value = asked;
    summary.value = picture;
    if (held !== null) void service.call('picture.close', { picture: held });
    held = picture.picture;
    openSteps();
    workspace.say(`Read ${picture.fileName}: ${formatCounted(picture.colours, 'colour')}.`);
  }

  function refuse(asked: PictureFile, failure: Failure): void {
    if (failure.kind === 'cancelled') workspace.say(`Reading ${pictureName(asked)} was cancelled.`);
    else openFailure.value = { ...asked, failure };
    openSteps();
    if (summary.value === null) workspace.show('start');
  }

  function openSteps(): void {
    const reason = summary.value === null ? 'Open a picture first.' : null;
    for (const step of stepsOfPicture) workspace.blockStep(step, reason);
    if ((summary.value?.frames ?? 1) > 1)
      workspace.blockStep('segments', 'Segments are found in one frame: choose one in Colours.');
  }

  /** Reads another frame of the open file, or all of them, to be painted with one palette. */
  async function readFrames(which: FrameChoice): Promise<void> {
    if (file.value !== null) await open(file.value.file, file.value.name, which);
  }

  /** Shows a frame of the file, counted from 0; it is read first, unless all are open. */
  async function showFrame(next: number): Promise<void> {
    if (summary.value?.facts.frame === null) seen.value = next;
    else await readFrames(next);
  }

  /** Stops what is being read; a picture that was open stays. */
  function cancel(): void {
    controller?.abort();
  }

  /** Nothing is open and nothing is being read. */
  function close(): void {
    controller?.abort();
    controller = null;
    opening.value = null;
    file.value = null;
    summary.value = null;
    if (held !== null) void service.call('picture.close', { picture: held });
    held = null;
    openSteps();
    if (workspace.workspace === 'image') workspace.showWorkspace('image');
  }

  /**
   * Brings back the picture, or what was being read, after the service was lost and started again. A file at which the
   * service was lost twice is given up: a third try would end the same way.
   */
  async function reopenAfterRestart(reason: string): Promise<void> {
    // The old picture went with the old service.
    held = null;
    const interrupted = opening.value;
    if (interrupted !== null && isSameFile(interrupted, lostWhileOpening)) {
      close();
      workspace.banner = {
        tone: 'danger',
        text: `The engine stopped (${reason}) twice while reading "${pictureName(interrupted)}". It may need more memory than there is: close other programs, or make the picture smaller.`,
      };
      return;
    }
    lostWhileOpening = interrupted;
    const lost = interrupted ?? file.value;
    if (lost !== null) await open(lost.file, lost.name, lost.frame);
  }

  function forgetFailure(): void {
    openFailure.value = null;
  }

  return {
    file,
    summary,
    opening,
    openFailure,
    frame,
    openFrame,
    open,
    readFrames,
    showFrame,
    cancel,
    close,
    reopenAfterRestart,
    forgetFailure,
  };
});
