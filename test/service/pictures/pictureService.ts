import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import type { CallOptions } from '../../../shared/contract/port';
import type { PictureId } from '../../../shared/ids';
import type { PaintingFormat, PaintingSummary, Precision } from '../../../shared/image/painting';
import type { PictureSummary } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import {
  quantisationSpecification,
  type QuantisationSpecification,
} from '../../../shared/image/quantisation';
import { openService, valueOf, type OpenService } from '../openService';

/** A running service, with what tests about pictures ask of it. */
export interface PictureService extends OpenService {
  /** Writes pixels as a PNG and opens it. */
  openPixels(pixels: Pixels, name?: string): Promise<PictureSummary>;
  quantise(
    picture: PictureId,
    specification: Partial<QuantisationSpecification>,
    precision?: Precision,
    options?: CallOptions<'picture.quantise'>,
  ): Promise<PaintingSummary>;
  /** The pixels of a painting as the service shows them, at full size. */
  pixelsOf(picture: PictureSummary, painting: PaintingSummary): Promise<Uint8Array>;
}

export function pictureService(threads = 2): PictureService {
  const service = openService(threads);
  const { client } = service;
  return {
    ...service,
    async openPixels({ width, height, rgba }, name = 'picture.png') {
      const file = encode({ width, height, data: rgba, channels: 4, depth: 8 });
      writeFileSync(path.join(service.folder, name), file);
      return valueOf(await client.call('picture.open', { file: service.granted(name, 'read') }));
    },
    async quantise(picture, specification, precision = 'exact', options = {}) {
      const body = { picture, specification: specified(specification), precision };
      return valueOf(await client.call('picture.quantise', body, options));
    },
    async pixelsOf({ picture, width, height }, { painting }) {
      const region = { left: 0, top: 0, width, height };
      const viewed = { kind: 'painting', painting } as const;
      return valueOf(await client.call('picture.view', { picture, viewed, region, width, height })).rgba;
    },
  };
}

/** A specification with every default filled in. */
export const specified = (part: Partial<QuantisationSpecification>): QuantisationSpecification =>
  quantisationSpecification.parse({ restarts: 2, ...part });

export const byCount = (colours: number): QuantisationSpecification['goal'] => ({ kind: 'count', colours });

export const formats: readonly PaintingFormat[] = ['png', 'gif', 'fullPng', 'webp'];
