// An understood grid as the document that `schema.ts` describes.
import type { GridFindings, RowFinding, RunRef } from '../../grids/findings.ts';
import type { Grid } from '../../grids/grid.ts';
import { isoTime } from './figures.ts';
import { buildUrl, type RunPlace } from './links.ts';
import type { GridDocument } from './schema.ts';

type RunDocument = GridDocument['columns'][number];

/** The document of a grid. `grid` is the one the findings' indices point into. */
export function gridDocument(grid: Grid, findings: GridFindings, place: RunPlace): GridDocument {
  const run = ({ build, time }: RunRef): Pick<RunDocument, 'build' | 'time' | 'url'> => ({
    build,
    time: isoTime(time),
    url: buildUrl(place, build),
  });
  const orNull = (ref: RunRef | null): ReturnType<typeof run> | null => (ref === null ? null : run(ref));
  const row = ({ stats, ...finding }: RowFinding): GridDocument['rows'][number] => ({
    name: finding.name,
    kind: finding.kind,
    class: finding.class,
    confidence: finding.confidence,
    reasons: [...finding.reasons],
    stats: { ...stats, rate: { ...stats.rate }, last_failed: orNull(stats.last_failed) },
    turns_red: finding.turns_red,
    in_event: finding.in_event,
    first_bad: orNull(finding.first_bad),
    best_guess: orNull(finding.best_guess),
    set: finding.set.map(run),
    last_good: orNull(finding.last_good),
    changes: Object.fromEntries(Array.from(finding.changes, ([name, [from, to]]) => [name, { from, to }])),
  });
  return {
    dashboard: grid.dashboard,
    tab: grid.tab,
    job: place.job?.name ?? null,
    health: { ...findings.health, reasons: [...findings.health.reasons] },
    durations: findings.durations && {
      drift: findings.durations.drift && { ...findings.durations.drift },
      limit: findings.durations.limit && {
        ...findings.durations.limit,
        runs: findings.durations.limit.runs.map(run),
      },
    },
    rows: findings.rows.map(row),
    columns: findings.columns.map((column) => ({
      ...run(column),
      class: column.class,
      confidence: column.confidence,
      reasons: [...column.reasons],
    })),
    groups: findings.groups.map(({ rows, runs, p }) => ({
      rows: rows.flatMap((index) => grid.rows[index]?.name ?? []),
      runs: runs.map(run),
      p,
    })),
    corrupt: grid.corrupt.map(({ name, why }) => ({ name, why })),
  };
}
