import type { BenchmarkSet } from './benchmarkSet';
import type { Timing } from './contender';

/** Two contenders that fitted in turn. */
export interface Comparison {
  /** Peer's seconds over ours, pair by pair: how many times faster we are. */
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
  /** The same of processor time. */
  readonly cpuRatio: number;
  readonly ourSeconds: number;
  readonly peerSeconds: number;
  readonly peakBytes: { readonly ours: number; readonly peer: number };
  /** Relative difference of the scores. */
  readonly difference: number;
  readonly iterations: { readonly ours: number; readonly peer: number };
}

/** Compares fits that ran as pairs, ours[i] beside peer[i]. */
export function compare(ours: readonly Timing[], peer: readonly Timing[]): Comparison {
  const ratios = ours.map(({ seconds }, i) => peer[i].seconds / seconds);
  const last = { ours: ours[ours.length - 1], peer: peer[peer.length - 1] };
  return {
    ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
    cpuRatio: median(ours.map(({ cpu }, i) => peer[i].cpu / cpu)),
    ourSeconds: median(ours.map(({ seconds }) => seconds)),
    peerSeconds: median(peer.map(({ seconds }) => seconds)),
    peakBytes: { ours: last.ours.peakBytes, peer: last.peer.peakBytes },
    difference: Math.abs(last.ours.score - last.peer.score) / Math.abs(last.peer.score),
    iterations: { ours: last.ours.iterations, peer: last.peer.iterations },
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What all threads of the machine can do at most. */
export interface Ceilings {
  readonly multiplyAddsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** The least time the work of a set could take here, as a share of the time it took. */
export function rooflineShare(set: BenchmarkSet, seconds: number, ceilings: Ceilings): number {
  const least = Math.max(
    set.multiplyAdds / ceilings.multiplyAddsPerSecond,
    set.bytes / ceilings.bytesPerSecond,
  );
  return (set.iterations * least) / seconds;
}

/** On a busy machine a release asks for this share of the gate. */
const leniency = 0.8;

/** What is wrong with a comparison; null when nothing is. */
export function objection(set: BenchmarkSet, found: Comparison): string | null {
  const expected = set.run.maxIterations ?? set.iterations;
  const { ours, peer } = found.iterations;
  if (set.hasOwnStarts === undefined && (ours !== expected || peer !== set.iterations))
    return `${ours} iterations against ${peer}`;
  if (!(found.difference <= set.tolerance)) return `scores differ by ${found.difference.toExponential(1)}`;
  if (found.ratio.median < leniency * set.gate) return `below the gate of ${set.gate}`;
  return null;
}
