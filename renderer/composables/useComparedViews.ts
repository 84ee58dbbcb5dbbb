import { computed, ref, type ComputedRef, type Ref } from 'vue';
import type { Viewed } from '../../shared/contract/pictureCalls';
import type { Failure } from '../../shared/failure';
import type { PictureViewAnswers, ViewedPart } from './usePictureView';

/** What there is to compare; null: no such picture. */
export interface ComparedPictures {
  readonly before: Viewed;
  readonly after: Viewed | null;
  readonly difference: Viewed | null;
}

export interface ComparedViews {
  /** What a person asks for. */
  readonly isDifferenceWanted: Ref<boolean>;
  readonly isOriginalWanted: Ref<boolean>;
  readonly hasAfter: ComputedRef<boolean>;
  readonly hasDifference: ComputedRef<boolean>;
  /** What is to be seen, as far as it is here. */
  readonly shown: ComputedRef<'before' | 'split' | 'difference'>;
  /** The views of it, from left to right. */
  readonly views: ComputedRef<readonly PictureViewAnswers[]>;
  /** What they show at a pixel is told of these. */
  readonly sides: ComputedRef<readonly (ViewedPart | null)[]>;
  readonly differenceLabel: ComputedRef<string>;
  readonly failure: ComputedRef<Failure | null>;
}

/** A picture beside another one, alone, or how they differ. `ask` gives the answers for one of them. */
export function useComparedViews(
  pictures: () => ComparedPictures,
  ask: (viewed: () => Viewed | null) => PictureViewAnswers,
): ComparedViews {
  const isDifferenceWanted = ref(false);
  const isOriginalWanted = ref(false);
  const hasAfter = computed(() => pictures().after !== null);
  const hasDifference = computed(() => hasAfter.value && pictures().difference !== null);
  const isDifference = computed(() => isDifferenceWanted.value && hasDifference.value);

  const before = ask(() => pictures().before);
  const after = ask(() => pictures().after);
  const difference = ask(() => (isDifference.value ? pictures().difference : null));

  const shown = computed(() => {
    if (isOriginalWanted.value || !hasAfter.value) return 'before';
    if (isDifference.value && difference.part.value !== null) return 'difference';
    // Until there is something to compare with, half a picture would look like a broken one.
    return after.part.value === null ? 'before' : 'split';
  });
  const views = computed(() => {
    if (shown.value === 'split') return [before, after];
    return [shown.value === 'before' ? before : difference];
  });

  return {
    isDifferenceWanted,
    isOriginalWanted,
    hasAfter,
    hasDifference,
    shown,
    views,
    // Shades of a difference are no colours of the picture.
    sides: computed(() =>
      (shown.value === 'difference' ? [before] : views.value).map(({ part }) => part.value),
    ),
    differenceLabel: computed(() => {
      const white = difference.part.value?.view.white;
      return white === undefined ? 'Difference' : `Difference, white from ${white} of 255 steps`;
    }),
    failure: computed(() => before.failure.value ?? after.failure.value ?? difference.failure.value),
  };
}
