import type { Failure } from '../../shared/failure';
import { failureText } from '../../shared/failureText';
import { formatCounted } from '../../shared/format';
import type { Result } from '../../shared/result';
import { useRowSelection } from '../stores/rowSelection';
import { useWorkspace } from '../stores/workspace';

/** Selects the rows of an answer, and says how many in the status bar; a failure is said there too. */
export function useSelectRows(): (
  answer: Promise<Result<{ readonly row: Int32Array }, Failure>>,
) => Promise<void> {
  const selection = useRowSelection();
  const workspace = useWorkspace();
  return async (answer) => {
    const result = await answer;
    if (!result.ok) {
      workspace.say(failureText(result.failure), 'danger');
      return;
    }
    selection.select(result.value.row);
    workspace.say(`${formatCounted(result.value.row.length, 'row')} selected.`);
  };
}
