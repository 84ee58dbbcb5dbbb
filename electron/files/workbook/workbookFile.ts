import * as spreadsheet from '@e965/xlsx';
import type { Failure } from '../../../shared/failure';
import { failed, ok, type Result } from '../../../shared/result';
import { unzipEntry, zipDirectory, type ZipEntry } from './zipDirectory';

/** A larger workbook would need many times its size in memory to be read. */
const largestUnpackedBytes = 500 * 2 ** 20;
const tooLargeText = 'it unpacks to more than 500 MB';

/** Checks that a file is a workbook that can be read safely, before the library sees it. null: it is. */
export function checkWorkbook(
  bytes: Buffer,
  format: 'zip' | 'compound' | 'xmlWorkbook',
  file: string,
): Failure | null {
  if (format === 'zip') return checkArchive(bytes, file);
  if (format === 'compound') return checkCompound(bytes, file);
  return null;
}

function checkArchive(bytes: Buffer, file: string): Failure | null {
  const entries = zipDirectory(bytes);
  if (entries === null) {
    const nameLength = bytes.length < 30 ? 0 : bytes.readUInt16LE(26);
    const firstName = bytes.toString('latin1', 30, 30 + nameLength);
    const isWorkbook = /^(\[Content_Types\]\.xml|_rels\/|xl\/|docProps\/|mimetype$)/.test(firstName);
    return isWorkbook || /\.(xlsx|xlsm|xlsb|ods)$/i.test(file)
      ? { kind: 'damagedWorkbook', file }
      : { kind: 'notATable', file, looksLike: 'a ZIP archive' };
  }
  const named = new Map(entries.map((entry) => [entry.name.replace(/^\//, ''), entry]));
  const isWorkbook = entries.some(({ name }) => /^\/?xl\/workbook\d*\.(xml|bin)$/i.test(name));
  const mimeType = textOf(bytes, named.get('mimetype'));
  if (!isWorkbook && !mimeType.startsWith('application/vnd.oasis.opendocument.spreadsheet')) {
    return { kind: 'notATable', file, looksLike: archiveKind(named, mimeType) };
  }
  if (entries.some((entry) => entry.isEncrypted)) return { kind: 'encryptedWorkbook', file };
  const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (unpackedBytes > largestUnpackedBytes) return { kind: 'tooLarge', file, limit: tooLargeText };
  if (textOf(bytes, named.get('META-INF/manifest.xml')).includes('encryption-data')) {
    return { kind: 'encryptedWorkbook', file };
  }
  const isDamaged = entries.some((entry) => !entry.name.endsWith('/') && unzipEntry(bytes, entry) === null);
  return isDamaged ? { kind: 'damagedWorkbook', file } : null;
}

function textOf(bytes: Buffer, entry: ZipEntry | undefined): string {
  if (entry === undefined || entry.unpackedBytes > 1 << 20) return '';
  return unzipEntry(bytes, entry)?.toString('utf8') ?? '';
}

function archiveKind(named: ReadonlyMap<string, ZipEntry>, mimeType: string): string {
  if (named.has('word/document.xml')) return 'a Word document';
  if (named.has('ppt/presentation.xml')) return 'a PowerPoint presentation';
  if (mimeType.includes('opendocument')) return 'an OpenDocument text, drawing or presentation';
  if ([...named.keys()].some((name) => name.endsWith('.iwa'))) return 'a Numbers, Pages or Keynote document';
  return 'a ZIP archive';
}

function checkCompound(bytes: Buffer, file: string): Failure | null {
  const container = attempt(() => spreadsheet.CFB.read(bytes, { type: 'buffer' }) as unknown);
  if (!container.ok) return { kind: 'damagedWorkbook', file };
  const has = (name: string): boolean =>
    (spreadsheet.CFB.find(container.value, name) as { content?: unknown } | null)?.content !== undefined;
  if (has('EncryptedPackage')) return { kind: 'encryptedWorkbook', file };
  if (has('Workbook') || has('Book')) return null;
  return { kind: 'notATable', file, looksLike: 'an Office document that is no workbook' };
}

/** What the library throws is a fact about the file, not a bug of ours. */
function attempt<T>(read: () => T): Result<T, string> {
  try {
    return ok(read());
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads a checked workbook. `sheetRows` limits the rows read of each sheet, 0: all; `sheet` limits it to one sheet.
 */
export function parseWorkbook(
  bytes: Buffer,
  file: string,
  limits: { readonly sheetRows: number; readonly sheet: string | null },
): Result<spreadsheet.WorkBook, Failure> {
  const options: spreadsheet.ParsingOptions = {
    type: 'buffer',
    dense: true,
    cellFormula: true,
    cellHTML: false,
    cellText: false,
    cellNF: true,
    cellDates: false,
    sheetRows: limits.sheetRows,
    ...(limits.sheet === null ? {} : { sheets: limits.sheet }),
  };
  const read = attempt(() => spreadsheet.read(bytes, options));
  if (read.ok && read.value.SheetNames.length > 0) return read;
  const isEncrypted = !read.ok && /password|encrypt/i.test(read.failure);
  return failed({ kind: isEncrypted ? 'encryptedWorkbook' : 'damagedWorkbook', file });
}
