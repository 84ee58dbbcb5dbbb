import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../../../../shared/failure';
import { failed, ok, type Result } from '../../../../shared/result';
import { fileProblem } from '../../../files/fileProblem';

/**
 * Names in a folder that no file has, whether it is there or still to be written. Names that differ in case or in how
 * their accents are stored are taken for one, as some disks take them.
 */
export class FreeNames {
  private constructor(private readonly taken: Set<string>) {}

  static async of(folder: string): Promise<Result<FreeNames, Failure>> {
    try {
      return ok(new FreeNames(new Set((await readdir(folder)).map(same))));
    } catch (error) {
      const problem = fileProblem(error);
      if (problem === null) throw error;
      return failed({ kind: 'notWritten', file: path.basename(folder), problem });
    }
  }

  /**
   * Takes `stem` with each of the ends, or `stem (2)` and so on if one of these names is taken. Answers what the names begin
   * with.
   */
  take(stem: string, ends: readonly string[]): string {
    for (let number = 1; ; number++) {
      const free = number === 1 ? stem : `${stem} (${number})`;
      const names = ends.map((end) => same(free + end));
      if (names.some((name) => this.taken.has(name))) continue;
      for (const name of names) this.taken.add(name);
      return free;
    }
  }
}

const same = (name: string): string => name.normalize('NFC').toLowerCase();
