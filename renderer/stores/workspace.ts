import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowReactive, shallowRef } from 'vue';
import type { MenuCommand } from '../../shared/desktop';

/** The steps of each workspace, in the order they are shown. Any of them may be visited at any time. */
export const steps = {
  table: [
    { id: 'data', label: 'Data' },
    { id: 'model', label: 'Model' },
    { id: 'chooseK', label: 'Choose K' },
    { id: 'results', label: 'Results' },
    { id: 'export', label: 'Export' },
  ],
  image: [
    { id: 'colours', label: 'Colours' },
    { id: 'segments', label: 'Segments' },
    { id: 'savePicture', label: 'Save' },
    { id: 'batch', label: 'Batch' },
  ],
} as const;
export type Workspace = keyof typeof steps;
export type Step = (typeof steps)[Workspace][number]['id'];
export type Room = 'start' | Step;

/** The workspace a step belongs to. */
const workspaceOf = (step: Step): Workspace =>
  steps.image.some(({ id }) => id === step) ? 'image' : 'table';

/** Something under way, as the status bar shows it. */
export interface Task {
  readonly label: string;
  /** From 0 to 1; null when no honest number exists. */
  fraction: number | null;
  /** How far, in words: "12.1 of 44.9 MB". */
  detail: string;
  readonly startedMs: number;
  /** null: it cannot be stopped. */
  readonly cancel: (() => void) | null;
}

/** The end a store holds of a task it started. */
export interface TaskHandle {
  update(fraction: number | null, detail: string): void;
  finish(): void;
}

export interface Banner {
  readonly tone: 'info' | 'warning' | 'danger';
  readonly text: string;
}

export interface Message {
  readonly tone: 'info' | 'danger';
  readonly text: string;
}

/** Where each workspace fits what it has. */
const stepOfFit: Record<Workspace, Step> = { table: 'model', image: 'colours' };

/** Other commands that need a certain step in sight. */
const stepOfCommand: Partial<Record<MenuCommand, Step>> = {
  exportRows: 'export',
  exportModel: 'export',
  savePicture: 'savePicture',
};

/** Which room is shown, what is running, what is said, and the commands of menu and keyboard. */
export const useWorkspace = defineStore('workspace', () => {
  const room = ref<Room>('start');
  /** The workspace in sight; Start belongs to the one that has nothing to show yet. */
  const workspace = ref<Workspace>('table');
  /** Where each workspace was left. */
  const left: Record<Workspace, Step> = { table: 'data', image: 'colours' };
  const blocked = shallowReactive<Record<Step, string | null>>({
    data: 'Open a file first.',
    model: 'Open a file first.',
    chooseK: 'Open a file first.',
    results: 'Nothing has been fitted yet.',
    export: 'Nothing has been fitted yet.',
    colours: 'Open a picture first.',
    segments: 'Open a picture first.',
    savePicture: 'Open a picture first.',
    batch: null,
  });

  const tasks = shallowReactive<Task[]>([]);
  const currentTask = computed(() => tasks.at(-1) ?? null);
  const message = shallowRef<Message | null>(null);
  const banner = shallowRef<Banner | null>(null);

  const handlers = new Map<MenuCommand, () => void>();
  let pending: MenuCommand | null = null;

  /** Says why a step has nothing to show; null opens it. The store that fills the step calls this. */
  function blockStep(step: Step, reason: string | null): void {
    blocked[step] = reason;
  }

  /** Shows a room. A step with nothing to show stays closed, and the status bar says why. */
  function show(next: Room): void {
    const reason = next === 'start' ? null : blocked[next];
    if (reason !== null) {
      say(reason);
      return;
    }
    room.value = next;
    if (next === 'start') return;
    workspace.value = workspaceOf(next);
    left[workspace.value] = next;
  }

  /** Shows a workspace where it was left or else its first step, or Start while it has nothing to show. */
  function showWorkspace(next: Workspace): void {
    workspace.value = next;
    show([left[next], steps[next][0].id].find((step) => blocked[step] === null) ?? 'start');
  }

  /** Shows a task in the status bar until its handle is finished. Esc cancels the latest. */
  function startTask(label: string, cancel: (() => void) | null): TaskHandle {
    const task = shallowReactive<Task>({
      label,
      fraction: null,
      detail: '',
      startedMs: performance.now(),
      cancel: cancel === null ? null : markRaw(cancel),
    });
    tasks.push(task);
    message.value = null;
    return {
      update(fraction, detail) {
        task.fraction = fraction;
        task.detail = detail;
      },
      finish() {
        const index = tasks.indexOf(task);
        if (index >= 0) tasks.splice(index, 1);
      },
    };
  }

  /** Stops the latest task that can be stopped; false when there is none. */
  function cancelTask(): boolean {
    const task = tasks.findLast((candidate) => candidate.cancel !== null);
    task?.cancel?.();
    return task !== undefined;
  }

  /** Puts a sentence in the status bar, in place of the one before. */
  function say(text: string, tone: Message['tone'] = 'info'): void {
    message.value = { text, tone };
  }

  /**
   * Carries out a command. One that no handler has been given for waits: its step is shown, and the handler
   * that the step registers then runs it.
   */
  function command(name: MenuCommand): void {
    const handler = handlers.get(name);
    if (handler) {
      handler();
      return;
    }
    const step = name === 'fit' ? stepOfFit[workspace.value] : stepOfCommand[name];
    if (step === undefined) return;
    show(step);
    pending = room.value === step ? name : null;
  }

  /** Registers what a command does; returns how to take it back. Runs it if it was waited for. */
  function onCommand(name: MenuCommand, handler: () => void): () => void {
    handlers.set(name, handler);
    if (pending === name) {
      pending = null;
      handler();
    }
    return () => {
      if (handlers.get(name) === handler) handlers.delete(name);
    };
  }

  return {
    room,
    workspace,
    blocked,
    tasks,
    currentTask,
    message,
    banner,
    blockStep,
    show,
    showWorkspace,
    startTask,
    cancelTask,
    say,
    command,
    onCommand,
  };
});
