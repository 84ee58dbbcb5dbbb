import { TextDecoder } from 'node:util';
import { isAscii, isUtf8 } from 'node:buffer';
import type { Encoding } from '../../../shared/table';

/** Line ends of a file. `mixed`: more than one kind, or one kind inside quoted cells and another outside. */
export type LineEnds = 'lf' | 'crlf' | 'cr' | 'mixed';

/** What all bytes of a file say about how to read it. */
export interface ByteFacts {
  readonly sizeBytes: number;
  readonly encoding: Encoding;
  /** True when neither a byte order mark nor valid UTF-8 proves the encoding. */
  readonly isEncodingGuessed: boolean;
  readonly hasByteOrderMark: boolean;
  readonly lineEnds: LineEnds;
  readonly nulCount: number;
  /** Characters that are not valid in UTF-8; 0 in other encodings. */
  readonly damagedCount: number;
  /** Control characters that no text has, among the first so many bytes. */
  readonly controls: { readonly count: number; readonly among: number };
}

const nul = 0x00;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Control characters that texts have: tabs and line ends, the end of a file (0x1a), ASCII's own separators of files,
 * groups, records and units (0x1c to 0x1f); NUL is counted by itself.
 */
const isOfText = (byte: number): boolean =>
  (byte >= 0x09 && byte <= 0x0d) || byte === 0x1a || byte >= 0x1c || byte === nul;

/** Bytes of the largest incomplete UTF-8 sequence at the end of `bytes`; 0 when it ends with a whole character. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}

/** Collects facts about a file from its bytes, piece by piece, so that nothing is decided from the head alone. */
export class ByteScan {
  private sizeBytes = 0;
  private head = new Uint8Array(0);
  private held = new Uint8Array(0);
  private isUtf8 = true;
  private multibyteCharacters = 0;
  private damagedCount = 0;
  private lenient: TextDecoder | null = null;
  private nulCount = 0;
  private nulAtEven = 0;
  private controlCount = 0;
  private controlSample = 0;
  private hasC1 = false;
  private feeds = 0;
  private returns = 0;
  private pairs = 0;
  private lastByte = -1;

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    // A Buffer searches many times faster than a plain array of bytes.
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (this.head.length < 4) {
      this.head = Uint8Array.from([...this.head, ...bytes.subarray(0, 4 - this.head.length)]);
    }
    this.checkUtf8(bytes);
    this.countControls(bytes);
    this.countNul(bytes);
    this.countLineEnds(bytes);
    this.sizeBytes += bytes.length;
    this.lastByte = bytes[bytes.length - 1] ?? -1;
  }

  private checkUtf8(bytes: Uint8Array): void {
    if (!this.isUtf8) return this.countDamage(bytes);
    const whole = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    const tail = incompleteTail(whole);
    const checked = whole.subarray(0, whole.length - tail);
    if (isUtf8(checked)) {
      // Exact numbers do not matter: text in UTF-8 soon has more valid sequences than damaged ones.
      if (!isAscii(checked)) this.multibyteCharacters += 100;
      this.held = Uint8Array.from(whole.subarray(whole.length - tail));
    } else {
      this.isUtf8 = false;
      this.held = new Uint8Array(0);
      this.countDamage(whole);
    }
  }

  private countDamage(bytes: Uint8Array): void {
    this.lenient ??= new TextDecoder('utf-8');
    const text = this.lenient.decode(bytes, { stream: true });
    for (const found of text.matchAll(/[\u0080-\uffff]/g)) {
      if (found[0] === '\ufffd') this.damagedCount += 1;
      else this.multibyteCharacters += 1;
    }
    if (!this.hasC1) this.hasC1 = bytes.some((byte) => byte >= 0x80 && byte <= 0x9f);
  }

  private countControls(bytes: Uint8Array): void {
    // The beginning is enough to know a picture from a text.
    const sampleSize = 1 << 16;
    const end = Math.min(bytes.length, sampleSize - this.controlSample);
    for (let index = 0; index < end; index++) {
      const byte = bytes[index] ?? 0;
      if ((byte < 0x20 && !isOfText(byte)) || byte === 0x7f) {
        this.controlCount += 1;
      }
    }
    this.controlSample += Math.max(0, end);
  }

  private countNul(bytes: Buffer): void {
    for (let index = bytes.indexOf(nul); index >= 0; index = bytes.indexOf(nul, index + 1)) {
      this.nulCount += 1;
      if ((this.sizeBytes + index) % 2 === 0) this.nulAtEven += 1;
    }
  }

  private countLineEnds(bytes: Buffer): void {
    const hasReturn = this.lastByte === carriageReturn || bytes.includes(carriageReturn);
    if (!hasReturn) {
      // One is as good as all: what matters is which kinds there are.
      if (bytes.includes(lineFeed)) this.feeds += 1;
      return;
    }
    let previous = this.lastByte;
    for (const byte of bytes) {
      if (byte === lineFeed) {
        this.feeds += 1;
        if (previous === carriageReturn) this.pairs += 1;
      } else if (byte === carriageReturn) this.returns += 1;
      previous = byte;
    }
  }

  private startsWith(...mark: number[]): boolean {
    return mark.every((byte, index) => this.head[index] === byte);
  }

  /** The verdict over everything pushed. `isWhole`: the whole file was pushed, so a cut character is damage. */
  facts(isWhole: boolean): ByteFacts {
    const hasCutEnd = isWhole && this.isUtf8 && this.held.length > 0;
    const found = this.decideEncoding(hasCutEnd);
    const isWide = found.encoding === 'utf-16le' || found.encoding === 'utf-16be';
    return {
      sizeBytes: this.sizeBytes,
      ...found,
      lineEnds: isWide ? 'mixed' : this.lineEnds(),
      nulCount: isWide ? 0 : this.nulCount,
      damagedCount: found.encoding === 'utf-8' ? this.damagedCount + (hasCutEnd ? 1 : 0) : 0,
      controls: { count: isWide ? 0 : this.controlCount, among: this.controlSample },
    };
  }

  private decideEncoding(
    hasCutEnd: boolean,
  ): Pick<ByteFacts, 'encoding' | 'isEncodingGuessed' | 'hasByteOrderMark'> {
    const marked = (encoding: Encoding) => ({ encoding, isEncodingGuessed: false, hasByteOrderMark: true });
    const plain = (encoding: Encoding, isEncodingGuessed: boolean) => ({
      encoding,
      isEncodingGuessed,
      hasByteOrderMark: false,
    });
    if (this.startsWith(0xef, 0xbb, 0xbf)) return marked('utf-8');
    if (this.startsWith(0xff, 0xfe)) return marked('utf-16le');
    if (this.startsWith(0xfe, 0xff)) return marked('utf-16be');
    // Western text in UTF-16 is half zeros, all on one side; the shares are by eye.
    if (this.sizeBytes % 2 === 0 && this.nulCount > 0.2 * this.sizeBytes) {
      if (this.nulAtEven < 0.02 * this.nulCount) return plain('utf-16le', true);
      if (this.nulAtEven > 0.98 * this.nulCount) return plain('utf-16be', true);
    }
    if (this.isUtf8 && !hasCutEnd) return plain('utf-8', false);
    const damaged = this.damagedCount + (hasCutEnd ? 1 : 0);
    if (this.multibyteCharacters >= 10 * damaged) return plain('utf-8', true);
    return plain(this.hasC1 ? 'windows-1252' : 'iso-8859-1', true);
  }

  private lineEnds(): LineEnds {
    if (this.returns === 0) return 'lf';
    if (this.feeds === 0) return 'cr';
    return this.pairs === this.returns && this.pairs === this.feeds ? 'crlf' : 'mixed';
  }
}
