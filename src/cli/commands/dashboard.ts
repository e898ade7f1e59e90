// whyred dashboard <name>
import { dashboardDocument, dashboardText } from '../../answer/dashboard.ts';
import { jsonText } from '../../answer/json.ts';
import { parseAddress } from '../../ci/address.ts';
import { safeText } from '../../ci/text.ts';
import type { Sources } from '../../sources/ports.ts';
import { readHealth } from '../../tooling/dashboard.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, widthOf } from '../io.ts';
import { openSources } from '../options.ts';

export const dashboard: Command = {
  name: 'dashboard',
  usage: 'dashboard <name>',
  summary: 'the health of a dashboard’s tabs, and where TestGrid’s own status says otherwise',
  run: async ({ words, values }, io) => {
    const sources = openSources(values, io);
    try {
      const name = nameOf(words, sources);
      const read = await readHealth(name, sources, io.clock);
      if (read === null) {
        io.stderr.write(`whyred: there is no dashboard ${JSON.stringify(safeText(name))}\n`);
        return EXIT.notFound;
      }
      const { health } = read;
      const text = dashboardText(name, health, { paint: paintFor(io), width: widthOf(io) });
      io.stdout.write(values.json === true ? jsonText(dashboardDocument(name, health)) : text);
      return health.tabs.some((tab) => tab.health !== null) ? EXIT.answered : EXIT.unreachable;
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
