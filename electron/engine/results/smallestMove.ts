import type { LatentModel, Params, Rows } from '../model';

/** How far the cells of a feature may move, in units of the fit. */
export interface FeatureReach {
  readonly min: number;
  readonly max: number;
  /** Of all rows: what moves of different features are measured by. */
  readonly sd: number;
}

/** A move in units of the fit. */
export interface Move {
  readonly feature: number;
  readonly to: number;
}

const steps = 24; // by taste: in each direction, finer near the cell
const halvings = 30; // to a billionth of a step

/**
 * Another answer counts as a move of two standard deviations: the distance from no to yes in those of a yes/no of even
 * shares, the least it can be.
 */
const answerDistance = 2;

const mostLevelsTried = 64; // by taste

/**
 * The smallest change of one observed cell of row i, in standard deviations of its feature, after which cluster
 * `second` is the most probable; numbers stay within the range of the data. null: no single cell does it. The search
 * looks at 24 places to either side, finer near the cell, and then halves; a range of success between two of them is
 * missed.
 *
 * reach  of each feature; a yes/no or category has its levels instead
 */
export function smallestMove(
  model: LatentModel,
  params: Params,
  rows: Rows,
  i: number,
  second: number,
  reach: readonly FeatureReach[],
): Move | null {
  const { d } = rows;
  const cells = rows.x.subarray(i * d, (i + 1) * d);
  const lead = (moves: readonly Move[]): Float64Array => leads(model, params, cells, second, moves);

  const answers = otherAnswers(model, cells);
  const paths = numberPaths(model, cells, reach);
  const first = lead([...answers, ...paths.flatMap(({ places }) => places)]);

  let best: Move | null = null;
  let distance = Infinity;
  const take = (move: Move, size: number): void => {
    if (size >= distance) return;
    best = move;
    distance = size;
  };
  answers.forEach((move, at) => {
    if (first[at] >= 0) take(move, answerDistance);
  });
  let offset = answers.length;
  for (const { feature, places } of paths) {
    const at = places.findIndex((_, step) => first[offset + step] >= 0);
    offset += places.length;
    if (at < 0) continue;
    const { sd } = reach[feature];
    const from = cells[feature];
    let near = at === 0 ? from : places[at - 1].to;
    let far = places[at].to;
    if (Math.abs(near - from) / sd >= distance) continue;
    for (let halving = 0; halving < halvings; halving++) {
      const to = (near + far) / 2;
      if (lead([{ feature, to }])[0] >= 0) far = to;
      else near = to;
    }
    take({ feature, to: far }, Math.abs(far - from) / sd);
  }
  return best;
}

/** Every other answer of the observed cells that are no numbers. */
function otherAnswers({ space }: LatentModel, cells: Float64Array): Move[] {
  return space.flatMap((feature, index): Move[] => {
    const own = cells[index];
    if (feature.kind === 'number' || Number.isNaN(own)) return [];
    const levels = feature.kind === 'category' ? Math.min(feature.levels, mostLevelsTried) : 2;
    return Array.from({ length: levels }, (_, level) => ({ feature: index, to: level })).filter(
      ({ to }) => to !== own,
    );
  });
}

/** The places to look at of each number, one path down and one up. */
function numberPaths({ space }: LatentModel, cells: Float64Array, reach: readonly FeatureReach[]) {
  return space.flatMap((feature, index) => {
    const own = cells[index];
    if (feature.kind !== 'number' || Number.isNaN(own) || !(reach[index].sd > 0)) return [];
    return [reach[index].min, reach[index].max]
      .filter((end) => end !== own)
      .map((end) => ({
        feature: index,
        places: Array.from({ length: steps }, (_, step): Move => {
          const share = (step + 1) / steps;
          return { feature: index, to: own + (end - own) * share * share };
        }),
      }));
  });
}

/** By how much cluster `second` is ahead of all others after each move. */
function leads(
  model: LatentModel,
  params: Params,
  cells: Float64Array,
  second: number,
  moves: readonly Move[],
): Float64Array {
  const n = moves.length;
  const d = cells.length;
  const k = model.components;
  const x = new Float64Array(n * d);
  moves.forEach(({ feature, to }, at) => {
    x.set(cells, at * d);
    x[at * d + feature] = to;
  });
  const memberships = new Float64Array(n * k);
  const moved: Rows = { x, n, d, hasMissing: cells.some(Number.isNaN) };
  model.posterior(params, moved, 0, n, memberships, new Float64Array(n));
  return Float64Array.from(moves, (_, at) => {
    let other = -Infinity;
    for (let j = 0; j < k; j++) if (j !== second) other = Math.max(other, memberships[at * k + j]);
    return memberships[at * k + second] - other;
  });
}
