import { computed, ref, shallowRef } from 'vue';
import type { GrantedFile } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import type { BatchPalette } from '../../shared/image/batch';
import type { Colour } from '../../shared/image/quantisation';
import { useService } from '../client/service';
import { usePaintings } from '../stores/paintings';
import { useSwatchNames } from '../stores/swatchNames';

/** Where the palette comes from; `open` is that of the open picture. */
export type PaletteSource = 'own' | 'shared' | 'open' | 'file';

/** A palette that was read from a file. */
export interface FilePalette {
  readonly file: GrantedFile;
  readonly colours: readonly Colour[];
  readonly names: readonly string[];
  /** How many are inks, which are only about so. */
  readonly estimated: number;
}

/** What a batch is painted with. */
export function useBatchPalette() {
  const service = useService();
  const paintings = usePaintings();
  const swatchNames = useSwatchNames();
  const paletteSource = ref<PaletteSource>('own');
  const filePalette = shallowRef<FilePalette | null>(null);
  const paletteFailure = shallowRef<Failure | null>(null);

  /** Reads the palette that all pictures are to be painted with. One that cannot be read leaves the one before. */
  async function readPalette(file: GrantedFile): Promise<void> {
    paletteFailure.value = null;
    const answer = await service.call('palette.read', { file: file.grant });
    if (answer.ok) filePalette.value = { file, ...answer.value };
    else paletteFailure.value = answer.failure;
  }

  /** The palette of the open picture, by the names it has there. */
  function openPalette(): Pick<FilePalette, 'colours' | 'names'> | null {
    const { current } = paintings;
    if (current === null) return null;
    return { colours: current.swatches.map(({ colour }) => colour), names: swatchNames.namesOf(current) };
  }

  /** The palette as the service wants it; null: there is none yet. */
  const palette = computed<BatchPalette | null>(() => {
    const { value: kind } = paletteSource;
    if (kind === 'own' || kind === 'shared') return { kind };
    const given = kind === 'open' ? openPalette() : filePalette.value;
    return given === null ? null : { kind: 'given', colours: [...given.colours], names: [...given.names] };
  });

  return { paletteSource, filePalette, paletteFailure, palette, readPalette };
}
