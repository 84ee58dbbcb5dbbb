/**
 * Makes every line end outside quoted cells a line feed, piece by piece; what is inside quotes stays as it is. For
 * files that mix kinds of line ends, which the parser cannot split otherwise.
 */
export class LineEndUnifier {
  /** 0: outside quotes; 1: inside; 2: after a quote inside, which may be the first half of an escaped one. */
  private state: 0 | 1 | 2 = 0;
  private isCellStart = true;
  private heldReturn = false;

  constructor(private readonly delimiter: string) {}

  push(piece: string, isLast: boolean): string {
    let text = this.heldReturn ? `\r${piece}` : piece;
    this.heldReturn = !isLast && text.endsWith('\r');
    if (this.heldReturn) text = text.slice(0, -1);
    const parts: string[] = [];
    let copied = 0;
    for (let index = 0; index < text.length; index++) {
      const character = text[index];
      if (this.state === 2) this.state = character === '"' ? 1 : 0;
      else if (this.state === 1) {
        if (character === '"') this.state = 2;
        continue;
      } else if (character === '"' && this.isCellStart) {
        this.state = 1;
        this.isCellStart = false;
        continue;
      }
      if (this.state === 1) continue;
      if (character === '\r') {
        parts.push(text.slice(copied, index), '\n');
        if (text[index + 1] === '\n') index += 1;
        copied = index + 1;
        this.isCellStart = true;
      } else this.isCellStart = character === this.delimiter || character === '\n';
    }
    parts.push(text.slice(copied));
    return parts.join('');
  }
}
