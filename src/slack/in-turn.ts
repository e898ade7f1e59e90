// Pieces of work that share a name are done one after another, those of other names beside them.
import pLimit, { type LimitFunction } from 'p-limit';

export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export function inTurn(): InTurn {
  const limits = new Map<string, LimitFunction>();
  return async (name, work) => {
    const limit = limits.get(name) ?? pLimit(1);
    limits.set(name, limit);
    try {
      return await limit(work);
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) limits.delete(name);
    }
  };
}
