import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { CallAnswer } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { FitId } from '../../shared/ids';
import { useLatestAnswer } from './useLatestAnswer';

export type Frame = CallAnswer<'fit.frames'>['frames'][number];

export interface Replay {
  /** How many frames there are; 0 until they are here. */
  readonly length: ComputedRef<number>;
  /** The frame shown; null at the end, where the fit itself is shown. */
  readonly frame: ComputedRef<Frame | null>;
  readonly position: Readonly<Ref<number>>;
  readonly isPlaying: Readonly<Ref<boolean>>;
  /** Shows a frame, counted from 0, and stops playing. */
  seek(position: number): void;
  /** Plays from where it stands, from the beginning when it stands at the end; or stops. */
  toggle(): void;
}

const wholeMs = 6000; // by taste: long enough to follow, short enough to see again
const quickestMs = 40;
const slowestMs = 500;

/** The best restart of a fit, iteration by iteration. Another fit starts at its end. */
export function useReplay(service: ServiceClient, fit: () => FitId | null): Replay {
  const { answer } = useLatestAnswer(
    () => {
      const id = fit();
      return id === null ? null : { fit: id };
    },
    (question, signal) => service.call('fit.frames', question, { signal }),
  );
  const frames = computed(() => answer.value?.frames ?? []);
  const position = shallowRef(0);
  const last = computed(() => Math.max(0, frames.value.length - 1));
  const pace = computed(() =>
    Math.min(slowestMs, Math.max(quickestMs, wholeMs / Math.max(1, frames.value.length))),
  );
  const playing = useIntervalFn(advance, pace, { immediate: false });

  function advance(): void {
    position.value = Math.min(last.value, position.value + 1);
    if (position.value === last.value) playing.pause();
  }

  function seek(next: number): void {
    playing.pause();
    position.value = Math.min(last.value, Math.max(0, next));
  }

  function toggle(): void {
    if (playing.isActive.value) {
      playing.pause();
      return;
    }
    if (position.value === last.value) position.value = 0;
    playing.resume();
  }

  watch(frames, () => {
    playing.pause();
    position.value = last.value;
  });
  return {
    length: computed(() => frames.value.length),
    frame: computed(() => (position.value === last.value ? null : (frames.value[position.value] ?? null))),
    position,
    isPlaying: playing.isActive,
    seek,
    toggle,
  };
}
