// What the demo world's tests share: one world, and its answers read as a client reads them.
import { createWorld, type DemoWorld, type Scenario } from '../../../src/sources/demo/world.ts';

export const world: DemoWorld = createWorld({ seed: 7 });

export const get = (path: string, headers: Record<string, string> = {}, from: DemoWorld = world) =>
  from.answer('GET', new URL(path, 'http://demo'), headers);

export const textOf = (path: string): string => get(path).body.toString();

export const jsonOf = (path: string): unknown => JSON.parse(textOf(path));

export interface HistoryEntry {
  SpyglassLink: string;
  ID: string;
  Started: string;
  Duration: number;
  Result: string;
}

export interface Table {
  query: string;
  changelists: string[];
  column_ids: string[];
  timestamps: number[];
  'custom-columns': string[][];
  tests: {
    name: string;
    alert: { 'fail-count': number } | null;
    statuses: { count: number; value: number }[];
    messages: string[];
    short_texts: string[];
  }[];
}

export interface Listing {
  items?: { name: string; bucket: string; size: string; generation: string; updated: string; contentType: string }[];
  prefixes?: string[];
  nextPageToken?: string;
}

export const list = (bucket: string, query: Record<string, string>): Listing =>
  jsonOf(`/gcs/storage/v1/b/${bucket}/o?${new URLSearchParams(query).toString()}`) as Listing;

export const entriesOf = (html: string): HistoryEntry[] =>
  JSON.parse(/var allBuilds = (\[.*\]);/.exec(html)?.[1] ?? '[]') as HistoryEntry[];

export const olderOf = (html: string): string | undefined => /\?buildId=(\d+)">&lt;- Older/.exec(html)?.[1];

/** The path of a scenario's job history: presubmits keep it apart from their runs. */
export const historyOf = ({ bucket, path, job }: Scenario): string =>
  `/deck/job-history/gs/${bucket}/${path.startsWith('pr-logs/') ? `pr-logs/directory/${job}` : path}`;

/** All runs of a scenario's job, newest first, page after page. */
export function runsOf(scenario: Scenario): HistoryEntry[] {
  const runs: HistoryEntry[] = [];
  for (let from: string | undefined = ''; from !== undefined;) {
    const html = textOf(historyOf(scenario) + from);
    runs.push(...entriesOf(html));
    const older = olderOf(html);
    from = older === undefined ? undefined : `?buildId=${older}`;
  }
  return runs;
}

export const tableOf = ({ dashboard, tab }: Scenario): Table =>
  jsonOf(`/testgrid/${dashboard}/table?tab=${encodeURIComponent(tab)}`) as Table;

export const scenario = (id: string): Scenario => {
  const found = world.scenarios.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
};

/** The statuses of a row, one for each column. */
export const cellsOf = (row: Table['tests'][number]): number[] =>
  row.statuses.flatMap(({ count, value }) => Array.from({ length: count }, () => value));
