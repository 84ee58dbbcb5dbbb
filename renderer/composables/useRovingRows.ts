import { computed, ref, type ComputedRef } from 'vue';

export interface RovingRows {
  /** The one that is in the tab order. */
  readonly active: ComputedRef<number>;
  /** Remembers the element of row `at`. */
  keep(at: number, element: unknown): void;
  /** Only one row is in the tab order. */
  tabIndex(at: number): 0 | -1;
  /** Makes a row the one in the tab order and brings it into sight, for a choice made elsewhere. */
  goTo(at: number): void;
  /** Chooses a row, as clicking on it does. `isFurther`: beside what is chosen already. */
  choose(at: number, isFurther: boolean): void;
  onKey(event: KeyboardEvent): void;
}

/**
 * Rows of a table, or cells of a grid of so many columns, that are walked with the arrows and chosen with Enter or the
 * space bar, with Control beside what is chosen already; after the grid pattern of the ARIA Authoring Practices.
 */
export function useRovingRows(
  count: () => number,
  onChoose: (at: number, isFurther: boolean) => void,
  columns: () => number = () => 1,
): RovingRows {
  const elements = new Map<number, HTMLElement>();
  const wanted = ref(0);
  const active = computed(() => Math.max(0, Math.min(wanted.value, count() - 1)));

  const moves: Record<string, () => number> = {
    ArrowDown: () => active.value + columns(),
    ArrowUp: () => active.value - columns(),
    Home: () => 0,
    End: () => count() - 1,
  };
  const sideways: Record<string, () => number> = {
    ArrowRight: () => active.value + 1,
    ArrowLeft: () => active.value - 1,
  };

  function choose(at: number, isFurther: boolean): void {
    wanted.value = at;
    onChoose(at, isFurther);
  }

  return {
    active,
    keep(at, element) {
      if (element instanceof HTMLElement) elements.set(at, element);
      else elements.delete(at);
    },
    tabIndex: (at) => (at === active.value ? 0 : -1),
    goTo(at) {
      wanted.value = at;
      elements.get(at)?.scrollIntoView({ block: 'nearest' });
    },
    choose,
    onKey(event) {
      if (event.altKey) return;
      const move = moves[event.key] ?? (columns() > 1 ? sideways[event.key] : undefined);
      if (move) {
        event.preventDefault();
        wanted.value = Math.max(0, Math.min(move(), count() - 1));
        elements.get(active.value)?.focus();
      } else if (event.key === ' ' || (event.key === 'Enter' && !event.ctrlKey)) {
        event.preventDefault();
        choose(active.value, event.ctrlKey || event.metaKey);
      }
    },
  };
}
