// The metrics of a process: one registry that every part adds its own to, and what the process itself tells.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export const createRegistry = (): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
};

/** Tells whether the process takes work, as `/readyz` does. */
export function tellReadiness(registry: Registry, isReady: () => boolean): void {
  new Gauge({
    name: 'whyred_ready',
    help: '1 while the process takes work',
    registers: [registry],
    collect() {
      this.set(isReady() ? 1 : 0);
    },
  });
}
