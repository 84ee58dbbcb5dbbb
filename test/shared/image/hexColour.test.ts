import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colourOfHex, hexOf } from '../../../shared/image/hexColour';

const level = fc.integer({ min: 0, max: 255 });

test('a colour written in hexadecimal is read back as itself', () => {
  fc.assert(
    fc.property(fc.record({ red: level, green: level, blue: level, opacity: level }), (colour) => {
      expect(colourOfHex(hexOf(colour))).toEqual(colour);
    }),
  );
});

test('each digit of the short form stands for two', () => {
  expect(colourOfHex('#1aF')).toEqual({ red: 0x11, green: 0xaa, blue: 0xff, opacity: 255 });
  expect(colourOfHex('#1af8')).toEqual({ red: 0x11, green: 0xaa, blue: 0xff, opacity: 0x88 });
});

test.each(['', '#', '1a2b3c', '#1a2b3', '#12345g', '#1a2b3c4d5e', ' #1a2b3c'])(
  '"%s" is no colour',
  (text) => {
    expect(colourOfHex(text)).toBeNull();
  },
);
