import { expect, test } from 'vitest';
import { goalText, standingText } from '../../../../renderer/components/picture/quantisationText';
import { quantisationSpecification, type ColourGoal } from '../../../../shared/image/quantisation';
import { paintingNamed } from '../../support/paintingFixtures';

const byGoal = (goal: ColourGoal, isReached: boolean, colours: number, value: number | null) =>
  paintingNamed('a', {
    specification: quantisationSpecification.parse({ goal }),
    goal: { isReached, best: { colours, value }, tried: [] },
  });
const psnr: ColourGoal = { kind: 'quality', measure: 'psnr', atLeast: 40 };

test('a goal that is reached says with how many colours and what came of it', () => {
  expect(goalText(byGoal(psnr, true, 61, 40.04))).toBe('61 colours, the fewest that reach it: 40.0 dB.');
  expect(goalText(byGoal({ kind: 'bytes', atMost: 9000 }, true, 12, 8912))).toBe(
    '12 colours, the most that fit: 8.9 kB.',
  );
  expect(goalText(byGoal(psnr, true, 5, null))).toBe('5 colours, the fewest that reach it: no difference.');
});

test('a goal out of reach says so, and what the best is', () => {
  expect(goalText(byGoal(psnr, false, 256, 37.21))).toBe(
    'It cannot be reached with 256 colours: the best is 37.2 dB with 256 colours.',
  );
  const ssim: ColourGoal = { kind: 'quality', measure: 'ssim', atLeast: 0.99 };
  expect(goalText(byGoal(ssim, false, 256, 0.9804))).toContain('the best is SSIM 0.980');
  expect(goalText(byGoal({ kind: 'bytes', atMost: 100 }, false, 1, 180))).toBe(
    'It cannot be reached: the smallest file has 180 B, with 1 colour.',
  );
});

test('counted colours have no goal to speak of', () => {
  expect(goalText(paintingNamed('a'))).toBeNull();
});

test('a painting says whether it is a preview, exact with its restarts, or edited', () => {
  const exact = paintingNamed('a');
  expect(standingText(exact)).toBe('Exact, best of 8 restarts, 8 within 0.1 %');
  expect(standingText({ ...exact, fit: { ...exact.fit!, restartsAtBest: 1 } })).toBe(
    'Exact, best of 8 restarts, no other within 0.1 %',
  );
  expect(standingText({ ...exact, precision: 'preview' })).toBe('Preview');
  expect(standingText({ ...exact, fit: null })).toBe('Palette as given or edited');
  expect(standingText({ ...exact, fit: { ...exact.fit!, distortion: 0, restartsAtBest: 1 } })).toBe(
    'Exact: every pixel keeps its colour',
  );
});
