// A dashboard's health as text for a terminal, and as the document of `--json`.
import { z } from 'zod';
import type { DashboardHealth, TabHealth } from '../grids/dashboard.ts';
import { safeText } from '../ci/text.ts';
import { HealthState, LastState, TestGridStatus } from './heatmap/schema.ts';
import { wrapped } from './heatmap/text-list.ts';
import { paintState, type Paint } from './paint.ts';
import { plural, testgridWords } from './words.ts';

/** The document that `whyred dashboard --json` writes. */
export const DashboardSchema = z.strictObject({
  dashboard: z.string(),
  state: HealthState.or(z.literal('unknown')).describe(
    'the worst of its tabs; unknown: a tab that may fail was not read',
  ),
  counts: z.record(z.string(), z.int()).describe('tabs by state'),
  tabs: z
    .array(
      z.strictObject({
        tab: z.string(),
        state: HealthState.nullable().describe('null: the grid could not be read'),
        was: LastState,
        headline: z.string(),
        reasons: z.array(z.string()),
        testgrid: TestGridStatus,
        disagrees: z.string().nullable().describe('why TestGrid says otherwise; null where it does not'),
        problem: z.string().nullable(),
      }),
    )
    .describe('what needs a person first'),
});
export type DashboardDocument = z.infer<typeof DashboardSchema>;

export const dashboardDocument = (dashboard: string, { state, counts, tabs }: DashboardHealth): DashboardDocument => ({
  dashboard,
  state,
  counts: Object.fromEntries(counts),
  tabs: tabs.map(({ tab, health, headline, problem }) => ({
    tab,
    state: health?.state ?? null,
    was: health?.was ?? null,
    headline,
    reasons: [...(health?.reasons ?? [])],
    testgrid: health?.testgrid ?? null,
    disagrees: health?.disagrees ?? null,
    problem,
  })),
});

export interface DashboardTextOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The dashboard in words: each tab that is not passing with its finding, the passing ones by name. */
export function dashboardText(name: string, dashboard: DashboardHealth, options: DashboardTextOptions): string {
  const { paint, width } = options;
  const counts = [...dashboard.counts].map(([state, n]) => `${n} ${state}`).join(', ');
  const passing = dashboard.tabs.filter(({ health }) => health?.state === 'passing' && health.disagrees === null);
  const others = dashboard.tabs.filter((tab) => !passing.includes(tab));
  const names = passing.map(({ tab }) => safeText(tab)).join(', ');
  return [
    `${paintState(dashboard.state, paint)}  ${paint.bold(safeText(name))}`,
    `  ${plural(dashboard.tabs.length, 'tab')}: ${counts}`,
    ...others.flatMap((tab) => ['', ...tabLines(tab, options)]),
    ...(names === '' ? [] : ['', ...wrapped(`passing: ${names}`, width - 2).map((line) => `  ${paint.dim(line)}`)]),
    '',
  ].join('\n');
}

function tabLines({ tab, health, headline, problem }: TabHealth, { paint, width }: DashboardTextOptions): string[] {
  const said = health?.disagrees ?? null;
  const was = health?.was ?? null;
  return [
    `${paintState(health?.state ?? 'unknown', paint)}  ${safeText(tab)}${was === null ? '' : `, ${was} when it last ran`}`,
    ...wrapped(safeText(problem ?? headline), width - 2).map((line) => `  ${line}`),
    ...wrapped(safeText(health?.reasons.join('; ') ?? ''), width - 2).map((line) => `  ${paint.dim(line)}`),
    ...(said === null ? [] : wrapped(testgridWords(health?.testgrid ?? null, said), width - 2)).map(
      (line) => `  ${paint.dim(line)}`,
    ),
  ];
}
