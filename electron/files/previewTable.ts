import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import type { ImportOptions, TablePreview } from '../../shared/table';
import { withByteSource } from './byteSource';
import { readHead } from './delimited/delimitedDialect';
import { headFacts, readDelimitedHead } from './delimited/readDelimited';
import { previewWorkbook } from './workbook/readWorkbook';
import { recogniseFormat } from './recogniseFormat';

/**
 * The first rows of a file as they will be read with these options. Looks at the head only, so encoding and types may
 * still change when the whole file is read; a workbook has to be unpacked, which takes longer for a large one.
 */
export function previewTable(path: string, options: ImportOptions): Promise<Result<TablePreview, Failure>> {
  return withByteSource(path, async (source): Promise<Result<TablePreview, Failure>> => {
    if (source.sizeBytes === 0) return failed({ kind: 'emptyFile', file: source.fileName });
    const head = await readHead(source);
    const format = recogniseFormat(head.bytes);
    if (format.kind === 'other') {
      return failed({ kind: 'notATable', file: source.fileName, looksLike: format.looksLike });
    }
    if (format.kind !== 'text') return previewWorkbook(source, format.kind, options);
    const read = readDelimitedHead(source, head, options, headFacts(head));
    return read.ok ? ok(read.value.preview) : read;
  });
}
