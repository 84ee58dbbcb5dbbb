import { usePreferredDark } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import { chartThemeFrom, type ChartTheme } from '../charts/chartTheme';

/** The theme of charts as the style sheet has it, following the system between light and dark. */
export function useChartTheme(): ComputedRef<ChartTheme> {
  const isDark = usePreferredDark();
  return computed(() => {
    // Named so that the tokens are read again when the scheme changes.
    void isDark.value;
    const style = getComputedStyle(document.documentElement);
    return chartThemeFrom((name) => style.getPropertyValue(name).trim());
  });
}
