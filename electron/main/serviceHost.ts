import path from 'node:path';
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebFrameMain } from 'electron';
import { grantId, type GrantId } from '../../shared/ids';
import { hostAnswer, type HostMessage } from '../../shared/hostMessage';

interface Grant {
  readonly path: string;
  readonly access: 'read' | 'write';
}

/**
 * Owns the service process: starts it when it is first needed, hands its ports to windows, tells it which paths a
 * person chose, and starts it again, with the same grants, after a crash. It stays out of the path of the data.
 */
export class ServiceHost {
  private process: UtilityProcess | null = null;
  private readonly grants = new Map<GrantId, Grant>();
  private nextGrant = 1;

  /** `onLost` hears why the service went away; not called when it ends because the program ends. */
  constructor(private readonly onLost: (reason: string) => void) {}

  /**
   * Lets the service read or write `file`, and gives the name by which the window may ask for it once the service
   * knows it: what main and the window send to the service goes by different channels and may arrive in any order.
   */
  grant(file: string, access: Grant['access']): Promise<GrantId> {
    const grant = grantId.parse(`grant-${this.nextGrant++}`);
    this.grants.set(grant, { path: file, access });
    const service = this.running();
    return new Promise((resolve) => {
      const settle = (): void => {
        service.off('message', hear);
        service.off('exit', settle);
        resolve(grant);
      };
      const hear = (answer: unknown): void => {
        if (hostAnswer.parse(answer).granted === grant) settle();
      };
      service.on('message', hear);
      // A service that ends first hears of the grant when it is started again.
      service.once('exit', settle);
      service.postMessage({ kind: 'grant', grant, path: file, access } satisfies HostMessage);
    });
  }

  /** Sends one end of a new channel to the service and the other, as `channel`, to the window's frame. */
  connect(frame: WebFrameMain, channel: string): void {
    const { port1, port2 } = new MessageChannelMain();
    this.running().postMessage({ kind: 'connect' } satisfies HostMessage, [port1]);
    frame.postMessage(channel, null, [port2]);
  }

  stop(): void {
    const stopping = this.process;
    this.process = null;
    stopping?.kill();
  }

  private running(): UtilityProcess {
    if (this.process) return this.process;
    const started = utilityProcess.fork(path.join(import.meta.dirname, 'service.js'), [], {
      serviceName: 'Mixtura engine',
      stdio: 'inherit',
    });
    this.process = started;
    started.once('exit', (code) => {
      if (this.process !== started) return;
      this.process = null;
      this.onLost(exitReason(code));
    });
    for (const [grant, { path: file, access }] of this.grants)
      started.postMessage({ kind: 'grant', grant, path: file, access } satisfies HostMessage);
    return started;
  }
}

function exitReason(code: number): string {
  // 128 + signal, as shells count; 9 is what the system's out-of-memory killer sends.
  if (code === 137 || code === 9) return 'the system ended it, most often because memory ran out';
  if (code === 134 || code === 133 || code === 5 || code === 6) return 'it ran out of memory or met a fault';
  return `it ended with code ${code}`;
}
