import { randomUUID } from 'node:crypto';
import type { Failure } from '../../../shared/failure';
import {
  paintingId,
  pictureId,
  segmentationId,
  type PaintingId,
  type PictureId,
  type SegmentationId,
} from '../../../shared/ids';
import { failed, ok, type Result } from '../../../shared/result';
import type { SharedPainting } from '../../pictures/sharedPainting';
import type { SharedPicture } from '../../pictures/sharedPicture';
import type { SharedSegmentation } from '../../pictures/sharedSegmentation';
import { MeasuredFiles } from './measuredFiles';

/** A painting and the picture it is of. */
export interface OpenPainting {
  readonly pictureId: PictureId;
  readonly picture: SharedPicture;
  readonly painting: SharedPainting;
}

/** A segmentation and the painting it is of. */
export interface OpenSegmentation extends OpenPainting {
  readonly paintingId: PaintingId;
  readonly segmentation: SharedSegmentation;
}

/** The open pictures, their paintings and segmentations. What belongs to a picture goes with it. */
export class Pictures {
  /** Of paintings. */
  readonly files = new MeasuredFiles();
  private readonly pictures = new Map<PictureId, SharedPicture>();
  private readonly originals = new Map<PictureId, string>();
  private readonly paintings = new Map<PaintingId, OpenPainting>();
  private readonly segmentations = new Map<SegmentationId, OpenSegmentation>();

  /** `filePath`: where it was read. */
  add(picture: SharedPicture, filePath: string): PictureId {
    const id = pictureId.parse(randomUUID());
    this.pictures.set(id, picture);
    this.originals.set(id, filePath);
    return id;
  }

  /** The files of the open pictures. */
  openFiles(): string[] {
    return [...this.originals.values()];
  }

  get(id: PictureId): Result<SharedPicture, Failure> {
    return known(this.pictures.get(id));
  }

  close(id: PictureId): void {
    this.pictures.delete(id);
    this.originals.delete(id);
    for (const [painting, { pictureId: of }] of this.paintings) if (of === id) this.forgetPainting(painting);
  }

  addPainting(of: PictureId, picture: SharedPicture, painting: SharedPainting): PaintingId {
    const id = paintingId.parse(randomUUID());
    // Of a picture that was closed meanwhile nothing is kept.
    if (this.pictures.has(of)) this.paintings.set(id, { pictureId: of, picture, painting });
    return id;
  }

  painting(id: PaintingId): Result<OpenPainting, Failure> {
    return known(this.paintings.get(id));
  }

  forgetPainting(id: PaintingId): void {
    this.paintings.delete(id);
    this.files.forget(id);
    for (const [segmentation, { paintingId: of }] of this.segmentations)
      if (of === id) this.segmentations.delete(segmentation);
  }

  addSegmentation(of: PaintingId, open: OpenPainting, segmentation: SharedSegmentation): SegmentationId {
    const id = segmentationId.parse(randomUUID());
    if (this.paintings.has(of)) this.segmentations.set(id, { ...open, paintingId: of, segmentation });
    return id;
  }

  segmentation(id: SegmentationId): Result<OpenSegmentation, Failure> {
    return known(this.segmentations.get(id));
  }
}

const known = <T>(value: T | undefined): Result<T, Failure> =>
  value === undefined ? failed({ kind: 'unknownPicture' }) : ok(value);
