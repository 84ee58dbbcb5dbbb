/** What we use of gifenc, which brings no types. */
declare module 'gifenc' {
  export interface GifStream {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        /** Of the first frame that of all, which others need not name. */
        readonly palette?: readonly (readonly [number, number, number])[];
        readonly transparent?: boolean;
        readonly transparentIndex?: number;
        /** -1: shown once. */
        readonly repeat?: number;
        /** Milliseconds. */
        readonly delay?: number;
        /** 1: it stays under the next one; 2: it is wiped. */
        readonly dispose?: number;
        readonly colorDepth?: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  export function GIFEncoder(): GifStream;
}
