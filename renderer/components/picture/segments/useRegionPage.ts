import { computed, ref, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../../../shared/contract/port';
import type { Failure } from '../../../../shared/failure';
import type { SegmentationId } from '../../../../shared/ids';
import type { Segment } from '../../../../shared/image/segmentation';
import { useLatestAnswer } from '../../../composables/useLatestAnswer';

export const pageRegions = 100; // by eye: a few screens

export interface RegionPage {
  /** Place of the first region shown, among those listed. */
  readonly first: Ref<number>;
  readonly total: ComputedRef<number>;
  /** null: the first answer is still awaited. */
  readonly segments: ComputedRef<readonly Segment[] | null>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Turns to the page of a region that is listed. */
  goTo(segment: Segment): Promise<void>;
}

/** Regions by area, a page at a time; `listed`: of one colour, by its place in the palette. */
export function useRegionPage(
  service: ServiceClient,
  segmentation: () => SegmentationId,
  listed: () => number | null,
): RegionPage {
  const first = ref(0);
  // Before the question below is asked anew.
  watch([segmentation, listed], () => (first.value = 0), { flush: 'sync' });
  const page = useLatestAnswer(
    () => ({ segmentation: segmentation(), at: listed(), first: first.value, count: pageRegions }),
    (question, signal) => service.call('segments.list', question, { signal }),
  );
  const segments = computed(() => page.answer.value?.segments ?? null);
  const total = computed(() => page.answer.value?.total ?? 0);
  let search = 0;

  async function goTo({ region, at }: Segment): Promise<void> {
    const mine = ++search;
    const [asked, colour] = [segmentation(), listed()];
    if (colour !== null && colour !== at) return;
    const place = colour === null ? region : await placeOf(asked, region, colour);
    if (mine !== search || place === null || asked !== segmentation() || colour !== listed()) return;
    first.value = Math.floor(place / pageRegions) * pageRegions;
  }

  /** Regions of a colour stand in the order of their numbers, so that one is found by halving. */
  async function placeOf(asked: SegmentationId, region: number, at: number): Promise<number | null> {
    let [low, high] = [0, region];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const answer = await service.call('segments.list', {
        segmentation: asked,
        at,
        first: middle,
        count: 1,
      });
      if (!answer.ok) return null;
      const [found] = answer.value.segments;
      if (found !== undefined && found.region < region) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return { first, total, segments, failure: page.failure, goTo };
}
