import type { Failure } from '../../shared/failure';
import type { RunId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';
import { TaskControl } from '../threads/control';

/** The runs under way that their callers have named, so that they can be paused. */
export class Runs {
  private readonly controls = new Map<RunId, TaskControl>();

  /** The control of a new run, known by its name until `end`. */
  begin(run: RunId | undefined, paused: boolean): TaskControl {
    const control = new TaskControl();
    if (paused) control.pause();
    if (run !== undefined) this.controls.set(run, control);
    return control;
  }

  end(run: RunId | undefined): void {
    if (run !== undefined) this.controls.delete(run);
  }

  steer(run: RunId, command: 'pause' | 'resume' | 'step'): Result<Record<string, never>, Failure> {
    const control = this.controls.get(run);
    if (!control) return failed({ kind: 'unknownFit' });
    control[command]();
    return ok({});
  }
}
