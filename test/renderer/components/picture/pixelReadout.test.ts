import { expect, test } from 'vitest';
import { pixelReadout } from '../../../../renderer/components/picture/viewer/pixelReadout';
import type { ViewedPart } from '../../../../renderer/composables/usePictureView';
import { paintingId } from '../../../../shared/ids';

/** Two pixels by one at (4, 7): one opaque, one that is nothing but transparent. */
const part = (changes: Partial<ViewedPart> = {}): ViewedPart => ({
  viewed: { kind: 'original' },
  region: { left: 4, top: 7, width: 2, height: 1 },
  view: { width: 2, height: 1, rgba: Uint8Array.of(160, 82, 45, 255, 9, 9, 9, 0) },
  ...changes,
});

test('tells the place and the colours of both sides', () => {
  const after = part({ view: { width: 2, height: 1, rgba: Uint8Array.of(192, 192, 192, 255, 0, 0, 0, 0) } });
  expect(pixelReadout({ x: 4, y: 7 }, [part(), after])).toBe('4, 7  #a0522d → #c0c0c0');
  expect(pixelReadout({ x: 5, y: 7 }, [part(), after])).toBe('5, 7  transparent → transparent');
});

test('tells no colour that is a mean of pixels, nor one outside of what is there', () => {
  const scaled = part({ region: { left: 4, top: 7, width: 4, height: 2 } });
  expect(pixelReadout({ x: 4, y: 7 }, [scaled, null])).toBe('4, 7');
  expect(pixelReadout({ x: 6, y: 7 }, [part()])).toBe('6, 7');
});

test('tells a probability as such', () => {
  const viewed = { kind: 'probability', painting: paintingId.parse('one'), at: 0 } as const;
  const view = { width: 2, height: 1, rgba: Uint8Array.of(51, 51, 51, 255, 0, 0, 0, 255) };
  expect(pixelReadout({ x: 4, y: 7 }, [part(), part({ viewed, view })])).toBe(
    '4, 7  #a0522d → probability 0.200',
  );
});
