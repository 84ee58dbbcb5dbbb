import { z } from 'zod';

/** What happened while a file was read that a person should know. Rows and columns are counted from 0. */
export const importNotice = z.discriminatedUnion('kind', [z.object({ kind: z.literal('singleRow') })]);
export type ImportNotice = z.infer<typeof importNotice>;

/** Notices that ask something: the reading is a guess until a person answers. */
export function isQuestion(_notice: ImportNotice): boolean {
  return false;
}

/** The notice as a sentence. `columnName` gives a column's name by its index. */
export function importNoticeText(notice: ImportNotice, _columnName: (index: number) => string): string {
  switch (notice.kind) {
    case 'singleRow':
      return 'The table has one row: there is nothing to cluster.';
  }
}
