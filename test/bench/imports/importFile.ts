import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createRandom, type Random } from '../../../electron/engine/numeric/random';

/** A delimited file to import, made by seed. */
export interface ImportFile {
  readonly name: string;
  readonly rows: number;
  readonly header: string;
  row(random: Random, index: number): string;
}

const towns = ['Berlin', 'Hamburg', 'Paris', 'Lyon', 'Rome', 'Oslo', 'Madrid', 'Porto'];

/** 97 and 89 MB. */
export const importFiles: readonly ImportFile[] = [
  {
    name: 'importNumbers',
    rows: 1_000_000,
    header: 'x0,x1,x2,x3,x4,x5,x6,x7,x8,x9',
    row: (random) => Array.from({ length: 10 }, () => (100 * random.normal()).toFixed(5)).join(','),
  },
  {
    name: 'importMixed',
    rows: 1_000_000,
    header: 'id,age,income,height,weight,score,town,joined,flag,ratio',
    row: (random, index) =>
      [
        index + 1,
        18 + random.integer(70),
        (30_000 + 8000 * random.normal()).toFixed(2),
        (170 + 10 * random.normal()).toFixed(4),
        (70 + 12 * random.normal()).toFixed(6),
        random.normal().toFixed(8),
        towns[random.integer(towns.length)],
        `20${10 + random.integer(15)}-${10 + random.integer(3)}-${10 + random.integer(19)}`,
        random.integer(2) === 0 ? 'yes' : 'no',
        random.uniform(),
      ].join(','),
  },
];

/** Makes the file in `folder` unless it is there. Answers its path. */
export function ensureImportFile(folder: string, { name, rows, header, row }: ImportFile): string {
  const file = path.join(folder, `${name}.csv`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const random = createRandom(1, 'bench', name);
  const unfinished = `${file}.part`;
  const handle = openSync(unfinished, 'w');
  writeSync(handle, `${header}\n`);
  const linesAtOnce = 10_000;
  for (let first = 0; first < rows; first += linesAtOnce) {
    const count = Math.min(linesAtOnce, rows - first);
    const lines = Array.from({ length: count }, (_, index) => row(random, first + index));
    writeSync(handle, `${lines.join('\n')}\n`);
  }
  closeSync(handle);
  renameSync(unfinished, file);
  return file;
}
