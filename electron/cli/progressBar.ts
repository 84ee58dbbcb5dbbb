import type { FitEvent } from '../../shared/fit';

const width = 24;
const clearLine = '\r\u001b[2K';

/** Draws one line of progress on a terminal; silent where standard error is not one. */
export class ProgressBar {
  private readonly isShown: boolean;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    isQuiet: boolean,
  ) {
    this.isShown = stream.isTTY && !isQuiet;
  }

  reading(bytes: number, totalBytes: number): void {
    this.draw(totalBytes > 0 ? bytes / totalBytes : null, 'reading the table');
  }

  fitting(event: FitEvent): void {
    if (event.kind === 'finishing') {
      this.draw(1, 'giving rows to clusters');
      return;
    }
    const last = event.points.at(-1);
    const where = last ? `start ${last.restart + 1}, iteration ${last.iteration}` : 'fitting';
    this.draw(event.fraction, `${where}, ${(event.elapsedMs / 1000).toFixed(1)} s`);
  }

  end(): void {
    if (this.isShown) this.stream.write(clearLine);
  }

  private draw(fraction: number | null, text: string): void {
    if (!this.isShown) return;
    const done = Math.round((fraction ?? 0) * width);
    const share = fraction === null ? '    ' : `${Math.floor(100 * fraction)} %`.padStart(5);
    this.stream.write(`${clearLine}[${'#'.repeat(done)}${'.'.repeat(width - done)}] ${share}  ${text}`);
  }
}
