import { shallowRef, type ShallowRef } from 'vue';
import type { Failure } from '../../shared/failure';
import type { PaintingSummary } from '../../shared/image/painting';
import { paletteText } from '../../shared/image/paletteText';
import type { Colour, Swatch } from '../../shared/image/quantisation';
import { useDesktop } from '../client/desktop';
import { useService } from '../client/service';
import { usePaintings } from '../stores/paintings';
import { placeOfColour, useSwatchChoice } from '../stores/swatchChoice';
import { useSwatchNames } from '../stores/swatchNames';
import { useWorkspace } from '../stores/workspace';

export interface PaletteEdits {
  /** Why the palette file could not be read. */
  readonly importFailure: Readonly<ShallowRef<Failure | null>>;
  forgetFailure(): void;
  rename(at: number, name: string): void;
  recolour(at: number, colour: Colour): Promise<void>;
  /** `at` null: all of them. */
  lock(at: number | null, isLocked: boolean): Promise<void>;
  remove(at: number): Promise<void>;
  merge(one: number, other: number): Promise<void>;
  /** Asks for a palette file and paints with it; its colours are locked, so that a later fit keeps them. */
  readPalette(): Promise<void>;
}

/** Changes of the palette shown. The choice of colours and their names follow a change. */
export function usePaletteEdits(): PaletteEdits {
  const service = useService();
  const desktop = useDesktop();
  const paintings = usePaintings();
  const choice = useSwatchChoice();
  const names = useSwatchNames();
  const workspace = useWorkspace();

  let recolours = 0;
  const importFailure = shallowRef<Failure | null>(null);

  function rename(at: number, name: string): void {
    if (paintings.current !== null) names.rename(paintings.current, at, name);
  }

  async function recolour(at: number, colour: Colour): Promise<void> {
    const before = paintings.current;
    if (before === null) return;
    const mine = ++recolours;
    // Chosen before and after, whichever palette is shown, so that the field that is typed into keeps the focus.
    choice.colours = [...choice.colours, colour];
    names.carry(before, at, colour);
    await paintings.edit({ kind: 'recolour', at, colour });
    const shown = paintings.current?.swatches[at]?.colour;
    if (mine === recolours && shown !== undefined) choice.colours = [shown];
  }

  async function lock(at: number | null, isLocked: boolean): Promise<void> {
    await paintings.edit({ kind: 'lock', at, isLocked });
  }

  async function remove(at: number): Promise<void> {
    if (await paintings.edit({ kind: 'remove', at })) choice.colours = [];
  }

  async function merge(one: number, other: number): Promise<void> {
    const before = paintings.current;
    if (before === null || !(await paintings.edit({ kind: 'merge', one, other }))) return;
    const after = paintings.current;
    const merged = after === null ? null : mergedOf(before, after, one, other);
    if (merged === null) return;
    // The larger one's name comes last and stays, if it has one.
    for (const at of [one, other].sort((a, b) => b - a)) names.carry(before, at, merged);
    choice.colours = [merged];
  }

  async function readPalette(): Promise<void> {
    const file = await desktop.choosePalette();
    if (file === null) return;
    importFailure.value = null;
    const read = await service.call('palette.read', { file: file.grant });
    if (!read.ok) importFailure.value = read.failure;
    else if (await paintings.paintWith(read.value.colours, true)) {
      const { colours, estimated } = read.value;
      names.adopt(colours, read.value.names);
      choice.colours = [];
      workspace.say(`Read ${file.name}: ${paletteText(colours.length, estimated)}.`);
    }
  }

  function forgetFailure(): void {
    importFailure.value = null;
  }

  return { importFailure, forgetFailure, rename, recolour, lock, remove, merge, readPalette };
}

const swatchAt = (painting: PaintingSummary | null, at: number): Swatch | undefined => painting?.swatches[at];

/** What two colours became: the one that was not there, or that of them which stayed because it is locked. */
function mergedOf(
  before: PaintingSummary,
  after: PaintingSummary,
  one: number,
  other: number,
): Colour | null {
  const isNew = ({ colour }: Swatch): boolean => placeOfColour(before, colour) < 0;
  const stayed = [one, other]
    .map((at) => swatchAt(before, at)?.colour)
    .find((colour) => colour !== undefined && placeOfColour(after, colour) >= 0);
  return after.swatches.find(isNew)?.colour ?? stayed ?? null;
}
