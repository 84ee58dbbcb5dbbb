import { expect, test } from 'vitest';
import { firstDifference } from '../../build/dependencies.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/vue': { version: '3.5.0', integrity: 'sha512-a' },
    'node_modules/only-on-mac': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};
const vue = { version: '3.5.0', integrity: 'sha512-a' };

test('what npm installed agrees with the lock file although packages for other systems are absent', () => {
  expect(firstDifference(wanted, { packages: { 'node_modules/vue': vue } })).toBeUndefined();
});

test.each([
  ['another version', { 'node_modules/vue': { ...vue, version: '3.4.0' } }],
  ['other bytes of the same version', { 'node_modules/vue': { ...vue, integrity: 'sha512-c' } }],
  ['a missing package', {}],
])('%s asks for a new installation', (_what, packages) => {
  expect(firstDifference(wanted, { packages })).toBe('node_modules/vue');
});

test('a package the lock file does not know asks for a new installation', () => {
  const packages = { 'node_modules/vue': vue, 'node_modules/stray': { version: '1.0.0' } };
  expect(firstDifference(wanted, { packages })).toBe('node_modules/stray');
});
