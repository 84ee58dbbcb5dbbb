/** A little more than the logit of the smallest double: what stands for those of 0 and 1, so that they can be subtracted. */
const mostLogit = 750;

/** log(p / (1 - p)), kept finite. */
export function toLogit(p: number): number {
  return Math.min(mostLogit, Math.max(-mostLogit, Math.log(p) - Math.log1p(-p)));
}

/** The way back. Where p was 0 or 1 it stays so, as EM never leaves these. */
export function fromLogit(logit: number, before: number): number {
  if (before === 0 || before === 1) return before;
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** log p, kept finite. */
export function toLog(p: number): number {
  return Math.max(-mostLogit, Math.log(p));
}
