import type { Failure } from '../../shared/failure';
import { failed, type Result } from '../../shared/result';
import type { ImportOptions } from '../../shared/table';
import { withByteSource } from './byteSource';
import { readHead } from './delimited/delimitedDialect';
import { readDelimited } from './delimited/readDelimited';
import type { ReadRun } from './readRun';
import { recogniseFormat } from './recogniseFormat';
import type { StoredTable } from './table/table';

/**
 * Reads a file into a table in the calling thread, whatever its name ends in: delimited text or a workbook. Blocks for
 * long stretches, so it belongs into a thread of its own; `openTable` gives it one.
 */
export function readTable(
  path: string,
  options: ImportOptions,
  run: ReadRun,
): Promise<Result<StoredTable, Failure>> {
  return withByteSource(path, async (source) => {
    if (source.sizeBytes === 0) return failed({ kind: 'emptyFile', file: source.fileName });
    const head = await readHead(source);
    const format = recogniseFormat(head.bytes);
    switch (format.kind) {
      case 'text':
        return readDelimited(source, head, options, run);
      case 'zip':
      case 'compound':
      case 'xmlWorkbook': {
        // Loaded only where it is needed: the library takes as long to load as a small file to read.
        const { readWorkbook } = await import('./workbook/readWorkbook');
        return readWorkbook(source, format.kind, options, run);
      }
      case 'other':
        return failed({ kind: 'notATable', file: source.fileName, looksLike: format.looksLike });
    }
  });
}
