import type * as spreadsheet from '@e965/xlsx';
import type { Failure } from '../../../shared/failure';
import type { ImportNotice } from '../../../shared/importNotice';
import { failed, ok, type Result } from '../../../shared/result';
import type { ImportOptions, TablePreview } from '../../../shared/table';
import type { ByteSource } from '../byteSource';
import { findTopRow } from '../delimited/detectDialect';
import { detectHeader } from '../delimited/detectHeader';
import type { ReadRun } from '../readRun';
import type { FileFormat } from '../recogniseFormat';
import { quotedCell } from '../safeCell';
import { headerDepth, joinHeader, sheetRows, type SheetRows } from './sheetRows';
import { isBlankRow, type RowSyntax } from '../delimited/splitRows';
import { previewOf, storedTable, type FileFacts } from '../table/storedTable';
import type { StoredTable } from '../table/table';
import type { BuiltTable } from '../table/finishTable';
import { TableBuilder } from '../table/tableBuilder';
import { usualMissingCodes } from '../columns/usualMissingCodes';
import { checkWorkbook, parseWorkbook } from './workbookFile';

export type WorkbookFormat = Exclude<FileFormat['kind'], 'text' | 'other'>;

/** A larger file cannot be held in memory together with what it unpacks to. */
const largestFileBytes = 2 ** 30;
/** Rows read of every sheet to choose one and to show the first. */
const previewRows = 250;
const sampledRows = 200;
const rowsInBlock = 512;
const syntax: RowSyntax = { delimiter: ',', lineEnd: '\n' };

interface SheetChoice {
  readonly name: string;
  readonly sheet: spreadsheet.WorkSheet;
  readonly is1904: boolean;
  readonly notices: ImportNotice[];
}

interface OpenedWorkbook {
  readonly bytes: Buffer;
  /** With the first rows of each sheet. */
  readonly workbook: spreadsheet.WorkBook;
}

async function openWorkbook(
  source: ByteSource,
  format: WorkbookFormat,
): Promise<Result<OpenedWorkbook, Failure>> {
  const file = source.fileName;
  if (source.sizeBytes > largestFileBytes) {
    return failed({ kind: 'tooLarge', file, limit: 'a workbook may have at most 1 GB' });
  }
  const head = await source.head(source.sizeBytes);
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const problem = checkWorkbook(bytes, format, file);
  if (problem !== null) return failed(problem);
  const read = parseWorkbook(bytes, file, { sheetRows: previewRows, sheet: null });
  return read.ok ? ok({ bytes, workbook: read.value }) : read;
}

const isEmpty = (sheet: spreadsheet.WorkSheet | undefined): boolean =>
  sheet === undefined || sheetRows(sheet, false).rows.length === 0;

/** The sheet a person asked for; else the one that was open when the file was saved, or the first that is not empty. */
function chooseSheet(
  workbook: spreadsheet.WorkBook,
  wanted: string | undefined,
): Result<SheetChoice, Failure> {
  const names = workbook.SheetNames;
  if (wanted !== undefined && !names.includes(wanted)) {
    return failed({ kind: 'unknownSheet', sheet: wanted, sheets: names });
  }
  const isHidden = (name: string): boolean =>
    (workbook.Workbook?.Sheets?.[names.indexOf(name)]?.Hidden ?? 0) !== 0;
  const views = (workbook.Workbook as { WBView?: { activeTab?: string | number }[] } | undefined)?.WBView;
  const active = names[Number(views?.[0]?.activeTab ?? 0)];
  const order = [active, ...names].filter((name) => name !== undefined);
  const visible = order.filter((name) => !isHidden(name));
  const name = wanted ?? visible.find((each) => !isEmpty(workbook.Sheets[each])) ?? visible[0] ?? order[0];
  const others = names.filter((each) => each !== name && !isHidden(each) && !isEmpty(workbook.Sheets[each]));
  const hidden = names.filter((each) => each !== name && isHidden(each));
  const notices: ImportNotice[] = [];
  if (others.length > 0 && wanted === undefined) notices.push({ kind: 'otherSheets', sheet: name, others });
  if (hidden.length > 0) notices.push({ kind: 'hiddenSheets', sheets: hidden });
  const is1904 = workbook.Workbook?.WBProps?.date1904 === true;
  return ok({ name, sheet: workbook.Sheets[name], is1904, notices });
}

interface BuiltSheet {
  readonly built: BuiltTable;
  readonly hasHeader: boolean;
  readonly skippedLines: number;
}

/** Makes a table of the rows of a sheet. */
function buildSheet(found: SheetRows, options: ImportOptions, isWhole: boolean): BuiltSheet {
  const { rows, firstRow } = found;
  const top =
    options.skippedLines === undefined
      ? findTopRow(rows.slice(0, sampledRows))
      : Math.min(rows.length, Math.max(0, options.skippedLines - firstRow));
  const below = rows.slice(top);
  const blankAbove = below.findIndex((row) => !isBlankRow(row));
  const start = top + Math.max(0, blankAbove);
  const depth = headerDepth(found, start);
  const joined = depth > 1 ? joinHeader(found, start, depth) : (rows[start] ?? []);
  const body = rows.slice(start + depth);
  const sample = [joined, ...body.slice(0, sampledRows)].filter((row) => !isBlankRow(row));
  const detected = detectHeader(sample);
  const hasHeader = options.hasHeader ?? detected.hasHeader;
  const table = hasHeader ? [joined, ...body] : rows.slice(start);
  const builder = new TableBuilder({
    syntax,
    hasHeader,
    isHeaderShifted: false,
    options,
    isWorkbook: true,
    firstReadings: [],
    expectedRows: table.length,
    expectedBytes: 1 << 20,
  });
  for (let at = 0; at < table.length; at += rowsInBlock) {
    const block = table.slice(at, at + rowsInBlock).filter((row) => !isBlankRow(row));
    const text = block.map((row) => `${row.map((cell) => quotedCell(cell, ',')).join(',')}\n`).join('');
    builder.add({ text, mode: 'quoted', rows: block });
  }
  const built = builder.finish();
  const notices: ImportNotice[] = [];
  const firstText = rows
    .slice(0, start)
    .flat()
    .find((cell) => cell.trim() !== '');
  if (firstText !== undefined)
    notices.push({ kind: 'skippedLines', lines: start, firstText: firstText.slice(0, 80) });
  if (options.hasHeader === undefined && detected.isUnsure) notices.push({ kind: 'headerUnsure', hasHeader });
  else if (options.hasHeader === undefined && !hasHeader) notices.push({ kind: 'noHeader' });
  if (hasHeader && depth > 1) notices.push({ kind: 'headerRowsJoined', rows: depth });
  if (isWhole) notices.push(...rowNotices(found, start + (hasHeader ? depth : 0)));
  return {
    built: { ...built, notices: [...notices, ...built.notices] },
    hasHeader,
    skippedLines: firstRow + start,
  };
}

function rowNotices({ rows, firstRow, merges, notices }: SheetRows, bodyRow: number): ImportNotice[] {
  const found: ImportNotice[] = [...notices];
  const blankLines = rows.slice(bodyRow).filter(isBlankRow).length;
  if (blankLines > 0) found.push({ kind: 'blankLines', count: blankLines });
  const inBody = merges.filter((merge) => merge.s.r >= firstRow + bodyRow);
  if (inBody.length > 0) {
    const { s: start } = inBody[0];
    const first = `row ${start.r + 1}, column ${start.c + 1} of the sheet`;
    found.push({ kind: 'mergedCells', count: inBody.length, first });
  }
  return found;
}

function fileFacts(
  source: ByteSource,
  choice: SheetChoice,
  sheets: string[],
  sheet: BuiltSheet,
  options: ImportOptions,
): FileFacts {
  return {
    fileName: source.fileName,
    sizeBytes: source.sizeBytes,
    dialect: {
      format: 'workbook',
      encoding: null,
      hasByteOrderMark: false,
      delimiter: null,
      decimal: sheet.built.decimal,
      hasHeader: sheet.hasHeader,
      skippedLines: sheet.skippedLines,
      missingCodes: [...(options.missingCodes ?? usualMissingCodes)],
      sheet: choice.name,
      sheets,
    },
  };
}

interface WorkbookHead {
  readonly choice: SheetChoice;
  readonly preview: TablePreview;
}

function readHead(
  source: ByteSource,
  { workbook }: OpenedWorkbook,
  options: ImportOptions,
): Result<WorkbookHead, Failure> {
  const chosen = chooseSheet(workbook, options.sheet);
  if (!chosen.ok) return chosen;
  const choice = chosen.value;
  const found = sheetRows(choice.sheet, choice.is1904);
  const sheet = buildSheet(found, options, false);
  const built = { ...sheet.built, notices: [...choice.notices, ...sheet.built.notices] };
  const isWhole = found.rows.length < previewRows;
  return ok({
    choice,
    preview: previewOf(fileFacts(source, choice, workbook.SheetNames, sheet, options), built, isWhole),
  });
}

/** The first rows of a sheet. An empty sheet has a preview too, so that another can be chosen. */
export async function previewWorkbook(
  source: ByteSource,
  format: WorkbookFormat,
  options: ImportOptions,
): Promise<Result<TablePreview, Failure>> {
  const opened = await openWorkbook(source, format);
  if (!opened.ok) return opened;
  const head = readHead(source, opened.value, options);
  return head.ok ? ok(head.value.preview) : head;
}

/** Reads one sheet of a workbook into a table. Formulas have the values that were stored with them. */
export async function readWorkbook(
  source: ByteSource,
  format: WorkbookFormat,
  options: ImportOptions,
  run: ReadRun,
): Promise<Result<StoredTable, Failure>> {
  const opened = await openWorkbook(source, format);
  if (!opened.ok) return opened;
  const head = readHead(source, opened.value, options);
  if (!head.ok) return head;
  run.onFirstRows(head.value.preview);
  if (run.signal.aborted) return failed({ kind: 'cancelled' });
  const { choice } = head.value;
  const whole = parseWorkbook(opened.value.bytes, source.fileName, { sheetRows: 0, sheet: choice.name });
  if (!whole.ok) return whole;
  const found = sheetRows(whole.value.Sheets[choice.name], choice.is1904);
  const sheets = opened.value.workbook.SheetNames;
  if (found.rows.length === 0) {
    return failed({ kind: 'emptySheet', file: source.fileName, sheet: choice.name, sheets });
  }
  if (run.signal.aborted) return failed({ kind: 'cancelled' });
  const sheet = buildSheet(found, options, true);
  const built = { ...sheet.built, notices: [...choice.notices, ...sheet.built.notices] };
  if (built.text.rows === 0) {
    return failed({ kind: 'noDataRows', file: source.fileName, columns: built.columns.length });
  }
  run.onProgress(source.sizeBytes, source.sizeBytes, built.text.rows);
  return ok(storedTable(fileFacts(source, choice, sheets, sheet, options), built));
}
