import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  fitted,
  fittedZoom,
  mostZoom,
  nextZoomIn,
  nextZoomOut,
  pixelAt,
  placed,
  pushedBy,
  viewQuestion,
  visibleRegion,
  zoomedAt,
  type PictureWindow,
  type Place,
  type Size,
  type ViewQuestion,
} from '../../../../renderer/components/picture/viewer/pictureWindow';

const sizes = (most: number) =>
  fc.record({ width: fc.integer({ min: 1, max: most }), height: fc.integer({ min: 1, max: most }) });
const parts = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});
/** A picture, a view, a window of it and a place of the view where the picture lies, in sight or not. */
const scenes = fc
  .record({
    picture: sizes(20_000),
    view: sizes(3000),
    zoom: fc.double({ min: 0.01, max: mostZoom, noNaN: true }),
    middle: parts,
    pointer: parts,
  })
  .map(({ picture, view, zoom, middle, pointer }) => ({
    picture,
    view,
    window: { zoom, centreX: middle.x * picture.width, centreY: middle.y * picture.height },
    at: {
      x: view.width / 2 + (pointer.x - middle.x) * picture.width * zoom,
      y: view.height / 2 + (pointer.y - middle.y) * picture.height * zoom,
    },
  }));

/** The place of the picture, in its pixels, that lies at a place of the view. */
const underneath = ({ zoom, centreX, centreY }: PictureWindow, at: Place, view: Size): Place => ({
  x: centreX + (at.x - view.width / 2) / zoom,
  y: centreY + (at.y - view.height / 2) / zoom,
});
const isOver = ({ x, y }: Place, { width, height }: Size): boolean =>
  x >= 0 && y >= 0 && x <= width && y <= height;

describe('zooming', () => {
  it('in keeps the pixel under the pointer where it is', () => {
    fc.assert(
      fc.property(
        scenes,
        fc.double({ min: 1, max: 8, noNaN: true }),
        ({ picture, view, window, at }, factor) => {
          const pixel = underneath(window, at, view);
          const zoomed = zoomedAt(window, window.zoom * factor, at, picture, view);
          fc.pre(zoomed !== null);
          const after = underneath(zoomed, at, view);
          expect(Math.abs(after.x - pixel.x)).toBeLessThan(1e-6 * picture.width);
          expect(Math.abs(after.y - pixel.y)).toBeLessThan(1e-6 * picture.height);
        },
      ),
    );
  });

  it('out and in again ends where it began, unless the picture was fitted or pushed back on the way', () => {
    const picture = { width: 4000, height: 3000 };
    const view = { width: 800, height: 600 };
    const window = { zoom: 2, centreX: 2000, centreY: 1500 };
    const out = zoomedAt(window, 1, { x: 100, y: 500 }, picture, view);
    expect(out).not.toBeNull();
    expect(zoomedAt(out!, 2, { x: 100, y: 500 }, picture, view)).toEqual(window);
  });

  it('never leaves its limits, and the middle of the view never leaves the picture', () => {
    fc.assert(
      fc.property(
        scenes,
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        ({ picture, view, window, at }, factor) => {
          const zoomed = zoomedAt(window, window.zoom * factor, at, picture, view) ?? fitted(picture, view);
          expect(zoomed.zoom).toBeLessThanOrEqual(mostZoom);
          expect(zoomed.zoom).toBeGreaterThanOrEqual(Math.min(1, fittedZoom(picture, view)));
          expect(isOver({ x: zoomed.centreX, y: zoomed.centreY }, picture)).toBe(true);
        },
      ),
    );
  });

  it('out of a picture larger than the view ends with all of it in sight', () => {
    const picture = { width: 4000, height: 3000 };
    const view = { width: 800, height: 600 };
    expect(
      zoomedAt({ zoom: 0.3, centreX: 100, centreY: 100 }, 0.15, { x: 0, y: 0 }, picture, view),
    ).toBeNull();
  });

  it('by keys goes to the next round zoom, and stops at the ends', () => {
    expect([nextZoomIn(0.29), nextZoomIn(1), nextZoomOut(1), nextZoomOut(0.7)]).toEqual([
      1 / 3,
      1.5,
      2 / 3,
      2 / 3,
    ]);
    expect([nextZoomIn(mostZoom), nextZoomOut(1 / 64)]).toEqual([mostZoom, 1 / 64]);
  });
});

describe('the whole picture', () => {
  it('is in sight and touches two sides of the view, or is enlarged by a whole number', () => {
    fc.assert(
      fc.property(sizes(20_000), sizes(3000), (picture, view) => {
        const zoom = fittedZoom(picture, view);
        expect(picture.width * zoom).toBeLessThanOrEqual(view.width * (1 + 1e-12));
        expect(picture.height * zoom).toBeLessThanOrEqual(view.height * (1 + 1e-12));
        if (zoom < 1) {
          const spare = Math.min(view.width - picture.width * zoom, view.height - picture.height * zoom);
          expect(Math.abs(spare)).toBeLessThan(1e-6);
        } else expect(Number.isInteger(zoom)).toBe(true);
      }),
    );
  });
});

describe('pushing', () => {
  it('moves the picture by as many pixels of the screen as the pointer', () => {
    const picture = { width: 1000, height: 1000 };
    const view = { width: 500, height: 400 };
    const window = { zoom: 2, centreX: 500, centreY: 500 };
    const before = placed(window, view);
    const after = placed(pushedBy(window, 30, -12, picture), view);
    expect([after.left - before.left, after.top - before.top]).toEqual([30, -12]);
  });
});

describe('the pixel that is picked', () => {
  it('is the one drawn there, and none beside the picture', () => {
    const picture = { width: 4, height: 3 };
    const placement = { zoom: 10, left: 5, top: 7 };
    expect(pixelAt(placement, { x: 5, y: 7 }, picture)).toEqual({ x: 0, y: 0 });
    expect(pixelAt(placement, { x: 44.9, y: 36.9 }, picture)).toEqual({ x: 3, y: 2 });
    expect(pixelAt(placement, { x: 45, y: 20 }, picture)).toBeNull();
    expect(pixelAt(placement, { x: 4.9, y: 20 }, picture)).toBeNull();
  });
});

describe('what is asked for', () => {
  it('lies within the picture, covers what is seen, and is never more than its pixels, whatever was asked before', () => {
    const questions = scenes.map(({ picture, view, window }) =>
      viewQuestion(placed(window, view), picture, view, null),
    );
    fc.assert(
      fc.property(scenes, fc.option(questions), ({ picture, view, window }, before) => {
        const placement = placed(window, view);
        const seen = visibleRegion(placement, picture, view);
        const question = viewQuestion(placement, picture, view, before);
        expect(question === null).toBe(seen === null);
        if (question === null || seen === null) return;
        const { region, width, height } = question;
        expect(covers(region, seen)).toBe(true);
        expect(covers({ left: 0, top: 0, ...picture }, region)).toBe(true);
        expect(width).toBeLessThanOrEqual(region.width);
        expect(height).toBeLessThanOrEqual(region.height);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('stays as it was while the picture is pushed a little, and changes with the zoom', () => {
    const picture = { width: 4000, height: 3000 };
    const view = { width: 800, height: 600 };
    const window = { zoom: 1, centreX: 2000, centreY: 1500 };
    const first = viewQuestion(placed(window, view), picture, view, null);
    const ask = (next: PictureWindow) => viewQuestion(placed(next, view), picture, view, first);
    expect(ask(pushedBy(window, 150, -100, picture))).toBe(first);
    expect(ask(pushedBy(window, 250, 0, picture))).not.toBe(first);
    expect(ask({ ...window, zoom: 0.5 })).not.toBe(first);
    // Enlarged, its pixels are all there already.
    expect(ask({ ...window, zoom: 1.5 })).toBe(first);
  });

  it('is another of a smaller picture that is opened next', () => {
    const view = { width: 1000, height: 640 };
    const ask = (picture: Size, before: ViewQuestion | null) =>
      viewQuestion(placed(fitted(picture, view), view), picture, view, before);
    const first = ask({ width: 451, height: 300 }, null);
    expect(ask({ width: 200, height: 150 }, first)?.region).toEqual({
      left: 0,
      top: 0,
      width: 200,
      height: 150,
    });
  });

  it('of the whole picture is the size it has on the screen', () => {
    const picture = { width: 4000, height: 3000 };
    const view = { width: 900, height: 600 };
    expect(viewQuestion(placed(fitted(picture, view), view), picture, view, null)).toEqual({
      region: { left: 0, top: 0, width: 4000, height: 3000 },
      width: 800,
      height: 600,
    });
  });
});
