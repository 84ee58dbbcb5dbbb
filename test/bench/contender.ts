import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

/** One timed fit. */
export interface Timing {
  readonly seconds: number;
  /** Seconds of processor time, all threads. */
  readonly cpu: number;
  readonly score: number;
  readonly iterations: number;
  readonly peakBytes: number;
}

/** A process that waits to be told to fit; its protocol is in peers/README.md. */
export class Contender {
  private readonly lines: AsyncIterator<string>;
  private errors = '';

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    reader: Interface,
  ) {
    this.lines = reader[Symbol.asyncIterator]();
    child.stderr.on('data', (text: Buffer) => (this.errors += text.toString()));
    // A program that is not there is noticed by the missing line.
    child.on('error', (error) => (this.errors += error.message));
  }

  /** Starts a program with its arguments; what it says it is, or null with the reason when it cannot run here. */
  static async start([command, ...args]: readonly string[]): Promise<
    { contender: Contender; about: string } | { contender: null; reason: string }
  > {
    const environment = { ...process.env };
    delete environment['OPENBLAS_CORETYPE'];
    delete environment['OPENBLAS_L2_SIZE'];
    const child = spawn(command, args, { env: environment });
    const contender = new Contender(child, createInterface({ input: child.stdout }));
    const ready = await contender.read();
    if (ready === null) return { contender: null, reason: contender.errors.trim().split('\n').at(-1) ?? '' };
    return { contender, about: (ready as { ready: string }).ready };
  }

  /** Runs one fit. */
  async fit(): Promise<Timing> {
    this.child.stdin.write('fit\n');
    const result = await this.read();
    if (result === null) throw new Error(`A contender ended: ${this.errors}`);
    return result as Timing;
  }

  end(): void {
    this.child.stdin.end();
    this.child.kill();
  }

  private async read(): Promise<unknown> {
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) return null;
      if (value.startsWith('{')) return JSON.parse(value);
    }
  }
}
