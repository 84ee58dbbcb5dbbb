import type { TaskHandle, useWorkspace } from '../stores/workspace';

const slowMs = 500; // what takes less needs no progress and would only flicker

/** Shows a task in the status bar once it has taken half a second, until its handle is finished. */
export function startTaskIfSlow(
  workspace: ReturnType<typeof useWorkspace>,
  label: string,
  cancel: () => void,
): TaskHandle {
  let shown: TaskHandle | null = null;
  let last: Parameters<TaskHandle['update']> = [null, ''];
  const timer = setTimeout(() => {
    shown = workspace.startTask(label, cancel);
    shown.update(...last);
  }, slowMs);
  return {
    update(...progress) {
      last = progress;
      shown?.update(...progress);
    },
    finish() {
      clearTimeout(timer);
      shown?.finish();
    },
  };
}
