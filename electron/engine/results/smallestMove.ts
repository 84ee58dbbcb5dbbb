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

const steps = 24; // by taste: finer near the cell
const halvings = 30; // to a billionth of a step

/**
 * Another answer counts as a move of two standard deviations: the distance from no to yes in those of a yes/no of even
 * shares, the least it can be.
 */
const answerDistance = 2;

const mostLevelsTried = 64; // by taste

/** A move by how far it goes, in standard deviations of its feature, and the place it was made from. */
interface Step extends Move {
  readonly distance: number;
  readonly before: number;
  readonly sd: number;
}

/**
 * The smallest change of one observed cell of row i, in standard deviations of its feature, after which cluster
 * `second` is the most probable; numbers stay within the range of the data. null: no single cell does it. The search
 * goes outwards in 24 steps, all cells at once, to the first that succeeds, and then halves; a range of success between
 * two steps is missed.
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
  for (const moves of movesOutwards(model, cells, reach)) {
    const ahead = lead(moves);
    const ends = moves.filter((_, at) => ahead[at] >= 0).map((step) => halved(step, lead));
    if (ends.length === 0) continue;
    const { feature, to } = ends.reduce((a, b) => (b.distance < a.distance ? b : a));
    return { feature, to };
  }
  return null;
}

/** The least part of a step that still succeeds. Another answer has no parts. */
function halved(step: Step, lead: (moves: readonly Move[]) => Float64Array): Step {
  const { feature, before, distance } = step;
  if (before === step.to) return step;
  let near = before;
  let far = step.to;
  for (let halving = 0; halving < halvings; halving++) {
    const to = (near + far) / 2;
    if (lead([{ feature, to }])[0] >= 0) far = to;
    else near = to;
  }
  return { ...step, to: far, distance: distance - Math.abs(step.to - far) / step.sd };
}

/** Every other answer of the observed cells that are no numbers. */
function otherAnswers({ space }: LatentModel, cells: Float64Array): Step[] {
  return space.flatMap((feature, index): Step[] => {
    const own = cells[index];
    if (feature.kind === 'number' || Number.isNaN(own)) return [];
    const levels = feature.kind === 'category' ? Math.min(feature.levels, mostLevelsTried) : 2;
    return Array.from({ length: levels }, (_, level) => ({
      feature: index,
      to: level,
      before: level,
      distance: answerDistance,
      sd: 1,
    })).filter(({ to }) => to !== own);
  });
}

/** The moves of each step outwards, until every cell has reached the ends of its range. */
function* movesOutwards(
  model: LatentModel,
  cells: Float64Array,
  reach: readonly FeatureReach[],
): Generator<readonly Step[]> {
  const ways = numberWays(model, cells, reach);
  const answers = otherAnswers(model, cells);
  const span = Math.max(answers.length > 0 ? answerDistance : 0, ...ways.map((way) => way.length));
  let inner = 0;
  for (let step = 1; step <= steps && span > 0; step++) {
    const outer = span * (step / steps) ** 2;
    const from = inner;
    const moves = ways
      .filter((way) => way.length > from)
      .map(({ feature, own, length, sign, sd }): Step => {
        const distance = Math.min(outer, length);
        return { feature, sd, distance, to: own + sign * distance * sd, before: own + sign * from * sd };
      });
    const answersNow = answerDistance > from && answerDistance <= outer ? answers : [];
    if (moves.length + answersNow.length > 0) yield [...moves, ...answersNow];
    inner = outer;
  }
}

/** Either direction of each observed number, with how far it may go, in standard deviations. */
function numberWays({ space }: LatentModel, cells: Float64Array, reach: readonly FeatureReach[]) {
  return space.flatMap((feature, index) => {
    const own = cells[index];
    const { min, max, sd } = reach[index];
    if (feature.kind !== 'number' || Number.isNaN(own) || !(sd > 0)) return [];
    return [
      { feature: index, own, sd, sign: -1, length: (own - min) / sd },
      { feature: index, own, sd, sign: 1, length: (max - own) / sd },
    ];
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
