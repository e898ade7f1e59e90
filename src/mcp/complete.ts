// Completion of arguments: names of jobs, dashboards and tabs that the sources know, without asking for more than lists.
import { anyGrids } from '../diagnose/search-jobs.ts';
import { partsOf, rank } from '../diagnose/match.ts';
import type { Sources } from '../sources/ports.ts';

/** What the protocol takes at most. */
const MOST = 100;

export interface Completion {
  readonly values: string[];
  readonly total: number;
  readonly hasMore: boolean;
}

/**
 * Names for an argument that fit what is typed so far, those that begin with it first; none for an argument nobody
 * can complete, or while the source does not answer.
 * @param known other arguments, e.g. the dashboard whose tabs are wanted
 */
export async function complete(
  argument: string,
  typed: string,
  known: Readonly<Record<string, string>>,
  sources: Sources,
): Promise<Completion> {
  const names = await namesFor(argument, known, sources).catch(() => []);
  const fitting = fit(names, typed);
  return { values: fitting.slice(0, MOST), total: fitting.length, hasMore: fitting.length > MOST };
}

async function namesFor(
  argument: string,
  known: Readonly<Record<string, string>>,
  sources: Sources,
): Promise<readonly string[]> {
  switch (argument) {
    case 'job': {
      const recent = await Promise.all(sources.systems.map(({ runs }) => runs.recent()));
      return [...new Set(recent.flatMap(({ value }) => value.map(({ job }) => job.name)))].sort();
    }
    case 'dashboard':
      return (await anyGrids(sources).dashboards()).value;
    case 'tab':
      return known['dashboard'] === undefined ? [] : (await anyGrids(sources).tabs(known['dashboard'])).value;
    case 'bucket':
      return sources.systems.flatMap(({ system }) => system.buckets);
    default:
      return [];
  }
}

function fit(names: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  if (wanted === '') return [...names];
  const begins = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const rest = names.filter((name) => !begins.includes(name));
  return [...begins, ...rank(partsOf(typed), rest, (name) => name, 0.5).map(({ item }) => item)];
}
