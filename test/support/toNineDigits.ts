import { expect } from 'vitest';

/**
 * What is like `value` with every number within 1e-9: bits are promised between machines and threads, not between
 * versions, since a faster kernel may round the last digit another way.
 */
export function toNineDigits(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : expect.closeTo(value, 9);
  if (Array.isArray(value)) return value.map(toNineDigits);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toNineDigits(member)]));
}
