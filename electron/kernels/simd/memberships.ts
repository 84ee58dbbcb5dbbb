import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { memberships as plainMemberships } from '../reference/memberships';
import type { KernelExports } from './exports';
import { layOut, numbersAt, tileBytes, tileRows } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** Memberships from log joint densities, compiled; giving each row to one component needs no exponentials. */
export function createMemberships(exports: KernelExports, arena: Arena): Kernels['memberships'] {
  return (logJoint, rows, k, weight, from, hard, logDensity) => {
    if (hard) return plainMemberships(logJoint, rows, k, weight, from, hard, logDensity);
    const own = logJoint.subarray(0, rows * k);
    const [joint, weights, densities, scratch] = layOut(arena, [
      own,
      weight === null ? 0 : weight.subarray(from, from + rows),
      tileRows * Math.ceil(rows / tileRows) * numberBytes,
      (k + 8) * tileBytes,
    ]);
    const logLikelihood = exports.memberships(
      joint,
      rows,
      k,
      weight === null ? 0 : weights,
      logDensity === null ? 0 : densities,
      scratch,
    );
    own.set(numbersAt(arena, joint, own.length));
    logDensity?.set(numbersAt(arena, densities, rows));
    return logLikelihood;
  };
}
