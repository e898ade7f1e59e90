// whyred dashboard <name>
import { dashboardDocument, dashboardText } from '../../answer/dashboard.ts';
import { headline } from '../../answer/heatmap/headline.ts';
import { jsonText } from '../../answer/json.ts';
import { parseAddress } from '../../ci/address.ts';
import { hasDashboard } from '../../ci/system.ts';
import { safeText } from '../../ci/text.ts';
import { dashboardHealth, type TabHealth } from '../../grids/dashboard.ts';
import { understand } from '../../grids/understand.ts';
import { isNotFound, SourceError } from '../../sources/errors.ts';
import type { Grids, Sources } from '../../sources/ports.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, widthOf, type Io } from '../io.ts';
import { openSources } from '../options.ts';

export const dashboard: Command = {
  name: 'dashboard',
  usage: 'dashboard <name>',
  summary: 'the health of a dashboard’s tabs, and where TestGrid’s own status says otherwise',
  run: async ({ words, values }, io) => {
    const sources = openSources(values, io);
    try {
      const name = nameOf(words, sources);
      const found = await findDashboard(name, sources);
      if (found === null) {
        io.stderr.write(`whyred: there is no dashboard ${JSON.stringify(safeText(name))}\n`);
        return EXIT.notFound;
      }
      const tabs = await Promise.all(found.tabs.map((tab) => readTab(found.grids, name, tab, io)));
      const health = dashboardHealth(tabs);
      const text = dashboardText(name, health, { paint: paintFor(io), width: widthOf(io) });
      io.stdout.write(values.json === true ? jsonText(dashboardDocument(name, health)) : text);
      return tabs.some((tab) => tab.health !== null) ? EXIT.answered : EXIT.unreachable;
    } finally {
      await sources.close();
    }
  },
};

function nameOf([first = '', ...rest]: readonly string[], { systems }: Sources): string {
  const address = parseAddress(
    first,
    systems.map(({ system }) => system),
  );
  if (address?.kind === 'dashboard') return address.dashboard;
  if (first === '' || rest.length > 0 || URL.canParse(first))
    throw new UsageError('dashboard takes the name of one dashboard, or its TestGrid URL');
  return first;
}

async function findDashboard(name: string, { systems }: Sources): Promise<{ grids: Grids; tabs: string[] } | null> {
  const likely = systems.toSorted(
    (a, b) => Number(hasDashboard(b.system, name)) - Number(hasDashboard(a.system, name)),
  );
  for (const { grids } of likely) {
    try {
      const { value } = await grids.tabs(name);
      return { grids, tabs: [...value] };
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return null;
}

/** One tab, read and understood; a grid that cannot be had is said, not left out. */
async function readTab(grids: Grids, name: string, tab: string, io: Io): Promise<TabHealth> {
  try {
    const { value } = await grids.table(name, tab);
    const { findings } = understand(value, io.clock());
    return { tab, health: findings.health, headline: headline(findings), problem: null };
  } catch (error) {
    if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
    return { tab, health: null, headline: '', problem: `its grid could not be read: ${error.message}` };
  }
}
