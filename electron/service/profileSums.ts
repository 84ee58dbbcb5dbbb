import { featuresByKind, type FitFeature } from '../../shared/features';
import type { ClusterProfile } from '../../shared/fit';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Rows } from '../engine/model';
import type { Scaling } from '../engine/scaling';

/** What profiles of clusters are made in: the features as they were taken, and the way back to units of the file. */
export interface ProfileFrame {
  readonly features: readonly FitFeature[];
  readonly space: FeatureSpace;
  readonly scaling: Scaling;
  /** Sum of the weights of all rows. */
  readonly totalWeight: number;
}

/**
 * Profiles of clusters, from rows that come block by block. Rows count by membership times row weight, cells where they
 * are there.
 *
 * Source: West (1979): weighted updates of mean and sum of squares, which do not cancel.
 */
export class ProfileSums {
  private readonly rows: Int32Array;
  private readonly mass: Float64Array;
  private readonly seen: Float64Array;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private readonly counts: readonly Float64Array[][];

  constructor(
    private readonly frame: ProfileFrame,
    private readonly components: number,
  ) {
    const d = frame.features.length;
    this.rows = new Int32Array(components);
    this.mass = new Float64Array(components);
    this.seen = new Float64Array(components * d);
    this.mean = new Float64Array(components * d);
    this.squares = new Float64Array(components * d);
    this.counts = Array.from({ length: components }, () =>
      frame.space.map((feature) => new Float64Array(feature.kind === 'category' ? feature.levels : 0)),
    );
  }

  /** `memberships`: n x K; `label`: n, the most probable cluster. */
  add({ x, n, d, weight }: Rows, memberships: Float64Array, label: Int32Array): void {
    const { components, rows, mass, seen, mean, squares, counts } = this;
    const { number, yesNo, category } = featuresByKind(this.frame.space);
    const measured = [...number, ...yesNo];
    for (let i = 0; i < n; i++) {
      rows[label[i]]++;
      for (let k = 0; k < components; k++) {
        const share = memberships[i * components + k] * (weight ? weight[i] : 1);
        if (share === 0) continue;
        mass[k] += share;
        for (const j of measured) {
          const value = x[i * d + j];
          if (Number.isNaN(value)) continue;
          const at = k * d + j;
          seen[at] += share;
          const delta = value - mean[at];
          mean[at] += (share / seen[at]) * delta;
          squares[at] += share * delta * (value - mean[at]);
        }
        for (const j of category) {
          const level = x[i * d + j];
          if (Number.isNaN(level)) continue;
          seen[k * d + j] += share;
          counts[k][j][level] += share;
        }
      }
    }
  }

  /** In units of the file. */
  profiles(): ClusterProfile[] {
    return Array.from({ length: this.components }, (_, k) => this.profile(k));
  }

  private profile(k: number): ClusterProfile {
    const { features, scaling, totalWeight } = this.frame;
    const { seen, mean, squares, counts } = this;
    const d = features.length;
    const { number } = featuresByKind(features);
    const own: ClusterProfile = {
      rows: this.rows[k],
      share: this.mass[k] / totalWeight,
      mean: new Float64Array(d).fill(NaN),
      sd: new Float64Array(d).fill(NaN),
      levels: counts[k].map((count, j) =>
        features[j].kind === 'category' ? count.map((rowsOfLevel) => rowsOfLevel / seen[k * d + j]) : null,
      ),
    };
    for (const [j, { kind }] of features.entries()) {
      if (kind === 'category') continue;
      const at = k * d + j;
      const place = number.indexOf(j);
      const unit = place < 0 ? 1 : scaling.sd[place];
      own.mean[j] = (place < 0 ? 0 : scaling.mean[place]) + unit * mean[at];
      own.sd[j] = seen[at] > 0 ? unit * Math.sqrt(squares[at] / seen[at]) : 0;
    }
    return own;
  }
}
