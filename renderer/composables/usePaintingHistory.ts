import { computed, shallowRef, type ComputedRef } from 'vue';
import type { PaintingId } from '../../shared/ids';
import type { PaintingSummary } from '../../shared/image/painting';
import type { QuantisationSpecification } from '../../shared/image/quantisation';

/** Paintings that can be gone back to, the one shown among them, unless the picture is very large. */
export const keptPaintings = 20; // by taste

/** The service holds a byte or two a pixel of each painting: so many pixels of all of them together. */
const keptPixels = 400_000_000;

/** How many paintings of a picture of so many pixels are kept: always one to go back to. */
export const paintingsKept = (pixels: number): number =>
  Math.max(2, Math.min(keptPaintings, Math.floor(keptPixels / pixels)));

/** A painting, what was asked for then, and by what it came. */
export interface HistoryEntry {
  readonly painting: PaintingSummary;
  readonly specification: QuantisationSpecification;
  readonly by: 'fit' | 'edit' | 'dithering';
}

export interface PaintingHistory {
  readonly current: Readonly<ComputedRef<HistoryEntry | null>>;
  readonly canUndo: Readonly<ComputedRef<boolean>>;
  readonly canRedo: Readonly<ComputedRef<boolean>>;
  /**
   * Shows a painting. It takes the place of a preview, and of a painting that differs in its dithering alone; otherwise
   * it comes behind what is shown, and what was undone is gone.
   */
  put(entry: HistoryEntry): void;
  undo(): HistoryEntry | null;
  redo(): HistoryEntry | null;
  /** Empties it; paintings go with their picture and need not be forgotten. */
  clear(): void;
}

/** The latest paintings of a picture and the one shown among them. `forget` is told of each that falls out of `most`. */
export function usePaintingHistory(
  most: () => number,
  forget: (painting: PaintingId) => void,
): PaintingHistory {
  const entries = shallowRef<readonly HistoryEntry[]>([]);
  const at = shallowRef(-1);
  const current = computed(() => entries.value[at.value] ?? null);
  const canUndo = computed(() => at.value > 0);
  const canRedo = computed(() => at.value < entries.value.length - 1);

  function put(entry: HistoryEntry): void {
    const kept = entries.value.slice(0, replaces(entry, current.value) ? at.value : at.value + 1);
    const next = [...kept, entry].slice(-most());
    for (const one of entries.value) if (!next.includes(one)) forget(one.painting.painting);
    entries.value = next;
    at.value = next.length - 1;
  }

  function move(steps: number): HistoryEntry | null {
    const there = entries.value[at.value + steps];
    if (there === undefined) return null;
    at.value += steps;
    return there;
  }

  function clear(): void {
    entries.value = [];
    at.value = -1;
  }

  return { current, canUndo, canRedo, put, undo: () => move(-1), redo: () => move(1), clear };
}

const isPreview = ({ painting }: HistoryEntry): boolean => painting.precision === 'preview';

function replaces(next: HistoryEntry, shown: HistoryEntry | null): boolean {
  if (shown === null) return false;
  if (next.by === 'dithering' && shown.by === 'dithering') return true;
  return isPreview(shown) && (next.by === 'fit' || isPreview(next));
}
