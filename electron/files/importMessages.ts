import { z } from 'zod';
import { failure } from '../../shared/failure';
import { importOptions, tablePreview, tableSummary } from '../../shared/table';

/** What passes between the thread that opens a table and the thread that reads it. */

const sharedBuffer = z.custom<SharedArrayBuffer>((value) => value instanceof SharedArrayBuffer, {
  error: 'expected a SharedArrayBuffer',
});

/** What a thread is for: to read a file, or to help the thread that does. */
export const importTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('table'), path: z.string(), options: importOptions }),
  z.object({ kind: z.literal('part') }),
]);
export type ImportTask = z.infer<typeof importTask>;

const storedTable = z.object({
  summary: tableSummary.omit({ table: true }),
  text: z.object({
    syntax: z.object({
      delimiter: z.enum([',', ';', '\t', '|', 'whitespace']).nullable(),
      lineEnd: z.enum(['\n', '\r\n', '\r']),
    }),
    segments: z.array(sharedBuffer),
    blocks: z.array(
      z.object({
        segment: z.int(),
        offset: z.int(),
        sizeBytes: z.int(),
        mode: z.enum(['quoted', 'literalLine', 'unquoted']),
        firstRow: z.int(),
        leadingRows: z.int(),
      }),
    ),
    rows: z.int(),
    isAscii: z.boolean(),
  }),
  values: z.array(sharedBuffer.nullable()),
});

/** What the reading thread says; `table` or `failed` is its last word. */
export const importMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('firstRows'), preview: tablePreview }),
  z.object({ kind: z.literal('progress'), bytes: z.number(), totalBytes: z.number(), rows: z.int() }),
  z.object({ kind: z.literal('table'), table: storedTable }),
  z.object({ kind: z.literal('failed'), failure }),
]);
export type ImportMessage = z.infer<typeof importMessage>;
