import { readFileSync } from 'node:fs';

// What one thread of this machine can do at most, as compiled kernels could ask for it. Argument: ceilings.wasm.
// Started once for each thread at the same time; waits for a line, measures, and prints one line of JSON.
const memory = new WebAssembly.Memory({ initial: 4096, maximum: 4096, shared: true });
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const { multiplyAdds, read } = exports as unknown as {
  multiplyAdds(rounds: number): number;
  read(bytes: number): number;
};

const rounds = 20_000_000;
const bytes = 256 * 2 ** 20;
new Float64Array(memory.buffer).fill(1);

/** The best of some repetitions, in units a second. */
function rate(units: number, work: () => number): number {
  let best = 0;
  for (let repetition = 0; repetition < 6; repetition++) {
    const began = performance.now();
    if (!(work() > 0)) throw new Error('The ceilings are not what they should be.');
    best = Math.max(best, (1000 * units) / (performance.now() - began));
  }
  return best;
}

process.stdout.write('{"ready": "ceilings"}\n');
process.stdin.once('data', () => {
  const result = {
    multiplyAddsPerSecond: rate(16 * rounds, () => multiplyAdds(rounds)),
    bytesPerSecond: rate(bytes, () => read(bytes)),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
