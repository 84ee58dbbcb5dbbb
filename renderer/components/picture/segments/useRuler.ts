import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';

/** A place in the picture, in pixels from its left and top. */
export interface PicturePlace {
  readonly x: number;
  readonly y: number;
}

export interface Ruler {
  /** The next clicks on the picture are ends of a line. */
  readonly isOn: Ref<boolean>;
  /** None, one or both ends: the middles of the pixels that were clicked. */
  readonly ends: ShallowRef<readonly PicturePlace[]>;
  /** Between both ends, in pixels; null before there are two different ones. */
  readonly lengthPixels: ComputedRef<number | null>;
  start(): void;
  /** A click on a pixel; a third one begins anew. */
  add(x: number, y: number): void;
  stop(): void;
}

/** A line that is laid on the picture, end by end, along something of known length. */
export function useRuler(): Ruler {
  const isOn = ref(false);
  const ends = shallowRef<readonly PicturePlace[]>([]);
  const lengthPixels = computed(() => {
    const [from, to] = ends.value;
    const length = from && to ? Math.hypot(to.x - from.x, to.y - from.y) : 0;
    return length > 0 ? length : null;
  });
  return {
    isOn,
    ends,
    lengthPixels,
    start() {
      isOn.value = true;
      ends.value = [];
    },
    add(x, y) {
      const end = { x: x + 0.5, y: y + 0.5 };
      ends.value = ends.value.length === 1 ? [...ends.value, end] : [end];
    },
    stop() {
      isOn.value = false;
      ends.value = [];
    },
  };
}
