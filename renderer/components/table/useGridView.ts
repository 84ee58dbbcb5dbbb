import { computed, type ComputedRef, type Ref } from 'vue';
import type { CellRange } from './blockCache';
import type { GridColumn } from './cellLook';
import { columnsBetween, type ColumnLayout } from './columnLayout';
import type { CellPosition } from './gridKeys';
import type { ScrollScale } from './scrollScale';
import { useGridScroll } from './useGridScroll';

/** A column in view, and where it is drawn. */
export interface ShownColumn {
  readonly index: number;
  readonly column: GridColumn;
  /** From the end of the row numbers, px; negative where its beginning is out of sight. */
  readonly leftPx: number;
  readonly widthPx: number;
}

export interface GridView {
  /** What is in view without scroll bars, of it what is below the head, and the column of row numbers, px. */
  readonly viewWidth: Ref<number>;
  readonly viewHeight: Ref<number>;
  readonly bodyPx: ComputedRef<number>;
  readonly numberPx: ComputedRef<number>;
  /** How wide lines are: they end with the last column. */
  readonly rowWidthPx: ComputedRef<number>;
  /** How far the rows are scrolled, px. */
  readonly offsetY: Ref<number>;
  readonly scale: ComputedRef<ScrollScale>;
  /** The cells in view. */
  readonly range: ComputedRef<CellRange>;
  readonly shownColumns: ComputedRef<readonly ShownColumn[]>;
  /** Scrolls as little as shows the cell whole. */
  reveal(position: CellPosition): void;
}

/** What of a table is in view in `root`: rows of `rowPx` below a head of `headPx` that stays. */
export function useGridView(
  root: Ref<HTMLElement | null>,
  table: { readonly rows: number; readonly columns: readonly GridColumn[]; readonly layout: ColumnLayout },
  { rowPx, headPx }: { readonly rowPx: number; readonly headPx: number },
): GridView {
  const scroll = useGridScroll(root, () => table.rows * rowPx, headPx);
  const { viewWidth, viewHeight, offsetX, offsetY, scale } = scroll;

  const numberPx = computed(() => Math.max(48, String(table.rows).length * 9 + 24));
  const bodyPx = computed(() => Math.max(0, viewHeight.value - headPx));
  const columnsPx = computed(() => Math.max(0, viewWidth.value - numberPx.value));
  const rowWidthPx = computed(() =>
    Math.min(viewWidth.value, numberPx.value + table.layout.widthPx - offsetX.value),
  );

  // Apart from each other, so that scrolling by less than a row changes nothing below.
  const firstRow = computed(() => Math.floor(offsetY.value / rowPx));
  const endRow = computed(() => Math.min(table.rows, Math.ceil((offsetY.value + bodyPx.value) / rowPx)));
  const columnRange = computed(() =>
    columnsBetween(table.layout, offsetX.value, offsetX.value + columnsPx.value),
  );
  const range = computed<CellRange>(() => ({
    firstRow: firstRow.value,
    endRow: endRow.value,
    firstColumn: columnRange.value[0],
    endColumn: columnRange.value[1],
  }));

  const shownColumns = computed(() => {
    const { firstColumn, endColumn } = range.value;
    return Array.from({ length: endColumn - firstColumn }, (_, step) => {
      const index = firstColumn + step;
      const left = table.layout.left[index] ?? 0;
      return {
        index,
        column: table.columns[index],
        leftPx: left - offsetX.value,
        widthPx: (table.layout.left[index + 1] ?? 0) - left,
      };
    });
  });

  function reveal({ row, column }: CellPosition): void {
    const top = row * rowPx;
    if (row >= 0 && top < offsetY.value) scroll.moveTo({ y: top });
    else if (row >= 0 && top + rowPx > offsetY.value + bodyPx.value)
      scroll.moveTo({ y: top + rowPx - bodyPx.value });
    const left = table.layout.left[column] ?? 0;
    const right = table.layout.left[column + 1] ?? left;
    const width = columnsPx.value;
    if (left < offsetX.value || right - left > width) scroll.moveTo({ x: left });
    else if (right > offsetX.value + width) scroll.moveTo({ x: right - width });
  }

  return {
    viewWidth,
    viewHeight,
    bodyPx,
    numberPx,
    rowWidthPx,
    offsetY,
    scale,
    range,
    shownColumns,
    reveal,
  };
}
