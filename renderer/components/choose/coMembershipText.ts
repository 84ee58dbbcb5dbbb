import { formatProbability } from '../../../shared/format';
import type { CoMembershipView } from '../../charts/coMembershipView';

/** Above it two clusters are said to be told apart badly. By taste. */
const doubtful = 0.1;

/** What a co-membership map says, in one sentence. */
export function coMembershipText({ blocks, means }: CoMembershipView): string {
  const count = blocks.length;
  let within = { sum: 0, pairs: 0 };
  let between = { sum: 0, pairs: 0 };
  let nearest = { mean: -Infinity, names: '' };
  blocks.forEach((one, i) =>
    blocks.forEach((other, j) => {
      const mean = means[i * count + j];
      if (j > i || Number.isNaN(mean)) return;
      const pairs = one.rows.length * (i === j ? one.rows.length - 1 : other.rows.length);
      const before = i === j ? within : between;
      const after = { sum: before.sum + pairs * mean, pairs: before.pairs + pairs };
      if (i === j) within = after;
      else {
        between = after;
        if (mean > nearest.mean) nearest = { mean, names: `${other.sign.name} and ${one.sign.name}` };
      }
    }),
  );
  const own = formatProbability(within.sum / within.pairs);
  if (count < 2) return `Averaged over all models, two rows are together with probability ${own}.`;
  const others = formatProbability(between.sum / between.pairs);
  const apart =
    nearest.mean < doubtful
      ? ''
      : `; ${nearest.names} are told apart least (${formatProbability(nearest.mean)})`;
  return within.pairs === 0
    ? `Averaged over all models, two rows of different clusters are together with probability ${others}${apart}.`
    : `Averaged over all models, two rows of one cluster are together with probability ${own}, two of different clusters with ${others}${apart}.`;
}
