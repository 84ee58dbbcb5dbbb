import fc from 'fast-check';
import { createRandom } from '../../electron/engine/numeric/random';

/** Rows of a kind that is hard for single precision, and centres among them. */
export const hardRows = fc
  .record({
    seed: fc.integer(),
    n: fc.constantFrom(1, 2, 7, 8, 9, 63, 64, 65, 511, 512, 513, 1500, 3000),
    d: fc.constantFrom(1, 2, 3, 4, 5, 10, 17),
    k: fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 20, 31),
    kind: fc.constantFrom(
      'normal',
      'grid',
      'duplicates',
      'offset',
      'tiny',
      'huge',
      'outliers',
      'halves',
      'far',
      'zeros',
    ),
    weighted: fc.constantFrom('no', 'zeros', 'fractions'),
  })
  .map(({ seed, n, d, k, kind, weighted }) => {
    const random = createRandom(seed, 'hard');
    const value = (): number => {
      if (kind === 'grid') return random.integer(4);
      if (kind === 'duplicates') return random.integer(2) * 1e-3;
      if (kind === 'offset') return 1e8 + random.normal();
      if (kind === 'tiny') return 1e-12 * random.normal();
      if (kind === 'huge') return 1e12 * random.normal();
      if (kind === 'outliers') return random.normal() * (random.uniform() < 0.01 ? 1e15 : 1);
      if (kind === 'halves') return random.integer(3) / 2 + 1e-9 * random.integer(2);
      if (kind === 'far') return random.normal() * 10 ** (random.integer(60) - 30);
      if (kind === 'zeros' && random.uniform() < 0.9) return random.integer(2) * -0;
      return random.normal();
    };
    const x = Float64Array.from({ length: n * d }, value);
    const weight =
      weighted === 'no'
        ? undefined
        : Float64Array.from({ length: n }, () =>
            weighted === 'zeros' ? random.integer(3) : random.uniform() * (random.integer(2) + 1e-3),
          );
    const centre = Float64Array.from({ length: k * d }, (_, at) => x[random.integer(n) * d + (at % d)]);
    return { rows: { x, n, d, weight }, k, centre, kind, weighted, seed };
  });
