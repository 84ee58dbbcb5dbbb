/** A decoded picture: sRGB, 8 bits a channel, upright. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Pictures of one size in it, one under another, each on its own. @default 1 */
  readonly frames?: number;
  /** height x width x 4, row by row: red, green, blue, opacity; not premultiplied. */
  readonly rgba: Uint8Array;
}
