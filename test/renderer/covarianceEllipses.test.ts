import { expect, test } from 'vitest';
import { covarianceEllipses } from '../../renderer/components/fit/covarianceEllipses';
import { covarianceStructure } from '../../shared/model';
import { covarianceRule, covariances } from '../../shared/registry/covariances';

const isEqual = (values: readonly number[]): boolean => Math.max(...values) - Math.min(...values) < 1e-9;

test('every structure has a picture that shows what its rule says', () => {
  for (const structure of covarianceStructure.options) {
    const { volume, shape, orientation } = covarianceRule(structure);
    const ellipses = covarianceEllipses(structure);
    const areas = ellipses.map((one) => one.halfWidth * one.halfHeight);
    const ratios = ellipses.map((one) => one.halfWidth / one.halfHeight);
    const turns = ellipses.map((one) => one.degrees);
    expect([structure, isEqual(areas)]).toEqual([structure, volume === 'equal']);
    expect([structure, isEqual(ratios)]).toEqual([structure, shape !== 'varying']);
    expect([structure, isEqual(turns)]).toEqual([structure, orientation !== 'varying']);
    if (shape === 'sphere') expect(ratios[0]).toBeCloseTo(1, 12);
    if (orientation === 'axes') expect(turns).toEqual([0, 0, 0]);
  }
});

test('no picture reaches over its box', () => {
  for (const structure of covarianceStructure.options)
    for (const { x, y, halfWidth, halfHeight, degrees } of covarianceEllipses(structure)) {
      const angle = (degrees * Math.PI) / 180;
      const reachX = Math.hypot(halfWidth * Math.cos(angle), halfHeight * Math.sin(angle));
      const reachY = Math.hypot(halfWidth * Math.sin(angle), halfHeight * Math.cos(angle));
      expect([structure, x - reachX >= 0, x + reachX <= 64, y - reachY >= 0, y + reachY <= 40]).toEqual([
        structure,
        true,
        true,
        true,
        true,
      ]);
    }
});

test('all structures are offered, four of them first', () => {
  expect(covariances.map((item) => item.structure).sort()).toEqual([...covarianceStructure.options].sort());
  expect(covariances.filter((item) => item.isCommon)).toHaveLength(4);
});
