import { orders } from './orders';

/** Answers each order with one timed piece of work, which gives its score; the protocol is in peers/README.md. */
export async function serve(about: string, work: () => Promise<number>): Promise<void> {
  const say = (message: unknown): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
  say({ ready: about });
  for await (const _ of orders()) {
    const began = performance.now();
    const beganCpu = process.cpuUsage();
    const score = await work();
    const seconds = (performance.now() - began) / 1000;
    const cpu = process.cpuUsage(beganCpu);
    const peakBytes = 1024 * process.resourceUsage().maxRSS;
    say({ seconds, cpu: (cpu.user + cpu.system) / 1e6, score, iterations: 1, peakBytes });
  }
}
