import { describe, expect, it } from 'vitest';
import { differenceMap } from '../../electron/image/difference';
import { pictureOf } from './arbitraryPicture';

const pixel = (red: number, green: number, blue: number, opacity = 255) =>
  pictureOf(1, 1, () => ({ red, green, blue, opacity }));

describe('a map of differences', () => {
  it('is black where pictures are equal, and where both are transparent', () => {
    expect([...differenceMap(pixel(9, 8, 7), pixel(9, 8, 7), 64).rgba]).toEqual([0, 0, 0, 255]);
    expect([...differenceMap(pixel(9, 8, 7, 0), pixel(0, 0, 0, 0), 64).rgba]).toEqual([0, 0, 0, 255]);
  });

  it('is as bright as the root of the mean square against what is white', () => {
    // (1, 2, 2) squared is 9 over three channels: root 3 = 1.732 of 10 is 44.2 of 255.
    expect([...differenceMap(pixel(10, 10, 10), pixel(11, 12, 8), 10).rgba]).toEqual([44, 44, 44, 255]);
    expect([...differenceMap(pixel(0, 0, 0), pixel(255, 255, 255), 64).rgba]).toEqual([255, 255, 255, 255]);
    expect(differenceMap(pixel(0, 0, 0), pixel(0, 0, 0, 0), 255).rgba[0]).toBe(255);
  });
});
