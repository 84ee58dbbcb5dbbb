import {
  gridCriteriaShown,
  standingOf,
  type GridCriterion,
  type Standing,
} from '../../../shared/gridCriteria';
import type { GridPoint } from '../../../shared/selection';
import { bestOf, type GridState } from '../../charts/gridView';
import { cellAt, estimateText, pointName, standingText, valueAt } from './pointText';

/** A value of the table; null text: there is none. */
export interface GridTableCell {
  readonly text: string | null;
  readonly isBest: boolean;
}

/** One grid point as a row. */
export interface GridTableRow {
  readonly point: GridPoint;
  readonly name: string;
  readonly model: string;
  readonly cells: readonly GridTableCell[];
  readonly isChosen: boolean;
  readonly standing: Standing;
  /** Why it is not ranked, or doubtful; empty: it is as it should be. */
  readonly note: string;
}

/** The criteria that some point has, in the order they are shown. */
export function shownCriteria(state: GridState): readonly GridCriterion[] {
  return gridCriteriaShown.filter((criterion) =>
    criterion.criterion === 'gap'
      ? state.gap !== null
      : state.cells.some((cell) => valueAt(state, criterion, cell) !== null),
  );
}

/** Every grid point of which something is known, by K and then by model, with its value of each criterion. */
export function gridRows(
  state: GridState,
  criteria: readonly GridCriterion[],
  features: readonly string[],
): readonly GridTableRow[] {
  const best = criteria.map((criterion) => bestOf(state, criterion));
  return [...state.cells]
    .filter(({ fit }) => fit !== null)
    .sort((a, b) => a.components - b.components || a.model - b.model)
    .map(({ model, components }) => {
      const point: GridPoint = { model, components };
      const cell = cellAt(state.cells, point);
      return {
        point,
        name: pointName(state, point),
        model: state.names[model],
        cells: criteria.map((criterion, at) => {
          const value =
            criterion.criterion === 'gap' && model !== state.kMeans ? null : valueAt(state, criterion, point);
          return { text: value && estimateText(value), isBest: isSame(best[at], point) };
        }),
        isChosen: isSame(state.chosen, point),
        standing: standingOf(cell),
        note: standingText(cell, features),
      };
    });
}

function isSame(a: GridPoint | null | undefined, b: GridPoint): boolean {
  return !!a && a.model === b.model && a.components === b.components;
}
