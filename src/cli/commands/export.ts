// whyred export grid|runs|failures|metrics <job|dashboard#tab|dashboard>
import { safeText } from '../../ci/text.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { NotClear } from '../../diagnose/locate.ts';
import { readGrids, type NamedGrids } from '../../diagnose/read-grids.ts';
import type { Grid } from '../../grids/grid.ts';
import { understand } from '../../grids/understand.ts';
import type { System } from '../../ci/system.ts';
import { TABLES } from '../../tables/all.ts';
import { FORMATS, isFormat, type Format } from '../../tables/formats/all.ts';
import type { Table, Values } from '../../tables/table.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { gridFromFile, runPlace } from '../grids.ts';
import { progressOn, type Io } from '../io.ts';
import { configOf, openSources } from '../options.ts';
import { openOutput } from '../output.ts';
import { sinceOf } from '../since.ts';

const NAMES = TABLES.map(({ name }) => name).join('|');

/** What is asked for, checked before anything is fetched. */
interface Asked {
  readonly table: Table;
  readonly format: Format;
  readonly out: string | undefined;
  readonly since: number | null;
  /** For the state of a tab; null for a recorded table, whose time is of no matter. */
  readonly now: number | null;
}

export const exportCommand: Command = {
  name: 'export',
  usage: `export ${NAMES} <job|dashboard>`,
  summary: 'tidy tables as CSV, JSON lines or Parquet, of a job, dashboard#tab, dashboard or --file table.json',
  run: async ({ words: [name = '', ...target], values }, io) => {
    const table = TABLES.find((known) => known.name === name);
    if (!table) throw new UsageError(`export takes ${NAMES}, and of what`);
    const asked = { table, format: formatOf(values), out: values.out, since: sinceOf(values.since, io.clock()) };
    if (values.file !== undefined) {
      const { systems } = configOf(values, io);
      const grids = [gridFromFile(values.file, target)];
      return write({ tabs: null, grids }, { ...asked, now: null }, systems, io);
    }
    if (target.length === 0) throw new UsageError(`export ${name} of which job, dashboard#tab or dashboard?`);
    const sources = openSources(values, io);
    const gaps = new Gaps();
    try {
      const systems = sources.systems.map(({ system }) => system);
      const grids = await readGrids(target.join(' '), sources, gaps);
      return await write(grids, { ...asked, now: io.clock() }, systems, io);
    } catch (error) {
      if (!(error instanceof NotClear)) throw error;
      io.stderr.write(`whyred: ${safeText(error.message)}\n`);
      for (const { job } of error.candidates) io.stderr.write(`  ${safeText(job)}\n`);
      return EXIT.notFound;
    } finally {
      for (const { what, why, effect } of gaps.items)
        io.stderr.write(`whyred: ${safeText(`${what}: ${why}; ${effect}`)}\n`);
      await sources.close();
    }
  },
};

/** By --format, else by the end of the file's name, else CSV. @throws UsageError */
function formatOf({ format, out }: Call['values']): Format {
  const ending = out?.split('.').at(-1) ?? '';
  const text = format ?? (isFormat(ending) ? ending : 'csv');
  const known = Object.keys(FORMATS).join(', ');
  if (!isFormat(text)) throw new UsageError(`--format takes one of ${known}`);
  if (text === 'parquet' && out === undefined) throw new UsageError('Parquet is no text: say where to with --out FILE');
  return text;
}

async function write(
  { tabs, grids }: Omit<NamedGrids, 'grids'> & { readonly grids: AsyncIterable<Grid> | Iterable<Grid> },
  { table, format, out, since, now }: Asked,
  systems: readonly System[],
  io: Io,
): Promise<number> {
  const output = openOutput(out, io);
  const progress = progressOn(io);
  try {
    const writer = FORMATS[format](table.columns, output.write);
    const rows = table.open();
    const counts = { rows: 0, tabs: 0 };
    const counted = function* (values: Iterable<Values>): Generator<Values> {
      for (const one of values) {
        counts.rows += 1;
        yield one;
      }
    };
    for await (const grid of grids) {
      counts.tabs += 1;
      if (tabs !== null) progress.say(`tab ${counts.tabs} of ${tabs.length}`);
      writer.write(counted(rows.of({ ...understand(grid, now), place: runPlace(grid, systems), since })));
    }
    if (tabs !== null) writer.write(counted(rows.end()));
    progress.end();
    if (tabs !== null && tabs.length > 0 && counts.tabs === 0) return EXIT.unreachable;
    writer.end();
    output.keep();
    if (out !== undefined) io.stderr.write(`whyred: ${counts.rows} rows in ${safeText(out)}\n`);
    return EXIT.answered;
  } finally {
    output.close();
  }
}
