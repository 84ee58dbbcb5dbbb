import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import type { CallInput } from '../../../shared/contract/messages';
import type { CallOptions } from '../../../shared/contract/port';
import type { Failure } from '../../../shared/failure';
import type { BatchRow, BatchSummary } from '../../../shared/image/batch';
import type { Pixels } from '../../../shared/image/pixels';
import type { QuantisationSpecification } from '../../../shared/image/quantisation';
import type { Result } from '../../../shared/result';
import { valueOf } from '../openService';
import { pictureService, specified, type PictureService } from './pictureService';

type BatchInput = Omit<CallInput<'folder.quantise'>, 'specification'>;

/** A service with a folder `in` for pictures and a folder `out` for results. */
export interface BatchService extends PictureService {
  readonly results: string;
  /** Puts a picture, or bytes that are none, into the folder. */
  put(name: string, content: Pixels | string | Uint8Array): void;
  /** Quantises the folder. */
  batch(
    part: Partial<QuantisationSpecification>,
    more?: Partial<BatchInput>,
    options?: CallOptions<'folder.quantise'>,
  ): Promise<Result<BatchSummary, Failure>>;
  /** The same where it must succeed. */
  done(
    part: Partial<QuantisationSpecification>,
    more?: Partial<BatchInput>,
    options?: CallOptions<'folder.quantise'>,
  ): Promise<BatchSummary>;
  /** Name and content of every file of a folder. */
  contents(folder: 'in' | 'out'): Record<string, string>;
  /** The pixels of a file that was written. */
  written(name: string): Pixels;
}

export function batchService(threads = 2): BatchService {
  const service = pictureService(threads);
  const { client, folder } = service;
  mkdirSync(path.join(folder, 'in'));
  mkdirSync(path.join(folder, 'out'));
  const batch: BatchService['batch'] = (part, more = {}, options = {}) =>
    client.call(
      'folder.quantise',
      {
        source: { kind: 'folder', folder: service.granted('in', 'read'), names: null },
        into: service.granted('out', 'write'),
        specification: specified(part),
        palette: { kind: 'own' },
        format: 'png',
        ...more,
      },
      options,
    );
  return {
    ...service,
    results: path.join(folder, 'out'),
    put(name, content) {
      const isPicture = typeof content === 'object' && 'rgba' in content;
      const bytes = isPicture
        ? encode({ width: content.width, height: content.height, data: content.rgba, channels: 4, depth: 8 })
        : content;
      writeFileSync(path.join(folder, 'in', name), bytes);
    },
    batch,
    done: async (...given) => valueOf(await batch(...given)),
    contents: (of) =>
      Object.fromEntries(
        readdirSync(path.join(folder, of)).map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(path.join(folder, of, name)))
            .digest('hex'),
        ]),
      ),
    written(name) {
      const png = decode(readFileSync(path.join(folder, 'out', name)));
      const rgba = new Uint8Array(4 * png.width * png.height);
      for (let i = 0; i < png.width * png.height; i++) {
        const colour = png.palette?.[numberAt(png, i)] ?? [];
        rgba.set([colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0, colour[3] ?? 255], 4 * i);
      }
      return { width: png.width, height: png.height, rgba };
    },
  };
}

/** The palette number of a pixel: rows begin on whole bytes. */
function numberAt({ width, depth, data }: ReturnType<typeof decode>, i: number): number {
  const rowBytes = Math.ceil((width * depth) / 8);
  const bit = (i % width) * depth;
  const byte = data[Math.floor(i / width) * rowBytes + (bit >> 3)];
  return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** What a row is about that was written. */
export function doneRow(row: BatchRow | undefined): Extract<BatchRow, { kind: 'done' }> {
  if (row?.kind !== 'done') throw new Error(JSON.stringify(row));
  return row;
}
