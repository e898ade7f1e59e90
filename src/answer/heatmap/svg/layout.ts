// Where everything of the picture stands.
import type { RowFinding } from '../../../grids/findings.ts';
import { figureWords } from '../figures.ts';
import { shortName } from '../names.ts';
import { isBroken } from '../order.ts';
import type { View, ViewRow } from '../view.ts';
import { textPixels } from './font.ts';
import { ROW } from './palette.ts';

export const MARGIN = 20;
export const NAME_SIZE = 12;
const NAME_MOST = 430;
const GUTTER = 14;
const GAP = 12;
/** Space between broken, flaky and other rows. */
const SECTION = 7;
const CELLS_ROOM = 820;
const WIDEST_CELL = 18;
const NARROWEST_CELL = 4;
const LEAST_WIDTH = 860;

export interface LaidRow {
  readonly view: ViewRow;
  readonly name: string;
  readonly figure: string;
  /** Top, from the top of the map. */
  readonly y: number;
}

export interface SvgLayout {
  readonly width: number;
  readonly namesX: number;
  readonly cellsX: number;
  readonly figureX: number;
  /** From one run to the next. */
  readonly pitch: number;
  /** Of a cell, without the gap to the next. */
  readonly cell: number;
  readonly rows: readonly LaidRow[];
  /** Height of all rows. */
  readonly height: number;
  /** Left edge of the run at a position. */
  readonly x: (position: number) => number;
}

/** The places of all parts, from what stands in them. */
export function layoutSvg(view: View): SvgLayout {
  let y = 0;
  let section: string | null = null;
  const rows = view.rows.map((row): LaidRow => {
    const own = row.shown === null ? 'run' : sectionOf(row.shown.finding);
    if (section !== null && own !== section) y += SECTION;
    section = own;
    const fits = (text: string): boolean => namePixels(row, text) <= NAME_MOST;
    const name = row.isOverall ? 'run as a whole' : shortName(row.row.name, fits);
    const figure = row.shown === null ? '' : figureWords(row.shown.finding);
    const laid = { view: row, name, figure, y };
    y += ROW;
    return laid;
  });
  const names = Math.max(110, ...rows.map(({ view: row, name }) => namePixels(row, name)));
  const figures = Math.max(
    0,
    ...rows.map(({ view: row, figure }) => figurePixels(row.shown?.finding.class ?? '', figure)),
  );
  const columns = view.columns.length;
  const pitch = Math.max(
    NARROWEST_CELL,
    Math.min(WIDEST_CELL, Math.floor((2 * CELLS_ROOM) / Math.max(1, columns)) / 2),
  );
  const namesX = MARGIN + GUTTER;
  const cellsX = namesX + names + GAP;
  const figureX = cellsX + Math.max(90, columns * pitch) + GAP;
  return {
    width: Math.ceil(Math.max(LEAST_WIDTH, figureX + figures + MARGIN)),
    namesX,
    cellsX,
    figureX,
    pitch,
    cell: pitch >= 7 ? pitch - 1.5 : pitch - 0.5,
    rows,
    height: y,
    x: (position) => cellsX + position * pitch,
  };
}

/** Names of broken tests are bold. */
export const isBold = ({ shown }: ViewRow): boolean => shown !== null && isBroken(shown.finding);

const namePixels = (row: ViewRow, name: string): number => textPixels(name, NAME_SIZE, isBold(row));

/** Width of a class in bold and its figure behind it. */
export const figurePixels = (name: string, figure: string): number =>
  textPixels(`${name}  `, NAME_SIZE, true) + textPixels(figure, NAME_SIZE);

function sectionOf(finding: RowFinding): string {
  if (isBroken(finding)) return 'broken';
  return finding.class.includes('flaky') ? 'flaky' : 'other';
}
