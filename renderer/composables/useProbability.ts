import { computed, ref, watch, type ComputedRef, type WritableComputedRef } from 'vue';
import type { Viewed } from '../../shared/contract/pictureCalls';
import type { PaintingSummary } from '../../shared/image/painting';
import type { Colour } from '../../shared/image/quantisation';

export interface ProbabilityChoice {
  /** What can be looked at: the painting, or the probability of a colour, by its place; empty where there is none. */
  readonly options: ComputedRef<readonly { readonly value: string; readonly label: string }[]>;
  readonly chosen: WritableComputedRef<string>;
  /** null: the painting itself. */
  readonly viewed: ComputedRef<Viewed | null>;
}

const theBest = 'painting';

/**
 * Which colour's probability is looked at, of a painting by a mixture. The choice follows the colour to the nearest one
 * of the painting that comes next, however its place has changed.
 */
export function useProbability(
  painting: () => PaintingSummary | null,
  names: () => readonly string[],
): ProbabilityChoice {
  const wanted = ref<Colour | null>(null);
  /** Of previews they are not drawn: they are of every pixel, and would be late for the next one. */
  const mixture = computed(() => {
    const shown = painting();
    return shown?.precision === 'exact' && shown.fit?.objective === 'logLikelihood' ? shown : null;
  });
  const place = computed(() =>
    mixture.value === null || wanted.value === null
      ? null
      : nearest(
          mixture.value.swatches.map(({ colour }) => colour),
          wanted.value,
        ),
  );
  watch(
    () => painting()?.picture,
    () => {
      wanted.value = null;
    },
  );

  return {
    options: computed(() =>
      mixture.value === null
        ? []
        : [
            { value: theBest, label: 'Most probable colour' },
            ...mixture.value.swatches.map((_, at) => ({
              value: String(at),
              label: `Probability of ${names()[at] ?? ''}`,
            })),
          ],
    ),
    chosen: computed({
      get: () => (place.value === null ? theBest : String(place.value)),
      set: (value) => {
        wanted.value = value === theBest ? null : (mixture.value?.swatches[Number(value)]?.colour ?? null);
      },
    }),
    viewed: computed(() =>
      mixture.value === null || place.value === null
        ? null
        : { kind: 'probability', painting: mixture.value.painting, at: place.value },
    ),
  };
}

/** The place of the colour nearest in sRGB. */
function nearest(colours: readonly Colour[], { red, green, blue }: Colour): number {
  const distances = colours.map(
    (own) => (own.red - red) ** 2 + (own.green - green) ** 2 + (own.blue - blue) ** 2,
  );
  return distances.indexOf(Math.min(...distances));
}
