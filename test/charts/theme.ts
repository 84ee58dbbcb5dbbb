import type { ChartTheme } from '../../renderer/charts/chartTheme';

export const testTheme: ChartTheme = {
  font: 'font',
  fontSize: 12,
  text: '#text',
  muted: '#muted',
  hairline: '#hairline',
  surface: '#surface',
  accent: '#accent',
  mark: '#mark',
};

/** The option as plain data with numbers to three digits, for snapshots. */
export function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => {
      if (part instanceof Float64Array) return Array.from(part, (number) => Number(number.toPrecision(3)));
      return typeof part === 'number' ? Number(part.toPrecision(3)) : part;
    }),
  );
}

/** True when a value holds a function anywhere. */
export function hasFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFunction);
}
