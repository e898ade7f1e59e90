// get_dashboard_health: the state of a dashboard's tabs by their own runs and tests, and where TestGrid says otherwise.
import { z } from 'zod';
import { gridUrl } from '../src/ci/links.ts';
import { nameOfDashboard, noDashboard, readHealth } from '../src/tooling/dashboard.ts';
import { pageOf } from '../src/tooling/paging.ts';
import { cursor, dashboard, limit } from '../src/tooling/params.ts';
import { paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

export default defineTool({
  name: 'get_dashboard_health',
  title: 'Health of a dashboard',
  description:
    'State of each tab of a TestGrid dashboard with its finding in a sentence, what needs a person first; says where TestGrid’s own status differs and why.',
  input: z.strictObject({ dashboard, limit: limit(30, 60), cursor }),
  output: z.strictObject({
    dashboard: z.string(),
    url: z.string(),
    state: z.string(),
    counts: z.array(z.string()),
    tabs: z.array(
      z.strictObject({
        tab: z.string(),
        state: z.string(),
        headline: z.string(),
        testgrid_disagrees: z.string().optional(),
      }),
    ),
    left: z.int(),
    cursor: z.string().nullable(),
  }),
  run: async ({ dashboard: text, limit, cursor }, { sources, clock, progress }) => {
    const name = nameOfDashboard(text, sources);
    progress('reading the tabs');
    const read = await readHealth(name, sources, clock);
    if (!read) throw await noDashboard(name, sources);
    const { state, counts, tabs } = read.health;
    const page = pageOf(tabs, name, limit, cursor);
    return {
      dashboard: name,
      url: gridUrl(read.ci.system.sites, name, '').replace(/#$/, ''),
      state,
      counts: Array.from(counts, ([kind, count]) => `${count} ${kind}`),
      tabs: page.items.map(({ tab, health, headline: found, problem }) => ({
        tab,
        state: health?.state ?? 'unknown',
        headline: problem ?? found,
        ...(health?.disagrees == null ? {} : { testgrid_disagrees: `${health.testgrid ?? ''}: ${health.disagrees}` }),
      })),
      left: page.left,
      cursor: page.cursor,
    };
  },
  present: ({ dashboard: name, url, state, counts, tabs, left, cursor: next }) =>
    paragraphs(
      `${name}: ${state} (${counts.join(', ')}) ${url}`,
      tabs.map(
        ({ tab, state: own, headline: found, testgrid_disagrees: why }) =>
          `${own}: ${tab}: ${found}${why === undefined ? '' : ` (TestGrid: ${why})`}`,
      ),
      next === null ? '' : `${left} more tabs: cursor ${next}`,
    ),
});
