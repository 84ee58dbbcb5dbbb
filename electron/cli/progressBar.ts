import type { FitEvent } from '../../shared/fit';
import type { BatchEvent } from '../../shared/image/batch';
import type { SelectionEvent } from '../../shared/selection';

const width = 24;
const clearLine = '\r\u001b[2K';

/** Shows progress: one line that redraws itself on a terminal, a line for each stage elsewhere. */
export class ProgressBar {
  private stage = '';

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly isQuiet: boolean,
  ) {}

  reading(bytes: number, totalBytes: number): void {
    this.show('reading the table', totalBytes > 0 ? bytes / totalBytes : null, '');
  }

  fitting(event: FitEvent): void {
    if (event.kind === 'finishing') {
      this.show('giving rows to clusters', 1, '');
      return;
    }
    if (event.kind === 'begun') return;
    const last = event.points.at(-1);
    const where = last ? `, start ${last.restart + 1}, iteration ${last.iteration}` : '';
    this.show('fitting', event.fraction, `${where}, ${(event.elapsedMs / 1000).toFixed(1)} s`);
  }

  selecting(event: SelectionEvent): void {
    if (event.kind !== 'progress') return;
    const left = event.remainingMs === null ? '' : `, about ${(event.remainingMs / 1000).toFixed(0)} s left`;
    this.show('comparing', event.fraction, `, ${(event.elapsedMs / 1000).toFixed(1)} s${left}`);
  }

  quantising(event: BatchEvent): void {
    if (event.kind === 'counted')
      this.show('counting colours', event.done / event.total, `, ${event.done} of ${event.total}`);
    else if (event.kind === 'row')
      this.show('quantising', event.done / event.total, `, ${event.done} of ${event.total}`);
  }

  trying(done: number, total: number): void {
    this.show('trying numbers of colours', done / total, `, ${done} of ${total}`);
  }

  end(): void {
    if (this.stream.isTTY && !this.isQuiet) this.stream.write(clearLine);
  }

  private show(stage: string, fraction: number | null, detail: string): void {
    if (this.isQuiet) return;
    if (this.stream.isTTY) {
      const done = Math.round((fraction ?? 0) * width);
      const share = fraction === null ? '     ' : `${Math.floor(100 * fraction)} %`.padStart(5);
      const bar = `[${'#'.repeat(done)}${'.'.repeat(width - done)}]`;
      this.stream.write(`${clearLine}${bar} ${share}  ${stage}${detail}`);
    } else if (stage !== this.stage) {
      this.stream.write(`${stage}\n`);
    }
    this.stage = stage;
  }
}
