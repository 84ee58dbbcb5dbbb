import type { Rows } from '../../engine/model';
import type { RowStream } from '../../files/rowStream';
import type { StreamSurvey } from './streamSurvey';

/**
 * The rows of a stream that take part, as batches of the fit in the order of the file; the last may be shorter. A batch
 * is overwritten by the next. `onBytes`: told how far the file has been read.
 */
export async function* streamBatches(
  stream: RowStream,
  { sample, encode, weightOf }: StreamSurvey,
  batchSize: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Rows, void, void> {
  const { d, weight } = sample.rows;
  const x = new Float64Array(batchSize * d);
  const weights = weight === undefined ? null : new Float64Array(batchSize);
  const batch = (n: number): Rows => ({
    x: x.subarray(0, n * d),
    n,
    d,
    weight: weights?.subarray(0, n),
    hasMissing: sample.missingCells > 0,
  });
  let filled = 0;
  for await (const { rows, bytes } of stream.rows()) {
    onBytes(bytes);
    for (const cells of rows) {
      if (!encode(cells, x, filled * d)) continue;
      if (weights !== null) weights[filled] = weightOf(cells);
      if (++filled < batchSize) continue;
      yield batch(filled);
      filled = 0;
    }
  }
  if (filled > 0) yield batch(filled);
}
