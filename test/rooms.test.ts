import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile, checkRooms } from '../build/checkRooms';
import { findCircle } from '../build/findCircle';
import { sourcesOf } from '../build/imports';
import { rooms } from '../build/rooms';

const root = path.resolve(import.meta.dirname, '..');

test('every import in the tree is one the table of rooms allows', () => {
  expect(checkRooms(root, rooms)).toEqual([]);
});

test('no files import each other in a circle', () => {
  expect(findCircle(sourcesOf(root, rooms))).toBeNull();
});

test('a circle of imports is found, unless a part of it is of types alone', () => {
  const sources = (last: string): ReadonlyMap<string, string> =>
    new Map([
      ['a/one.ts', "import { two } from './two'"],
      ['a/two.ts', "export { three } from '../b/Three.vue'"],
      ['b/Three.vue', `<script setup lang="ts">\n${last}\n</script>`],
    ]);
  const circle = ['a/one.ts', 'a/two.ts', 'b/Three.vue', 'a/one.ts'];
  expect(findCircle(sources("import { one } from '../a/one'"))).toEqual(circle);
  expect(findCircle(sources("import type { One } from '../a/one'"))).toBeNull();
});

test('every room the table names as importable is itself in the table', () => {
  const known = new Set(rooms.map((room) => room.path));
  expect(rooms.flatMap((room) => room.rooms).filter((name) => !known.has(name))).toEqual([]);
});

describe('is refused:', () => {
  test.each([
    ['Node in shared', 'shared/a.ts', "import fs from 'node:fs'"],
    ['Node by its old name in shared', 'shared/a.ts', "import fs from 'fs'"],
    ['the engine reaching up to the threads', 'electron/engine/a.ts', "import { run } from '../threads/run'"],
    ['a re-export upwards', 'electron/kernels/a.ts', "export { em } from '../engine/em'"],
    ['a dynamic import upwards', 'electron/kernels/a.ts', "const em = await import('../engine/em')"],
    ['a type taken from above', 'shared/a.ts', "import type { Em } from '../electron/engine/em'"],
    ['an inline type taken from above', 'shared/a.ts', "let em: import('../electron/engine/em').Em"],
    ['the service in main', 'electron/main/a.ts', "import { serve } from '../service/serve'"],
    ['Electron in the service at run time', 'electron/service/a.ts', "import { app } from 'electron'"],
    ['Electron in the command line', 'electron/cli/a.ts', "import type { App } from 'electron'"],
    ['ECharts at run time in a chart', 'renderer/charts/a.ts', "import { init } from 'echarts/core'"],
    ['ECharts at run time in a page', 'renderer/pages/a.ts', "import * as echarts from 'echarts'"],
    ['Node in the window', 'renderer/pages/a.ts', "import path from 'node:path'"],
    ['the engine in the window', 'renderer/pages/a.ts', "import { em } from '../../electron/engine/em'"],
    ['a package nobody agreed on', 'renderer/pages/a.ts', "import _ from 'lodash'"],
    ['a page in the client', 'renderer/client/a.ts', "import { page } from '../pages/page'"],
  ])('%s', (_what, file, text) => {
    expect(checkFile(file, text, rooms)).toHaveLength(1);
  });

  test('a file in a folder nobody declared', () => {
    expect(checkFile('electron/attic/a.ts', '', rooms)).toHaveLength(1);
  });

  test('an import in the second script of a component, named with its line', () => {
    const text =
      '<script lang="ts">\n</script>\n<script setup lang="ts">\nimport fs from \'node:fs\'\n</script>\n';
    expect(checkFile('renderer/pages/A.vue', text, rooms)[0]).toMatch(/^renderer\/pages\/A\.vue:4: /);
  });
});

describe('is allowed:', () => {
  test.each([
    [
      'downwards',
      'electron/engine/a.ts',
      "import { dot } from '../kernels/dot'; import { Table } from '../../shared/table'",
    ],
    ['types of ECharts in a chart', 'renderer/charts/a.ts', "import type { EChartsOption } from 'echarts'"],
    [
      'ECharts in the one component that owns it',
      'renderer/components/EChart.vue',
      "<script setup lang='ts'>import { init } from 'echarts/core'</script>",
    ],
    [
      'an import named only in a comment',
      'shared/a.ts',
      "// import fs from 'node:fs'\nexport const a = \"import 'fs'\";",
    ],
  ])('%s', (_what, file, text) => {
    expect(checkFile(file, text, rooms)).toEqual([]);
  });
});
