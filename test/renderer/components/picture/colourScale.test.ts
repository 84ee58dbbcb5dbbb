import { expect, test } from 'vitest';
import {
  coloursAfterKey,
  coloursAt,
  placeOfColours,
  sliderTicks,
} from '../../../../renderer/components/picture/colourScale';

test('every number of colours can be set on the slider and comes back from its place', () => {
  for (let colours = 2; colours <= 256; colours++) {
    expect(coloursAt(Math.round(sliderTicks * placeOfColours(colours)) / sliderTicks)).toBe(colours);
  }
});

test('doubling takes the same way everywhere', () => {
  expect([2, 4, 16, 256].map(placeOfColours)).toEqual([0, 1 / 7, 3 / 7, 1]);
});

test('arrows go by one colour, pages double and halve, and the ends hold', () => {
  expect(coloursAfterKey('ArrowRight', 16)).toBe(17);
  expect(coloursAfterKey('ArrowDown', 16)).toBe(15);
  expect(coloursAfterKey('PageUp', 16)).toBe(32);
  expect(coloursAfterKey('PageDown', 17)).toBe(9);
  expect(coloursAfterKey('ArrowLeft', 2)).toBe(2);
  expect(coloursAfterKey('PageUp', 200)).toBe(256);
  expect(coloursAfterKey('Home', 200)).toBe(2);
  expect(coloursAfterKey('Tab', 200)).toBeNull();
});
