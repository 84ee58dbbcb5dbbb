import type { GridPoint, SelectionSpecification } from '../../../shared/selection';
import { splitCount, type Cell } from '../../engine/selection/cells';
import { hashOf, startOf, type ModelGroup } from './groups';
import { nameOf } from './pointName';

/** A piece of work, what it may cost, and what makes it repeatable. */
export interface Work {
  readonly cell: Cell;
  /** In multiplications, about. */
  readonly cost: number;
  readonly key: string;
}

/** Iterations of a fit, about; one cluster needs none. By eye. */
const iterations = (components: number): number => (components === 1 ? 2 : 40);

/** The K of a selection. */
export const sizesOf = ({ components: { from, to } }: SelectionSpecification): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

const oneMore = ({ model, components }: GridPoint): GridPoint => ({ model, components: components + 1 });

/** The pieces of work of a group of models, with the names under which they are known again. */
export class GroupWork {
  private readonly names = new Map<string, string>();
  private readonly run: string;
  private readonly validation: string;

  constructor(
    private readonly group: ModelGroup,
    private readonly specification: SelectionSpecification,
  ) {
    const { timeLimitSeconds: _notOfTheResult, ...run } = specification.run;
    this.run = JSON.stringify(run);
    this.validation = hashOf(JSON.stringify(group.grid.validation));
  }

  /**
   * Fits and held-out scores: first all fits, the smallest K first, then split after split over the whole grid, so that
   * every point has a first score early; then the references of the gap.
   */
  first(): Work[] {
    const { group, specification } = this;
    const points = sizesOf(specification).flatMap((components) =>
      group.models.map((model): GridPoint => ({ model, components })),
    );
    const likelihoods = points.filter(({ model }) => specification.models[model].family !== 'kmeans');
    const splits = likelihoods.length === 0 ? 0 : splitCount(group.grid, group.prepared.rows.n);
    return [
      ...points.map((point) => this.fit(point)),
      ...Array.from({ length: splits }, (_, split) =>
        likelihoods.map((point) =>
          this.work({ kind: 'heldOut', point, split }, this.fitCost(point), [
            this.dependenciesOf(point),
            this.validation,
            group.grid.standardises,
            split,
          ]),
        ),
      ).flat(),
      ...this.gap(),
    ];
  }

  fit(point: GridPoint): Work {
    return this.work({ kind: 'fit', point }, this.fitCost(point), [this.dependenciesOf(point)]);
  }

  bootstrap(cell: Extract<Cell, { kind: 'bootstrapReplicate' }>): Work {
    return this.work(cell, this.bootstrapCost(cell.point), [
      this.dependenciesOf(cell.point),
      this.dependenciesOf(oneMore(cell.point)),
      this.group.grid.bootstrapRestarts,
      cell.replicate,
    ]);
  }

  stability(cell: Extract<Cell, { kind: 'stabilityReplicate' }>): Work {
    return this.work(cell, this.stabilityCost(cell.point), [this.dependenciesOf(cell.point), cell.replicate]);
  }

  /** Of one replicate of the test of a point against one more cluster. */
  bootstrapCost(point: GridPoint): number {
    const share = this.group.grid.bootstrapRestarts / this.specification.run.restarts;
    return share * (this.fitCost(point) + this.fitCost(oneMore(point)));
  }

  /** Of one replicate: so many of the rows are drawn. */
  stabilityCost(point: GridPoint): number {
    return 0.63 * this.fitCost(point);
  }

  private gap(): Work[] {
    const { gap } = this.specification;
    if (gap === null || !this.group.prepared.space.some(({ kind }) => kind === 'number')) return [];
    const { n, d } = this.group.prepared.rows;
    const { restarts } = this.specification.run;
    const sizes = sizesOf(this.specification);
    const cost = sizes.reduce((sum, k) => sum + n * d * k * restarts * 15, gap.power === 1 ? n * n * d : 0);
    const { power, box } = gap;
    return [null, ...Array(gap.references).keys()].map((reference) =>
      this.work({ kind: 'gapReference', reference }, cost, [this.run, sizes, power, box, reference]),
    );
  }

  private fitCost({ model, components }: GridPoint): number {
    const specification = this.specification.models[model];
    const { n, d } = this.group.prepared.rows;
    const isFull = 'covariance' in specification && !/^..I$|fixed/.test(specification.covariance);
    const products = isFull ? d * (d + 3) : 4 * d;
    return n * components * products * iterations(components) * this.specification.run.restarts;
  }

  /** Everything that the fit of a point depends on besides its rows. */
  private dependenciesOf({ model, components }: GridPoint): string {
    const point = nameOf({ model, components });
    let name = this.names.get(point);
    if (name === undefined) {
      const start = startOf(this.specification, components);
      name = hashOf(JSON.stringify([this.specification.models[model], components, start, this.run]));
      this.names.set(point, name);
    }
    return name;
  }

  private work(cell: Cell, cost: number, name: readonly unknown[]): Work {
    return { cell, cost, key: JSON.stringify([this.group.key, cell.kind, ...name]) };
  }
}
