import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { GrantedFile } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import { formatBytes, formatCounted } from '../../shared/format';
import type { GrantId, TableId } from '../../shared/ids';
import type { ImportNotice } from '../../shared/importNotice';
import type { ImportOptions, TablePreview, TableSummary } from '../../shared/table';
import { useService } from '../client/service';
import type { Answer } from '../components/table/questionAnswers';
import { useColumnRoles } from '../composables/useColumnRoles';
import { useWorkspace, type TaskHandle } from './workspace';

/** A file being read: its first rows as soon as they are there, and how far the rest is. */
export interface Reading {
  readonly file: GrantedFile;
  readonly preview: TablePreview | null;
  /** Rows read so far. */
  readonly rows: number;
  readonly fraction: number | null;
}

/** A file that could not be opened, and how that was tried. */
export interface OpenFailure {
  readonly file: GrantedFile;
  readonly options: ImportOptions;
  readonly failure: Failure;
}

/**
 * The table of the window: what was read, from what and how, and the roles of its columns. An open table stays
 * until another one has been read whole; cells stay in the service.
 */
export const useTables = defineStore('tables', () => {
  const service = useService();
  const workspace = useWorkspace();

  const file = shallowRef<GrantedFile | null>(null);
  const options = shallowRef<ImportOptions>({});
  const summary = shallowRef<TableSummary | null>(null);
  const reading = shallowRef<Reading | null>(null);
  const openFailure = shallowRef<OpenFailure | null>(null);
  /** False where no way of reading the file would open it. */
  const canSettingsHelp = computed(() => {
    const kind = openFailure.value?.failure.kind;
    return kind === 'noDataRows' || kind === 'unknownSheet' || kind === 'badRequest';
  });
  /** The file whose import settings are shown, and how it was read or tried to be; null when they are not. */
  const settings = shallowRef<{ file: GrantedFile; options: ImportOptions } | null>(null);
  const columnRoles = useColumnRoles(() => summary.value?.columns ?? []);

  /** Questions that were answered without reading the file again. */
  const answered = ref<ReadonlySet<string>>(new Set());

  /** Notices of the reading that are still open: answered questions are gone. */
  const openNotices = computed<readonly ImportNotice[]>(() =>
    (summary.value?.notices ?? []).filter((notice) => !answered.value.has(JSON.stringify(notice))),
  );

  let run = 0;
  /** The file at which the service was lost, until it has been read after all. */
  let lostWhileReading: GrantId | null = null;
  /** The table that the present service holds for us. */
  let held: TableId | null = null;
  let underWay: { file: GrantedFile; options: ImportOptions; controller: AbortController } | null = null;

  /**
   * Reads a file whole and makes it the table of the window. A later call replaces an earlier one, whose
   * answers are then dropped. True when the table is there.
   */
  async function open(next: GrantedFile, nextOptions: ImportOptions = {}): Promise<boolean> {
    underWay?.controller.abort();
    const mine = ++run;
    const controller = new AbortController();
    underWay = { file: next, options: nextOptions, controller };
    openFailure.value = null;
    reading.value = { file: next, preview: null, rows: 0, fraction: null };
    const task = workspace.startTask(`Reading ${next.name}`, () => controller.abort());
    if (next.grant !== file.value?.grant) {
      workspace.blockStep('data', null);
      workspace.show('data');
    }

    const result = await service.call(
      'table.open',
      { file: next.grant, options: nextOptions },
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (mine !== run || reading.value === null) return;
          if (event.kind === 'firstRows') reading.value = { ...reading.value, preview: event.preview };
          else followProgress(task, event);
        },
      },
    );
    task.finish();
    if (mine !== run) {
      // Read in vain: a later call has taken its place.
      if (result.ok) void service.call('table.close', { table: result.value.table });
      return false;
    }
    if (!result.ok && result.failure.kind === 'serviceLost') {
      // Stays under way: `reopenAfterRestart` takes it up again.
      return false;
    }
    underWay = null;
    lostWhileReading = null;
    reading.value = null;
    if (result.ok) adopt(next, nextOptions, result.value);
    else refuse(next, nextOptions, result.failure);
    return result.ok;
  }

  function followProgress(
    task: TaskHandle,
    event: { bytes: number; totalBytes: number; rows: number },
  ): void {
    const fraction = event.totalBytes > 0 ? Math.min(1, event.bytes / event.totalBytes) : null;
    task.update(
      fraction,
      `${formatCounted(event.rows, 'row')} · ${formatBytes(event.bytes)} of ${formatBytes(event.totalBytes)}`,
    );
    if (reading.value !== null) reading.value = { ...reading.value, rows: event.rows, fraction };
  }

  function adopt(next: GrantedFile, nextOptions: ImportOptions, table: TableSummary): void {
    if (next.grant !== file.value?.grant) {
      columnRoles.forget();
      answered.value = new Set();
      workspace.banner = null;
    }
    file.value = next;
    options.value = nextOptions;
    summary.value = table;
    if (held !== null) void service.call('table.close', { table: held });
    held = table.table;
    openSteps();
    workspace.say(
      `Read ${formatCounted(table.rows, 'row')} × ${formatCounted(table.columns.length, 'column')} from ${table.fileName}.`,
    );
  }

  function refuse(next: GrantedFile, nextOptions: ImportOptions, failure: Failure): void {
    if (failure.kind === 'cancelled') workspace.say(`Reading ${next.name} was cancelled.`);
    else openFailure.value = { file: next, options: nextOptions, failure };
    openSteps();
    if (summary.value === null) workspace.show('start');
  }

  function openSteps(): void {
    const reason = summary.value === null ? 'Open a file first.' : null;
    workspace.blockStep('data', reason);
    workspace.blockStep('model', reason);
    workspace.blockStep('chooseK', reason);
  }

  /** Reads the open file again, differently. The table stays as it was if that fails or is cancelled. */
  function reopen(nextOptions: ImportOptions): Promise<boolean> {
    return file.value === null ? Promise.resolve(false) : open(file.value, nextOptions);
  }

  /**
   * Answers a question about the reading. One that confirms it is kept for when the file is read again; one
   * that changes it reads the file again now.
   */
  function answer(notice: ImportNotice, given: Answer): void {
    if (given.changesReading) {
      void reopen(given.options);
      return;
    }
    options.value = given.options;
    answered.value = new Set(answered.value).add(JSON.stringify(notice));
  }

  /** Stops what is being read; a table that was open stays. */
  function cancel(): void {
    underWay?.controller.abort();
  }

  /**
   * Brings back the table, or what was being read, after the service was lost and started again. A file at
   * which the service was lost twice is given up: a third try would end the same way.
   */
  async function reopenAfterRestart(reason: string): Promise<void> {
    // The old table went with the old service; its id may be another table's in the new one.
    held = null;
    const interrupted = underWay;
    if (interrupted !== null && interrupted.file.grant === lostWhileReading) {
      giveUp();
      workspace.banner = {
        tone: 'danger',
        text: `The engine stopped (${reason}) twice while reading "${interrupted.file.name}". It may need more memory than there is: close other programs, or open a part of the file.`,
      };
      return;
    }
    lostWhileReading = interrupted?.file.grant ?? null;
    const lost = interrupted ?? (file.value === null ? null : { file: file.value, options: options.value });
    if (lost !== null) await open(lost.file, lost.options);
  }

  /** Nothing is open and nothing is being read. */
  function giveUp(): void {
    run++;
    underWay = null;
    reading.value = null;
    file.value = null;
    summary.value = null;
    openSteps();
    workspace.show('start');
  }

  /** Shows the settings of the file that could not be opened, or else of the open table. */
  function showSettings(): void {
    const { value: failed } = openFailure;
    if (failed !== null) settings.value = { file: failed.file, options: failed.options };
    else if (file.value !== null) settings.value = { file: file.value, options: options.value };
  }

  function hideSettings(): void {
    settings.value = null;
  }

  function forgetFailure(): void {
    openFailure.value = null;
  }

  return {
    file,
    options,
    summary,
    reading,
    openFailure,
    canSettingsHelp,
    settings,
    showSettings,
    hideSettings,
    roles: columnRoles.roles,
    features: columnRoles.features,
    openNotices,
    answer,
    open,
    reopen,
    cancel,
    reopenAfterRestart,
    setRole: columnRoles.setRole,
    setRoles: columnRoles.setRoles,
    forgetFailure,
  };
});
