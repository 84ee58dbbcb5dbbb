import { describe, expect, it } from 'vitest';
import { findColumn } from '../../../../renderer/components/table/findColumn';

const names = ['sepal length', 'sepal width', 'petal length', 'Species', 'length'];

describe('findColumn', () => {
  it('finds the same name before one that only begins with it', () => {
    expect(findColumn(names, 'LENGTH')).toBe(4);
  });

  it('goes on to the next and around the end', () => {
    expect(findColumn(names, 'sepal')).toBe(0);
    expect(findColumn(names, 'sepal', 0)).toBe(1);
    expect(findColumn(names, 'sepal', 1)).toBe(0);
  });

  it('prefers a beginning to a part', () => {
    expect(findColumn(names, 'pe')).toBe(2);
  });

  it('finds nothing for nothing', () => {
    expect(findColumn(names, '  ')).toBeNull();
    expect(findColumn(names, 'colour')).toBeNull();
  });
});
