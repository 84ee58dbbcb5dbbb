import type { PictureRegion } from '../../../../shared/image/picture';

/**
 * Which part of a picture is seen, and how large. Lengths on the screen are pixels of the device, so that at a zoom of 1
 * each pixel of the picture is one of the screen. Places in the picture count from its upper left corner, in its pixels.
 */
export interface PictureWindow {
  /** Pixels of the screen along a pixel of the picture. */
  readonly zoom: number;
  /** The place of the picture in the middle of the view; always within the picture. */
  readonly centreX: number;
  readonly centreY: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a picture lies in its view: its upper left corner, in whole pixels of the screen. */
export interface Placement {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

export const mostZoom = 64;

/** Zooms that the keys stop at. */
const stops = [
  1 / 64,
  1 / 32,
  1 / 16,
  1 / 8,
  1 / 6,
  1 / 4,
  1 / 3,
  1 / 2,
  2 / 3,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  12,
  16,
  24,
  32,
  48,
  64,
] as const;

/**
 * The largest zoom at which all of a picture is seen. A picture smaller than the view is enlarged by a whole number, so
 * that all its pixels are of one size.
 */
export function fittedZoom(picture: Size, view: Size): number {
  const zoom = Math.min(view.width / picture.width, view.height / picture.height);
  return zoom < 1 ? zoom : Math.min(mostZoom, Math.floor(zoom));
}

/** The whole picture in the middle of the view. */
export const fitted = (picture: Size, view: Size): PictureWindow => ({
  zoom: fittedZoom(picture, view),
  centreX: picture.width / 2,
  centreY: picture.height / 2,
});

/**
 * The window after zooming, with the place of the picture that lies at `at` of the view kept there. Zooming out the middle
 * of the view stays within the picture, and no further than the whole picture or its own pixels: null, the whole picture
 * fitted, from there on.
 */
export function zoomedAt(
  window: PictureWindow,
  zoom: number,
  at: Place,
  picture: Size,
  view: Size,
): PictureWindow | null {
  const whole = fittedZoom(picture, view);
  if (zoom <= Math.min(whole, 1)) return whole <= 1 ? null : zoomedTo(window, 1, at, picture, view);
  return zoomedTo(window, Math.min(mostZoom, zoom), at, picture, view);
}

function zoomedTo(window: PictureWindow, zoom: number, at: Place, picture: Size, view: Size): PictureWindow {
  // The distance of `at` from the middle, in pixels of the picture, before and after.
  const change = 1 / window.zoom - 1 / zoom;
  return within(picture, {
    zoom,
    centreX: window.centreX + (at.x - view.width / 2) * change,
    centreY: window.centreY + (at.y - view.height / 2) * change,
  });
}

/** The window after the picture was pushed by so many pixels of the screen. */
export const pushedBy = (window: PictureWindow, right: number, down: number, picture: Size): PictureWindow =>
  within(picture, {
    zoom: window.zoom,
    centreX: window.centreX - right / window.zoom,
    centreY: window.centreY - down / window.zoom,
  });

const within = (picture: Size, { zoom, centreX, centreY }: PictureWindow): PictureWindow => ({
  zoom,
  centreX: Math.min(picture.width, Math.max(0, centreX)),
  centreY: Math.min(picture.height, Math.max(0, centreY)),
});

/** The next zoom that the keys stop at. */
export const nextZoomIn = (zoom: number): number => stops.find((stop) => stop > zoom * 1.001) ?? mostZoom;
/** The one before. */
export const nextZoomOut = (zoom: number): number =>
  stops.findLast((stop) => stop < zoom / 1.001) ?? stops[0];

/** Where the picture lies in the view. */
export const placed = ({ zoom, centreX, centreY }: PictureWindow, view: Size): Placement => ({
  zoom,
  left: Math.round(view.width / 2 - centreX * zoom),
  top: Math.round(view.height / 2 - centreY * zoom),
});

/** The pixel of the picture at a place of the view; null: beside the picture. */
export function pixelAt({ zoom, left, top }: Placement, at: Place, picture: Size): Place | null {
  const x = Math.floor((at.x - left) / zoom);
  const y = Math.floor((at.y - top) / zoom);
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : null;
}

/** The pixels of the picture that are seen, also in part; null: none. */
export function visibleRegion(
  { zoom, left, top }: Placement,
  picture: Size,
  view: Size,
): PictureRegion | null {
  return cut(
    Math.floor(-left / zoom),
    Math.floor(-top / zoom),
    Math.ceil((view.width - left) / zoom),
    Math.ceil((view.height - top) / zoom),
    picture,
  );
}

/** A region with a part of its size more at each side, as far as the picture goes. */
function widened({ left, top, width, height }: PictureRegion, part: number, picture: Size): PictureRegion {
  const right = Math.ceil(width * part);
  const down = Math.ceil(height * part);
  return (
    cut(left - right, top - down, left + width + right, top + height + down, picture) ?? {
      left,
      top,
      width,
      height,
    }
  );
}

function cut(left: number, top: number, end: number, bottom: number, picture: Size): PictureRegion | null {
  const from = { left: Math.max(0, left), top: Math.max(0, top) };
  const width = Math.min(picture.width, end) - from.left;
  const height = Math.min(picture.height, bottom) - from.top;
  return width > 0 && height > 0 ? { ...from, width, height } : null;
}

/** Whether a region holds all of another. */
export const covers = (outer: PictureRegion, inner: PictureRegion): boolean =>
  outer.left <= inner.left &&
  outer.top <= inner.top &&
  outer.left + outer.width >= inner.left + inner.width &&
  outer.top + outer.height >= inner.top + inner.height;

/** A part of a picture and the resolution it is asked for at. */
export interface ViewQuestion {
  readonly region: PictureRegion;
  readonly width: number;
  readonly height: number;
}

/** Most pixels of the screen along a side of what is asked for at once. */
const mostAsked = 8192;
/** By eye: pushing the picture a little asks for nothing new. */
const margin = 0.25;

/**
 * What to ask for so that the window can be drawn: the question before where its answer still does. Null: nothing is seen.
 */
export function viewQuestion(
  placement: Placement,
  picture: Size,
  view: Size,
  before: ViewQuestion | null,
): ViewQuestion | null {
  const seen = visibleRegion(placement, picture, view);
  if (seen === null) return null;
  const scale = Math.min(1, placement.zoom);
  const resolution = (length: number): number => Math.min(mostAsked, Math.max(1, Math.round(length * scale)));
  if (
    before !== null &&
    // It may be of a picture that was larger.
    covers({ left: 0, top: 0, width: picture.width, height: picture.height }, before.region) &&
    covers(before.region, seen) &&
    before.width === resolution(before.region.width) &&
    before.height === resolution(before.region.height) &&
    isOfSize(before.region, seen)
  )
    return before;
  const region = widened(seen, margin, picture);
  return { region, width: resolution(region.width), height: resolution(region.height) };
}

/** Not much more than is needed: at a great zoom a large old region would be asked for again with each painting. */
const isOfSize = (asked: PictureRegion, seen: PictureRegion): boolean =>
  asked.width * asked.height <= 16 * Math.max(seen.width * seen.height, 256 * 256);
