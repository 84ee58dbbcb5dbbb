import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { Desktop, SaveKind } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import { failureText } from '../../shared/failureText';
import { formatBytes, formatCounted } from '../../shared/format';
import type { GrantId } from '../../shared/ids';
import type { Result } from '../../shared/result';
import { useDesktop } from '../client/desktop';
import { useWorkspace } from '../stores/workspace';
import { startTaskIfSlow } from './startTaskIfSlow';

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Share that is written; null where no honest number exists. */
  readonly onFraction: (fraction: number | null) => void;
}

/** Writes the file that was chosen, and says its size and, where it has rows, how many. */
export type Write = (
  file: GrantId,
  options: WriteOptions,
) => Promise<Result<{ readonly bytes: number; readonly rows?: number }, Failure>>;

export interface Saving {
  readonly isRunning: Readonly<ShallowRef<boolean>>;
  readonly fraction: Readonly<ShallowRef<number | null>>;
  /** What was written, in words; null before and while it is. */
  readonly written: Readonly<ShallowRef<string | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Asks where to, then writes the file. */
  start(suggestedName: string, kind: SaveKind, write: Write): Promise<void>;
  cancel(): void;
}

/**
 * Writes files of one kind, one at a time, and says what came of it. A file under way is finished though its page is
 * left: the status bar shows it then.
 */
export function useSaving(desktop: Desktop = useDesktop()): Saving {
  const workspace = useWorkspace();
  const isRunning = shallowRef(false);
  const fraction = shallowRef<number | null>(null);
  const written = shallowRef<string | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let controller: AbortController | null = null;
  let isLeft = false;
  onScopeDispose(() => {
    isLeft = true;
  });

  async function start(suggestedName: string, kind: SaveKind, write: Write): Promise<void> {
    if (isRunning.value) return;
    isRunning.value = true;
    const file = await desktop.chooseSave(suggestedName, kind);
    if (!file) {
      isRunning.value = false;
      return;
    }
    fraction.value = null;
    written.value = null;
    failure.value = null;
    const own = new AbortController();
    controller = own;
    const task = startTaskIfSlow(workspace, `Writing ${file.name}`, cancel);
    const answer = await write(file.grant, {
      signal: own.signal,
      onFraction: (share) => {
        fraction.value = share;
        task.update(share, '');
      },
    });
    task.finish();
    controller = null;
    isRunning.value = false;
    if (!answer.ok) {
      failure.value = answer.failure;
      if (isLeft && answer.failure.kind !== 'cancelled') workspace.say(failureText(answer.failure), 'danger');
      return;
    }
    const { bytes, rows } = answer.value;
    const counted = rows === undefined ? '' : `${formatCounted(rows, 'row')}, `;
    written.value = `${counted}${formatBytes(bytes)} written to ${file.name}`;
    workspace.say(`${written.value}.`);
  }

  function cancel(): void {
    controller?.abort();
  }

  return { isRunning, fraction, written, failure, start, cancel };
}
