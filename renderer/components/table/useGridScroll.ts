import { useEventListener, useResizeObserver } from '@vueuse/core';
import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue';
import { scrollScale, type ScrollScale } from './scrollScale';

export interface GridScroll {
  /** Size of what is in view without scroll bars, px. */
  readonly viewWidth: Ref<number>;
  readonly viewHeight: Ref<number>;
  /** Offset of the content in view, px; exact however long the content is. */
  readonly offsetX: Ref<number>;
  readonly offsetY: Ref<number>;
  readonly scale: ComputedRef<ScrollScale>;
  /** Moves the content to these offsets. */
  moveTo(offset: { x?: number; y?: number }): void;
}

/**
 * Follows the scrolling of `element`, whose content is as long as `contentHeight` says, below a head of `headHeight` px that
 * stays in view. Beyond what Chromium can scroll, the thumb stands for many pixels each, and the wheel is taken
 * over so that it still moves by exact ones.
 */
export function useGridScroll(
  element: Ref<HTMLElement | null>,
  contentHeight: () => number,
  headHeight: number,
): GridScroll {
  const viewWidth = ref(0);
  const viewHeight = ref(0);
  const offsetX = ref(0);
  const offsetY = ref(0);
  const scale = computed(() => scrollScale(contentHeight(), Math.max(0, viewHeight.value - headHeight)));
  /** Where the element was put by `moveTo`: its own scroll event says nothing new. */
  let placedTop = 0;

  function measure(): void {
    viewWidth.value = element.value?.clientWidth ?? 0;
    viewHeight.value = element.value?.clientHeight ?? 0;
  }

  function moveTo({ x, y }: { x?: number; y?: number }): void {
    const { value } = element;
    if (value === null) return;
    if (x !== undefined) {
      value.scrollLeft = x;
      offsetX.value = value.scrollLeft;
    }
    if (y !== undefined) {
      offsetY.value = Math.min(scale.value.contentRangePx, Math.max(0, y));
      value.scrollTop = scale.value.toScroll(offsetY.value);
      placedTop = value.scrollTop;
    }
  }

  useResizeObserver(element, measure);
  useEventListener(
    element,
    'scroll',
    () => {
      const { value } = element;
      if (value === null) return;
      offsetX.value = value.scrollLeft;
      if (Math.abs(value.scrollTop - placedTop) < 1 && scale.value.ratio > 1) return;
      placedTop = value.scrollTop;
      offsetY.value = scale.value.toOffset(value.scrollTop);
    },
    { passive: true },
  );
  useEventListener(
    element,
    'wheel',
    (event: WheelEvent) => {
      if (scale.value.ratio === 1 || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      moveTo({ x: offsetX.value + event.deltaX, y: offsetY.value + event.deltaY });
    },
    { passive: false },
  );
  // A shorter content or a taller view may leave the offset beyond the end; scroll bars come and go.
  watch([contentHeight, scale], async () => {
    await nextTick();
    measure();
    if (offsetY.value > scale.value.contentRangePx) moveTo({ y: scale.value.contentRangePx });
  });

  return { viewWidth, viewHeight, offsetX, offsetY, scale, moveTo };
}
