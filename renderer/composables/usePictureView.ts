import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../shared/contract/port';
import type { Viewed } from '../../shared/contract/pictureCalls';
import type { Failure } from '../../shared/failure';
import type { PictureId } from '../../shared/ids';
import type { PictureRegion, PictureView } from '../../shared/image/picture';
import type { ViewQuestion } from '../components/picture/viewer/pictureWindow';

/** A part of a picture as it came from the service. */
export interface ViewedPart {
  readonly viewed: Viewed;
  readonly region: PictureRegion;
  readonly view: PictureView;
}

export interface PictureViewAnswers {
  /** The newest there is. It stays until there is another one of the same picture. */
  readonly part: Readonly<ShallowRef<ViewedPart | null>>;
  /** The newest that shows the whole picture, for what the newest part does not cover. */
  readonly whole: Readonly<ShallowRef<ViewedPart | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
}

interface Asked extends ViewQuestion {
  readonly picture: PictureId;
  readonly viewed: Viewed;
  readonly frame: number;
}

/**
 * Asks for what a viewer draws. One question is under way at a time and is let come to its end, so that a slider that is
 * drawn does not keep every answer from coming; of those that come up meanwhile only the newest is asked.
 */
export function usePictureView(
  service: ServiceClient,
  picture: () => { readonly picture: PictureId; readonly width: number; readonly height: number },
  frame: () => number,
  viewed: () => Viewed | null,
  question: () => ViewQuestion | null,
): PictureViewAnswers {
  const part = shallowRef<ViewedPart | null>(null);
  const whole = shallowRef<ViewedPart | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const controller = new AbortController();

  const wanted = computed<Asked | null>(() => {
    const what = viewed();
    const where = question();
    if (what === null || where === null) return null;
    return { ...where, picture: picture().picture, viewed: what, frame: frame() };
  });
  let isAsking = false;
  let answered = '';

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    while (wanted.value !== null && !controller.signal.aborted) {
      const asked = wanted.value;
      const key = JSON.stringify(asked);
      if (key === answered) break;
      const result = await service.call('picture.view', asked, { signal: controller.signal });
      if (controller.signal.aborted) return;
      answered = key;
      // Of a picture that was closed meanwhile nothing is drawn, nor is its failure anybody's concern.
      if (asked.picture !== picture().picture || asked.frame !== frame()) continue;
      if (result.ok) show(asked, result.value);
      else if (wanted.value !== null && JSON.stringify(wanted.value) === key) failure.value = result.failure;
    }
    isAsking = false;
  }

  function show({ viewed: what, region }: Asked, view: PictureView): void {
    failure.value = null;
    part.value = { viewed: what, region, view };
    const { width, height } = picture();
    if (region.width === width && region.height === height) whole.value = part.value;
  }

  watch(
    () => picture(),
    () => {
      part.value = null;
      whole.value = null;
      failure.value = null;
      answered = '';
    },
  );
  // What is drawn around the newest part would be of another frame.
  watch(frame, () => {
    whole.value = null;
  });
  watch(wanted, () => void ask(), { immediate: true });
  onScopeDispose(() => controller.abort());
  return { part, whole, failure };
}
