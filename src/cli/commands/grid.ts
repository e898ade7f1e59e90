// whyred grid <dashboard> <tab>
import { writeFileSync } from 'node:fs';
import { gridDocument } from '../../answer/heatmap/json.ts';
import { gridSvg } from '../../answer/heatmap/svg.ts';
import { gridText } from '../../answer/heatmap/text.ts';
import { jsonText } from '../../answer/json.ts';
import { agoWords } from '../../answer/words.ts';
import { parseAddress } from '../../ci/address.ts';
import { hasDashboard, type System } from '../../ci/system.ts';
import { safeText } from '../../ci/text.ts';
import type { Grid } from '../../grids/grid.ts';
import { understand, type UnderstoodGrid } from '../../grids/understand.ts';
import { isNotFound } from '../../sources/errors.ts';
import type { Grids, Sources } from '../../sources/ports.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { gridFromFile, runPlace } from '../grids.ts';
import { paintFor, widthOf, type Io } from '../io.ts';
import { numberOf } from '../numbers.ts';
import { configOf, openSources } from '../options.ts';

const MAX_ROWS = 1000;

interface Place {
  readonly dashboard: string;
  readonly tab: string;
}

export const grid: Command = {
  name: 'grid',
  usage: 'grid <dashboard> <tab>',
  summary: 'what a TestGrid tab says, as a heat map; its URL, or --file table.json, will do too',
  run: async ({ words, values }, io) => {
    const rows = numberOf(values.rows, 'rows', { least: 1, most: MAX_ROWS });
    if (values.file !== undefined) {
      const { systems } = configOf(values, io);
      return show(understand(gridFromFile(values.file, words)), systems, values, rows, io);
    }
    const sources = openSources(values, io);
    try {
      const systems = sources.systems.map(({ system }) => system);
      const found = await fetchGrid(placeOf(words, systems), sources, io);
      if (found === null) return EXIT.notFound;
      return await show(understand(found, io.clock()), systems, values, rows, io);
    } finally {
      await sources.close();
    }
  },
};

function placeOf(words: readonly string[], systems: readonly System[]): Place {
  const [first = '', second = '', ...rest] = words;
  const address = second === '' ? parseAddress(first, systems) : null;
  if (address?.kind === 'tab') return address;
  if (address?.kind === 'dashboard') return { dashboard: address.dashboard, tab: '' };
  if (first === '' || rest.length > 0 || (second === '' && URL.canParse(first)))
    throw new UsageError('grid takes a dashboard and a tab, a TestGrid URL, or --file with a recorded table');
  return { dashboard: first, tab: second };
}

/** The tab's grid; null when there is none, which it has then said. @throws SourceError */
async function fetchGrid(place: Place, sources: Sources, io: Io): Promise<Grid | null> {
  const [first, ...others] = sources.systems.toSorted(
    (a, b) => Number(hasDashboard(b.system, place.dashboard)) - Number(hasDashboard(a.system, place.dashboard)),
  );
  for (const { grids } of [...(first ? [first] : []), ...others]) {
    try {
      if (place.tab === '') break;
      const { value, staleMs } = await grids.table(place.dashboard, place.tab, { durations: true });
      if (staleMs !== null) {
        const then = new Date(io.clock() - staleMs).toISOString();
        io.stderr.write(`whyred: TestGrid did not answer: this is the grid as it was ${agoWords(then, io.clock())}\n`);
      }
      return value;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  if (first) await sayMissing(place, first.grids, io);
  return null;
}

async function sayMissing({ dashboard, tab }: Place, grids: Grids, io: Io): Promise<void> {
  try {
    const { value: tabs } = await grids.tabs(dashboard);
    const asked = tab === '' ? 'Which tab of it?' : `It has no tab ${JSON.stringify(safeText(tab))}.`;
    io.stderr.write(`whyred: dashboard ${safeText(dashboard)}: ${asked} Its tabs:\n`);
    for (const name of tabs) io.stderr.write(`  ${safeText(name)}\n`);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    io.stderr.write(`whyred: there is no dashboard ${JSON.stringify(safeText(dashboard))}\n`);
  }
}

async function show(
  { grid: understood, findings }: UnderstoodGrid,
  systems: readonly System[],
  options: Call['values'],
  rows: number | undefined,
  io: Io,
): Promise<number> {
  const place = runPlace(understood, systems);
  const limit = rows === undefined ? {} : { rows };
  if (options.svg !== undefined || options.png !== undefined) {
    const svg = gridSvg(understood, findings, { ...place, ...limit });
    if (options.svg !== undefined) write(options.svg, svg);
    if (options.png !== undefined) {
      // The renderer is a native library: loaded only for a picture.
      const { gridPng } = await import('../../answer/heatmap/png.ts');
      write(options.png, gridPng(svg));
    }
  }
  const text =
    options.json === true
      ? jsonText(gridDocument(understood, findings, place))
      : gridText(understood, findings, { paint: paintFor(io), width: widthOf(io), now: io.clock(), ...limit });
  io.stdout.write(text);
  return EXIT.answered;
}

function write(path: string, content: string | Buffer): void {
  try {
    writeFileSync(path, content);
  } catch {
    throw new UsageError(`${path} cannot be written`);
  }
}
