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
