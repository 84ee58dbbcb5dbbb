import { computed, type ComputedRef } from 'vue';
import { cellLook, lineText, type CellLook } from './cellLook';
import type { GridView } from './useGridView';

/** What a cell shows. */
export interface ShownCell {
  readonly text: string;
  /** `coming`: its text is not here yet. */
  readonly look: CellLook | 'coming';
  /** The whole text, where it may not fit its column. */
  readonly title?: string;
}

/** A row in view, and where it is drawn. */
export interface ShownRow {
  readonly row: number;
  /** Rows take turns in a fixed set of elements, so that scrolling moves texts, not elements. */
  readonly key: number;
  readonly topPx: number;
  readonly isSelected: boolean;
  /** Of the columns in view. */
  readonly cells: readonly ShownCell[];
}

const titleFrom = 15; // characters; by eye: more than the narrowest column shows

/** What the rows in view show, rows of `rowPx`. */
export function useShownRows(
  table: {
    readonly cell: (row: number, column: number) => string | undefined;
    readonly imputed?: ((row: number, column: number) => string | undefined) | undefined;
    readonly version: number;
    readonly isRowSelected?: ((row: number) => boolean) | undefined;
  },
  { range, bodyPx, offsetY, shownColumns }: GridView,
  rowPx: number,
): ComputedRef<readonly ShownRow[]> {
  return computed(() => {
    // Read so that arriving cells draw again: the cache itself is not reactive.
    void table.version;
    const { firstRow, endRow } = range.value;
    const pool = Math.ceil(bodyPx.value / rowPx) + 1;
    return Array.from({ length: Math.max(0, endRow - firstRow) }, (_, step) => {
      const row = firstRow + step;
      return {
        row,
        key: row % pool,
        topPx: row * rowPx - offsetY.value,
        isSelected: table.isRowSelected?.(row) ?? false,
        cells: shownColumns.value.map(({ index, column }) => {
          const text = table.cell(row, index);
          if (text === undefined) return { text: '', look: 'coming' };
          const look = cellLook(text, column);
          const filled = look === 'missing' ? table.imputed?.(row, index) : undefined;
          return filled === undefined ? shown(lineText(text), look) : shown(filled, 'imputed');
        }),
      };
    });
  });
}

function shown(text: string, look: CellLook): ShownCell {
  return text.length < titleFrom ? { text, look } : { text, look, title: text };
}
