// A store that holds what a sync of a demo world's dashboards keeps.
import { Gaps } from '../../src/diagnose/gaps.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import type { Usage } from '../../src/sources/meter.ts';
import { createSources } from '../../src/sources/sources.ts';
import type { HistoryStore } from '../../src/store/history.ts';
import { findSubject } from '../../src/sync/subject.ts';
import { sync, type Synced } from '../../src/sync/sync.ts';
import type { Demo } from './demo.ts';

export interface Outcome {
  readonly synced: Synced;
  readonly gaps: Gaps['items'];
  readonly cost: Usage;
}

const DAY = 86_400_000;

/** One sync, as a process of its own would do it: nothing is remembered but what the store holds. */
export async function syncDemo(
  { world, server }: Demo,
  history: HistoryStore,
  names: readonly string[],
  { days = 30, limit = 1_000, maxBytes = Infinity } = {},
): Promise<Outcome> {
  const clock = (): number => world.now;
  const sources = createSources({ config: parseConfig({}, server.url), cache: memoryCache(), clock });
  const gaps = new Gaps();
  try {
    const subject = await findSubject(names, sources, gaps);
    const since = world.now - days * DAY;
    const synced = await sync(subject, gaps, { sources, history, since, limit, maxBytes });
    return { synced, gaps: gaps.items, cost: sources.usage() };
  } finally {
    await sources.close();
  }
}
