// A CI system: one Prow with its buckets, its public pages and its TestGrid dashboards.
import type { PublicSites } from './links.ts';

export interface System {
  readonly name: string;
  readonly buckets: readonly string[];
  readonly sites: PublicSites;
  /** Hosts of file browsers over the buckets, whose URLs people paste. */
  readonly gcsweb: readonly string[];
  /** Names of its TestGrid dashboards; `*` stands for any characters. */
  readonly dashboards: readonly string[];
}

/** The system that keeps its runs in `bucket`. */
export const systemOfBucket = (systems: readonly System[], bucket: string): System | undefined =>
  systems.find((system) => system.buckets.includes(bucket));

/** True when the system's dashboard patterns name `dashboard`. */
export function hasDashboard(system: System, dashboard: string): boolean {
  return system.dashboards.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(dashboard);
  });
}
