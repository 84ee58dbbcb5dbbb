/** What the files of one room may import. */
export interface Room {
  /** Folder or single file, from the root of the project. A longer path wins over a shorter one. */
  readonly path: string;
  /** Rooms it may import at run time, besides itself. */
  readonly rooms: readonly string[];
  /** Packages it may import at run time; `node:*` stands for everything Node brings. */
  readonly packages: readonly string[];
  /** Packages of which it may import types only. */
  readonly typePackages?: readonly string[];
}

const window = ['zod', 'vue', 'pinia', '@vueuse/core', 'reka-ui', '@lucide/vue'];
const windowRooms = [
  'renderer',
  'renderer/client',
  'renderer/charts',
  'renderer/components/EChart.vue',
  'shared',
];

/**
 * The house: who may import whom. Imports point one way, from the window and the processes down to `shared`,
 * so a room can be understood, tested and replaced without the rooms above it.
 */
export const rooms: readonly Room[] = [
  // Its version is stamped into results.
  { path: 'package.json', rooms: [], packages: [] },
  { path: 'shared', rooms: ['package.json'], packages: ['zod'] },
  { path: 'electron/kernels', rooms: ['shared'], packages: [] },
  { path: 'electron/engine', rooms: ['electron/kernels', 'shared'], packages: ['pure-rand'] },
  {
    path: 'electron/image',
    rooms: ['electron/engine', 'electron/kernels', 'shared'],
    packages: ['culori'],
  },
  {
    path: 'electron/files',
    rooms: ['shared'],
    packages: ['node:*', 'papaparse', '@e965/xlsx', 'zod', 'sharp', 'gifenc', '@jsquash/oxipng'],
  },
  {
    path: 'electron/threads',
    rooms: ['electron/image', 'electron/engine', 'electron/kernels', 'shared'],
    packages: ['node:*'],
  },
  {
    path: 'electron/pictures',
    rooms: [
      'electron/threads',
      'electron/image',
      'electron/engine',
      'electron/kernels',
      'electron/files',
      'shared',
    ],
    packages: ['node:*'],
  },
  {
    path: 'electron/service',
    rooms: [
      'electron/pictures',
      'electron/threads',
      'electron/image',
      'electron/engine',
      'electron/kernels',
      'electron/files',
      'shared',
    ],
    packages: ['node:*', 'zod'],
    typePackages: ['electron'],
  },
  { path: 'electron/main', rooms: ['shared'], packages: ['node:*', 'electron', 'zod'] },
  { path: 'electron/preload', rooms: ['shared'], packages: ['electron'] },
  // The command line is a client of the contract; it only starts the service, in its own process.
  {
    path: 'electron/cli',
    rooms: ['electron/service', 'electron/files', 'shared'],
    packages: ['node:*', 'zod'],
  },
  { path: 'renderer/client', rooms: ['shared'], packages: ['vue'] },
  { path: 'renderer/charts', rooms: ['shared'], packages: ['d3-contour'], typePackages: ['echarts'] },
  {
    path: 'renderer/components/EChart.vue',
    rooms: windowRooms,
    packages: [...window, 'echarts'],
  },
  { path: 'renderer', rooms: windowRooms, packages: window, typePackages: ['echarts'] },
];
