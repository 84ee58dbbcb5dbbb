/** A whole E-step over n rows; see the sources of the kernels. Addresses and sizes are in bytes. */
type Step = (
  x: number,
  n: number,
  d: number,
  weight: number,
  k: number,
  parameters: number,
  scratch: number,
  sums: number,
) => number;

/** What the compiled sources export. */
export interface KernelExports {
  readonly gaussianStep: Step;
  readonly diagonalStep: Step;
  gaussianScratchBytes(d: number, k: number): number;
  diagonalScratchBytes(d: number, k: number): number;
}
