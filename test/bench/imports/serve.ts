import { createInterface } from 'node:readline';

/** Answers each line on the standard input with one timed import; the protocol is in peers/README.md. */
export async function serve(about: string, importRows: () => Promise<number>): Promise<void> {
  const say = (message: unknown): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
  say({ ready: about });
  for await (const _ of createInterface({ input: process.stdin })) {
    const began = performance.now();
    const beganCpu = process.cpuUsage();
    const rows = await importRows();
    const seconds = (performance.now() - began) / 1000;
    const cpu = process.cpuUsage(beganCpu);
    const peakBytes = 1024 * process.resourceUsage().maxRSS;
    say({ seconds, cpu: (cpu.user + cpu.system) / 1e6, score: rows, iterations: 1, peakBytes });
  }
}
