import { randomUUID } from 'node:crypto';
import type { Failure } from '../../shared/failure';
import type { FitSummary } from '../../shared/fit';
import { fitId, type FitId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';
import type { Frame } from '../engine/drive/frames';
import type { LatentModel, Params } from '../engine/model';
import type { Table } from '../files/table/table';
import type { ReportedObjective } from './reportedObjective';

/** A finished fit with its arrays over rows, which stay in the service. */
export interface Fit {
  readonly summary: FitSummary;
  readonly table: Table;
  /** Makes further questions about the fit answerable; it runs on the service's own thread. */
  readonly model: LatentModel;
  /** The best parameters, in units of the fit. */
  readonly params: Params;
  /** The best restart as it went, in units of the fit. */
  readonly frames: readonly Frame[];
  readonly reported: ReportedObjective;
  /** Position among the rows used of each row of the table; -1: the row took no part. */
  readonly position: Int32Array;
  /** Of each row used. */
  readonly label: Int32Array;
  /** Rows used x K. */
  readonly memberships: Float64Array;
  /** Log density in units of the file; for k-means minus the squared distance, in units of the fit. */
  readonly logDensity: Float64Array;
}

/** The fits in memory. */
export class Fits {
  private readonly fits = new Map<FitId, Fit>();

  newId(): FitId {
    return fitId.parse(randomUUID());
  }

  add(fit: Fit): void {
    this.fits.set(fit.summary.fit, fit);
  }

  get(id: FitId): Result<Fit, Failure> {
    const fit = this.fits.get(id);
    return fit ? ok(fit) : failed({ kind: 'unknownFit' });
  }

  forget(id: FitId): void {
    this.fits.delete(id);
  }
}

/** Where each row of the table stands among the rows used; -1 where it does not. */
export function positions(tableRow: Int32Array, tableRows: number): Int32Array {
  const position = new Int32Array(tableRows).fill(-1);
  tableRow.forEach((row, index) => {
    position[row] = index;
  });
  return position;
}
