import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { PaintingSummary } from '../../shared/image/painting';
import type { Colour } from '../../shared/image/quantisation';
import { nameOfEach, numberedNames, type GivenName } from '../components/picture/givenNames';
import { placesByShare } from '../components/picture/placesByShare';
import { usePictures } from './pictures';

/** What the names of a palette follow from. */
type NamedPalette = Pick<PaintingSummary, 'swatches' | 'names'>;

/**
 * Names of the colours of the open picture. They are kept with colours, not with a painting: a palette that is fitted
 * again, edited or gone back to has the names of the colours that are still in it, or nearly.
 */
export const useSwatchNames = defineStore('swatchNames', () => {
  const pictures = usePictures();
  const given = shallowRef<readonly GivenName[]>([]);

  /** The name of each swatch: the one given to its colour, else that of the painting, numbered where it repeats. */
  function namesOf({ swatches, names }: NamedPalette): string[] {
    const result = placesOf(swatches).map((place) =>
      place === null ? null : (given.value[place]?.name ?? null),
    );
    // Only names nobody chose are numbered, from the one with the most pixels on.
    const unnamed = placesByShare(swatches).filter((at) => result[at] === null);
    numberedNames(unnamed.map((at) => names[at] ?? '')).forEach((name, index) => {
      result[unnamed[index]] = name;
    });
    return result.map((name) => name ?? '');
  }

  /** Gives a swatch a name; '' takes it back. */
  function rename({ swatches }: NamedPalette, at: number, name: string): void {
    const colour = swatches[at]?.colour;
    if (colour === undefined) return;
    const place = placesOf(swatches)[at] ?? null;
    const others = given.value.filter((_, index) => index !== place);
    const before = place === null ? [] : (given.value[place]?.colours ?? []);
    given.value = name === '' ? others : [...others, { name, colours: withColour(before, colour) }];
  }

  /** Says that what was this swatch is now that colour, so that the name goes along. */
  function carry({ swatches }: NamedPalette, at: number, colour: Colour): void {
    const place = placesOf(swatches)[at] ?? null;
    given.value = given.value.map((one, index) =>
      index === place ? { ...one, colours: withColour(one.colours, colour) } : one,
    );
  }

  /** Takes over the names that a palette file has for its colours; '' is none. */
  function adopt(colours: readonly Colour[], names: readonly string[]): void {
    const read = colours.flatMap((colour, at) => {
      const name = names[at] ?? '';
      return name === '' ? [] : [{ name, colours: [colour] }];
    });
    const isRead = (own: Colour): boolean => read.some(({ colours: [colour] }) => isSame(own, colour));
    const others = given.value
      .map((one) => ({ ...one, colours: one.colours.filter((own) => !isRead(own)) }))
      .filter((one) => one.colours.length > 0);
    given.value = [...others, ...read];
  }

  const placesOf = (swatches: NamedPalette['swatches']): (number | null)[] =>
    nameOfEach(
      swatches.map(({ colour }) => colour),
      given.value,
    );

  // A picture read again, after the service was started anew, keeps its names.
  watch(
    () => `${pictures.file?.file.grant ?? ''}/${pictures.file?.name ?? ''}`,
    () => (given.value = []),
  );

  return { namesOf, rename, carry, adopt };
});

const isSame = (one: Colour, other: Colour): boolean =>
  one.red === other.red &&
  one.green === other.green &&
  one.blue === other.blue &&
  one.opacity === other.opacity;

const withColour = (colours: readonly Colour[], colour: Colour): Colour[] => [
  ...colours.filter((own) => !isSame(own, colour)),
  colour,
];
