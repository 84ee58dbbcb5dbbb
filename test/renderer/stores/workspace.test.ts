// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { provideStores } from '../support/withStores';

beforeEach(() => provideStores(new FakeService()));

describe('steps', () => {
  it('a closed step stays closed and says why', () => {
    const workspace = useWorkspace();
    workspace.show('results');
    expect(workspace.room).toBe('start');
    expect(workspace.message?.text).toBe('Nothing has been fitted yet.');
  });

  it('a step opens once its store says it has something to show', () => {
    const workspace = useWorkspace();
    workspace.blockStep('results', null);
    workspace.show('results');
    expect(workspace.room).toBe('results');
  });
});

describe('workspaces', () => {
  it('are left and come back to at the step they were left at', () => {
    const workspace = useWorkspace();
    for (const step of ['data', 'results', 'colours'] as const) workspace.blockStep(step, null);
    workspace.show('results');
    workspace.show('colours');
    expect(workspace.workspace).toBe('image');
    workspace.showWorkspace('table');
    expect([workspace.workspace, workspace.room]).toEqual(['table', 'results']);
    workspace.showWorkspace('image');
    expect(workspace.room).toBe('colours');
  });

  it('with nothing to show begin at Start', () => {
    const workspace = useWorkspace();
    workspace.blockStep('data', null);
    workspace.show('data');
    workspace.showWorkspace('image');
    expect([workspace.workspace, workspace.room]).toEqual(['image', 'start']);
    workspace.showWorkspace('table');
    expect(workspace.room).toBe('data');
  });

  it('left at a step that has closed since are come back to at their first', () => {
    const workspace = useWorkspace();
    for (const step of ['data', 'results'] as const) workspace.blockStep(step, null);
    workspace.show('results');
    workspace.showWorkspace('image');
    workspace.blockStep('results', 'Nothing has been fitted yet.');
    workspace.showWorkspace('table');
    expect(workspace.room).toBe('data');
  });

  it('fit each what they have', () => {
    const workspace = useWorkspace();
    for (const step of ['model', 'colours', 'segments'] as const) workspace.blockStep(step, null);
    workspace.show('segments');
    workspace.command('fit');
    expect(workspace.room).toBe('colours');
    workspace.show('model');
    workspace.command('fit');
    expect(workspace.room).toBe('model');
  });
});

describe('tasks', () => {
  it('Esc stops the latest task that can be stopped', () => {
    const workspace = useWorkspace();
    const cancelFirst = vi.fn();
    workspace.startTask('first', cancelFirst);
    const second = workspace.startTask('cannot be stopped', null);
    expect(workspace.currentTask?.label).toBe('cannot be stopped');
    workspace.cancelTask();
    expect(cancelFirst).toHaveBeenCalledOnce();
    second.finish();
    second.finish();
    expect(workspace.tasks.map((task) => task.label)).toEqual(['first']);
  });
});

describe('commands', () => {
  it('a command whose step is not there yet runs when the step takes it', () => {
    const workspace = useWorkspace();
    workspace.blockStep('model', null);
    workspace.command('fit');
    expect(workspace.room).toBe('model');
    const fit = vi.fn();
    workspace.onCommand('fit', fit);
    expect(fit).toHaveBeenCalledOnce();
    workspace.command('fit');
    expect(fit).toHaveBeenCalledTimes(2);
  });

  it('a command to a closed step is forgotten', () => {
    const workspace = useWorkspace();
    workspace.command('exportRows');
    const exportRows = vi.fn();
    workspace.onCommand('exportRows', exportRows);
    expect(exportRows).not.toHaveBeenCalled();
  });

  it('a handler that was taken back is not called', () => {
    const workspace = useWorkspace();
    const open = vi.fn();
    workspace.onCommand('open', open)();
    workspace.command('open');
    expect(open).not.toHaveBeenCalled();
  });
});
