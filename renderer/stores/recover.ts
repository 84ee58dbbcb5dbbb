import type { Pinia } from 'pinia';
import { usePictures } from './pictures';
import { useTables } from './tables';
import { useWorkspace } from './workspace';

/** Says that the service was lost and is there again, and has it open again what the window shows. */
export function recover(pinia: Pinia, reason: string): void {
  const tables = useTables(pinia);
  const pictures = usePictures(pinia);
  const kept = [tables.summary && 'your table', pictures.summary && 'your picture'].filter(Boolean);
  const keptText = kept.length === 0 ? '' : ` Still there: ${kept.join(' and ')}.`;
  useWorkspace(pinia).banner = {
    tone: 'warning',
    text: `The engine stopped (${reason}) and was started again.${keptText}`,
  };
  void tables.reopenAfterRestart(reason);
  void pictures.reopenAfterRestart(reason);
}
