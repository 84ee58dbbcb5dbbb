import type { Kernels } from '../kernels';

/** Log-sum-exp with the largest term taken out, so that nothing overflows and one term is exactly one. */
export const memberships: Kernels['memberships'] = (logJoint, rows, k, weight, from, hard, logDensity) => {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const o = i * k;
    const w = weight === null ? 1 : weight[from + i];
    let top = logJoint[o];
    let at = 0;
    for (let j = 1; j < k; j++) {
      const v = logJoint[o + j];
      if (v > top) {
        top = v;
        at = j;
      }
    }
    let density = top;
    if (hard) {
      for (let j = 0; j < k; j++) logJoint[o + j] = 0;
      logJoint[o + at] = w;
    } else {
      let s = 0;
      for (let j = 0; j < k; j++) {
        const e = Math.exp(logJoint[o + j] - top);
        logJoint[o + j] = e;
        s += e;
      }
      density += Math.log(s);
      const share = w / s;
      for (let j = 0; j < k; j++) logJoint[o + j] *= share;
    }
    if (logDensity !== null) logDensity[i] = density;
    // A row that does not count must not bring its minus infinity: 0 times infinity is not a number.
    if (w !== 0) total += w * density;
  }
  return total;
};
