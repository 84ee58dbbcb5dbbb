import { inject, type InjectionKey } from 'vue';
import { connectClient, type PortClient, type ServiceClient } from '../../shared/contract/port';
import type { Desktop } from '../../shared/desktop';
import { servicePortMessage } from '../../shared/desktopChannels';
import type { Failure } from '../../shared/failure';

export const serviceKey: InjectionKey<ServiceClient> = Symbol('service');

/** The service, as provided at the root of the application. */
export function useService(): ServiceClient {
  const service = inject(serviceKey);
  if (!service) throw new Error('No service is provided at the root.');
  return service;
}

/**
 * The one client of the window. It outlives service processes: when one is lost, calls under way fail with
 * `serviceLost`, a new port is asked for, and `onRestart` runs once it is there, so that tables can be reopened.
 * Calls made before a port has come wait for it.
 */
export function connectService(desktop: Desktop, onRestart: (reason: string) => void): ServiceClient {
  let current: PortClient | null = null;
  let lostBecause: string | null = null;
  let arrived = Promise.withResolvers<PortClient>();

  window.addEventListener('message', (message) => {
    const [port] = message.ports;
    if (message.source !== window || message.data !== servicePortMessage || !port) return;
    current = connectClient({
      post: (value) => port.postMessage(value),
      onMessage: (listener) => {
        port.onmessage = (event) => listener(event.data);
      },
    });
    arrived.resolve(current);
    if (lostBecause !== null) onRestart(lostBecause);
    lostBecause = null;
  });

  desktop.onService(({ reason }) => {
    const failure: Failure = { kind: 'serviceLost', reason };
    lostBecause = reason;
    arrived = Promise.withResolvers<PortClient>();
    current?.close(failure);
    current = null;
    desktop.connect();
  });
  desktop.connect();

  return {
    async call(call, body, options) {
      return (current ?? (await arrived.promise)).call(call, body, options);
    },
  };
}
