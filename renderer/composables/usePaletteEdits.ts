import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { Failure } from '../../shared/failure';
import { hexOf } from '../../shared/image/hexColour';
import type { PaintingSummary } from '../../shared/image/painting';
import type { Colour, Swatch } from '../../shared/image/quantisation';
import { useDesktop } from '../client/desktop';
import { useService } from '../client/service';
import { usePaintings } from '../stores/paintings';
import { useSwatchNames } from '../stores/swatchNames';

export interface PaletteEdits {
  /** Places of the colours chosen, one or two, in the order they were. */
  readonly chosen: ComputedRef<readonly number[]>;
  /** Why the palette file could not be read. */
  readonly importFailure: Readonly<ShallowRef<Failure | null>>;
  /** `isFurther`: beside the one chosen last, or no longer. */
  choose(at: number, isFurther: boolean): void;
  rename(at: number, name: string): void;
  recolour(at: number, colour: Colour): Promise<void>;
  /** `at` null: all of them. */
  lock(at: number | null, isLocked: boolean): Promise<void>;
  remove(at: number): Promise<void>;
  merge(one: number, other: number): Promise<void>;
  /** Asks for a palette file and paints with it; its colours are locked, so that a later fit keeps them. */
  readPalette(): Promise<void>;
}

/**
 * Changes of the palette shown. Colours chosen and names follow a change to where the colours are then: a choice is of
 * colours, not of places.
 */
export function usePaletteEdits(): PaletteEdits {
  const service = useService();
  const desktop = useDesktop();
  const paintings = usePaintings();
  const names = useSwatchNames();

  const chosenColours = shallowRef<readonly Colour[]>([]);
  const importFailure = shallowRef<Failure | null>(null);

  const chosen = computed(() => {
    const { current } = paintings;
    if (current === null) return [];
    return chosenColours.value.map((colour) => placeOf(current, colour)).filter((at) => at >= 0);
  });

  function choose(at: number, isFurther: boolean): void {
    const colour = swatchAt(paintings.current, at)?.colour;
    if (colour === undefined) return;
    const others = chosenColours.value.filter((own) => hexOf(own) !== hexOf(colour));
    if (!isFurther) chosenColours.value = [colour];
    // Chosen again with Control it is let go.
    else if (others.length < chosenColours.value.length) chosenColours.value = others;
    else chosenColours.value = [...others.slice(-1), colour];
  }

  function rename(at: number, name: string): void {
    if (paintings.current !== null) names.rename(paintings.current, at, name);
  }

  async function recolour(at: number, colour: Colour): Promise<void> {
    const before = paintings.current;
    if (before === null || !(await paintings.edit({ kind: 'recolour', at, colour }))) return;
    names.carry(before, at, colour);
    chosenColours.value = [colour];
  }

  async function lock(at: number | null, isLocked: boolean): Promise<void> {
    await paintings.edit({ kind: 'lock', at, isLocked });
  }

  async function remove(at: number): Promise<void> {
    if (await paintings.edit({ kind: 'remove', at })) chosenColours.value = [];
  }

  async function merge(one: number, other: number): Promise<void> {
    const before = paintings.current;
    if (before === null || !(await paintings.edit({ kind: 'merge', one, other }))) return;
    const after = paintings.current;
    const merged = after === null ? null : mergedOf(before, after, one, other);
    if (merged === null) return;
    // The larger one's name comes last and stays, if it has one.
    for (const at of [one, other].sort((a, b) => b - a)) names.carry(before, at, merged);
    chosenColours.value = [merged];
  }

  async function readPalette(): Promise<void> {
    const file = await desktop.chooseFile('palette');
    if (file === null) return;
    importFailure.value = null;
    const read = await service.call('palette.read', { file: file.grant });
    if (!read.ok) importFailure.value = read.failure;
    else if (await paintings.paintWith(read.value.colours, true)) {
      names.adopt(read.value.colours, read.value.names);
      chosenColours.value = [];
    }
  }

  return { chosen, importFailure, choose, rename, recolour, lock, remove, merge, readPalette };
}

const swatchAt = (painting: PaintingSummary | null, at: number): Swatch | undefined => painting?.swatches[at];

const placeOf = ({ swatches }: PaintingSummary, colour: Colour): number =>
  swatches.findIndex((swatch) => hexOf(swatch.colour) === hexOf(colour));

/** What two colours became: the one that was not there, or that of them which stayed because it is locked. */
function mergedOf(
  before: PaintingSummary,
  after: PaintingSummary,
  one: number,
  other: number,
): Colour | null {
  const isNew = ({ colour }: Swatch): boolean => placeOf(before, colour) < 0;
  const stayed = [one, other]
    .map((at) => swatchAt(before, at)?.colour)
    .find((colour) => colour !== undefined && placeOf(after, colour) >= 0);
  return after.swatches.find(isNew)?.colour ?? stayed ?? null;
}
