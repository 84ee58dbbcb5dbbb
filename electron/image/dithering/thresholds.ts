/** A square of thresholds that is repeated over a picture. */
export interface Thresholds {
  readonly side: number;
  /** side x side: every whole number from 0 to side^2 - 1 once; the threshold is (rank + 1/2) / side^2. */
  readonly rank: Uint16Array;
}
