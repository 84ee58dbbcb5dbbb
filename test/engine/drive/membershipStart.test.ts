import { describe, expect, test } from 'vitest';
import { fromMemberships } from '../../../electron/engine/drive/membershipStart';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import type { Rows } from '../../../electron/engine/model';
import { createModel } from '../../../electron/engine/models/registry';
import { gaussian } from '../fitting';

const rows: Rows = { x: Float64Array.of(-5, 0, -4, 1, -3, 0, 2, -1, 4, 1, 6, -2), n: 6, d: 2 };
const labels = Int32Array.of(0, 0, 1, 1, 1, 0);
const model = createModel(gaussian('VVI', 2), numberFeatures(2));
const begin = (own: Rows, given: Parameters<typeof fromMemberships>[3]) =>
  fromMemberships(model, own, () => null, given);

const looks: Record<string, Partial<Rows>> = {
  'plain rows': {},
  'weighted rows': { weight: Float64Array.of(1, 2, 0.5, 1, 3, 1) },
  'rows with known labels': { label: Int32Array.of(-1, 1, -1, -1, 0, -1) },
  'rows with missing cells': { x: rows.x.map((value, i) => (i === 3 ? NaN : value)), hasMissing: true },
};

describe('a start by labels', () => {
  test.each(Object.entries(looks))('is to the bit that by memberships of zero and one: %s', (_what, look) => {
    const own = { ...rows, ...look };
    const fill = (from: number, to: number, out: Float64Array): void => {
      out.fill(0);
      for (let i = from; i < to; i++) out[(i - from) * 2 + labels[i]] = 1;
    };
    const begun = begin(own, labels);
    expect(begun.ok).toBe(true);
    expect(begun).toEqual(begin(own, fill));
  });

  test('leaves out a row that no component has', () => {
    const fewer = { x: rows.x.slice(0, 10), n: 5, d: 2 };
    expect(begin(rows, Int32Array.of(0, 0, 1, 1, 1, -1))).toEqual(begin(fewer, labels.slice(0, 5)));
    const middle = Int32Array.of(0, 0, 1, -1, 1, 0);
    const without = { x: Float64Array.of(-5, 0, -4, 1, -3, 0, 4, 1, 6, -2), n: 5, d: 2 };
    expect(begin(rows, middle)).toEqual(begin(without, Int32Array.of(0, 0, 1, 1, 0)));
  });
});
