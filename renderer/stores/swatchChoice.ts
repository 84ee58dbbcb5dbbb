import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { PictureView } from '../../shared/image/picture';
import { hexOf } from '../../shared/image/hexColour';
import type { PaintingSummary } from '../../shared/image/painting';
import type { Colour } from '../../shared/image/quantisation';
import { useService } from '../client/service';
import { usePaintings } from './paintings';
import { usePictures } from './pictures';

/** The place of a colour in the palette of a painting; -1: it is not there. */
export const placeOfColour = ({ swatches }: PaintingSummary, colour: Colour): number =>
  swatches.findIndex((swatch) => hexOf(swatch.colour) === hexOf(colour));

/** Which one or two colours of the palette shown are chosen: a choice is of colours, not of places. */
export const useSwatchChoice = defineStore('swatchChoice', () => {
  const service = useService();
  const pictures = usePictures();
  const paintings = usePaintings();

  const colours = shallowRef<readonly Colour[]>([]);
  /** Whether the colour chosen last stands out in the picture. */
  const isShownAlone = ref(false);

  /** Places of those chosen, in the order they were. */
  const places = computed<readonly number[]>(() => {
    const { current } = paintings;
    if (current === null) return [];
    return colours.value.map((colour) => placeOfColour(current, colour)).filter((at) => at >= 0);
  });
  /** Place of the colour that stands out in the picture; null: the picture is shown as it is painted. */
  const alone = computed(() => (isShownAlone.value ? (places.value.at(-1) ?? null) : null));

  /** `isFurther`: beside the one chosen last, or, where it is chosen already, no longer. */
  function choose(at: number, isFurther: boolean): void {
    const colour = paintings.current?.swatches[at]?.colour;
    if (colour === undefined) return;
    const others = colours.value.filter((own) => hexOf(own) !== hexOf(colour));
    if (!isFurther) colours.value = [colour];
    else if (others.length < colours.value.length) colours.value = others;
    else colours.value = [...others.slice(-1), colour];
  }

  /** Chooses the colour that a pixel is painted with. */
  async function chooseAt(left: number, top: number): Promise<void> {
    const { current } = paintings;
    if (current === null) return;
    const answer = await service.call('picture.view', {
      picture: current.picture,
      viewed: { kind: 'painting', painting: current.painting },
      frame: pictures.openFrame,
      region: { left, top, width: 1, height: 1 },
      width: 1,
      height: 1,
    });
    // A picture that cannot be drawn says so in the viewer.
    if (!answer.ok || paintings.current !== current) return;
    const at = placeOfColour(current, colourOf(answer.value));
    if (at >= 0) choose(at, false);
  }

  watch(
    () => pictures.summary,
    () => {
      colours.value = [];
      isShownAlone.value = false;
    },
  );

  return { colours, places, isShownAlone, alone, choose, chooseAt };
});

const colourOf = ({ rgba: [red = 0, green = 0, blue = 0, opacity = 0] }: PictureView): Colour => ({
  red,
  green,
  blue,
  opacity,
});
