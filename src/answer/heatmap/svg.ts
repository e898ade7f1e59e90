// A grid as a picture: what a person pastes into an incident. One SVG document that needs nothing from elsewhere.
import type { GridFindings } from '../../grids/findings.ts';
import type { Grid } from '../../grids/grid.ts';
import { headline } from './headline.ts';
import type { RunPlace } from './links.ts';
import { restWords, sizeWords, titleOf } from './summary.ts';
import { wrapPixels, textPixels } from './svg/font.ts';
import { legendMarkup } from './svg/legend.ts';
import { layoutSvg, MARGIN } from './svg/layout.ts';
import { element, escapeText, label } from './svg/markup.ts';
import {
  AXIS,
  axisMarkup,
  BARS,
  barsMarkup,
  columnsMarkup,
  flagsMarkup,
  LANE,
  placeFlags,
  STRIP,
} from './svg/marks.ts';
import { DEFINITIONS, FAIL, INK, MUTED } from './svg/palette.ts';
import { rowsMarkup } from './svg/rows.ts';
import { viewOf } from './view.ts';

/** `sites` and `job` say where the runs are opened; null makes no links. */
export interface GridSvgOptions extends RunPlace {
  /** Most tests in the picture. */
  readonly rows?: number;
}

const ROWS = 40;
const MOST_ROWS = 60;
const COLUMNS = 300;
const STATE_COLOUR: Readonly<Record<GridFindings['health']['state'], string>> = {
  failing: FAIL,
  flaky: '#8a4a00',
  passing: '#1f6f5c',
  stale: MUTED,
  'no completed runs': MUTED,
};

/** The SVG of a grid. `grid` is the one the findings' indices point into; all of its text is cleaned and escaped. */
export function gridSvg(grid: Grid, findings: GridFindings, options: GridSvgOptions): string {
  const view = viewOf(grid, findings, { rows: Math.min(options.rows ?? ROWS, MOST_ROWS), columns: COLUMNS });
  const layout = layoutSvg(view);
  const head = headMarkup(grid, findings, layout.width);
  const parts = [head.markup];
  let y = head.bottom;
  if (view.columns.length > 0) {
    const flags = placeFlags(view, layout);
    const lanes = flags.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
    const labels = y + lanes * LANE;
    const bars = view.failed.some((n) => n > 0) ? labels + 4 + BARS : labels;
    const strip = bars + 4;
    const top = strip + STRIP;
    const bottom = top + layout.height;
    parts.push(
      barsMarkup(view, layout, bars),
      columnsMarkup(view, layout, options, strip, bottom),
      rowsMarkup(view, layout, options, top),
      flagsMarkup(flags, labels, strip, bottom),
      axisMarkup(view, layout, bottom),
    );
    const legend = legendMarkup(view, layout.width, bottom + AXIS + 10);
    parts.push(legend.markup);
    y = bottom + AXIS + 10 + legend.height;
  }
  for (const line of restWords(grid, view).flatMap((text) => wrapPixels(text, 11, layout.width - 2 * MARGIN))) {
    parts.push(label(MARGIN, y + 12, line, { size: 11, fill: MUTED }));
    y += 16;
  }
  return documentOf(layout.width, y + MARGIN - 4, `${titleOf(grid)}: ${headline(findings)}`, parts);
}

const documentOf = (width: number, height: number, title: string, parts: readonly string[]): string =>
  `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${Math.round(height * 100) / 100}`,
      'font-family': "'DejaVu Sans', Verdana, sans-serif",
    },
    `\n<title>${escapeText(title)}</title>\n${[DEFINITIONS, element('rect', { width, height, fill: '#ffffff' }), ...parts].join('\n')}\n`,
  )}\n`;

/** State, title, finding and size. */
function headMarkup(grid: Grid, findings: GridFindings, width: number): { markup: string; bottom: number } {
  const room = width - 2 * MARGIN;
  const { state } = findings.health;
  const badge = textPixels(state.toUpperCase(), 11, true) + 16;
  const titles = wrapPixels(titleOf(grid), 13, room - badge - 10);
  const parts = [
    element('rect', { x: MARGIN, y: MARGIN, width: badge, height: 20, rx: 3, fill: STATE_COLOUR[state] }),
    label(MARGIN + 8, MARGIN + 14, state.toUpperCase(), { size: 11, fill: '#ffffff', bold: true }),
  ];
  let y = MARGIN + 14;
  for (const line of titles) {
    parts.push(label(MARGIN + badge + 10, y, line, { size: 13, fill: MUTED }));
    y += 18;
  }
  y += 10;
  for (const line of wrapPixels(headline(findings), 19, room)) {
    parts.push(label(MARGIN, y, line, { size: 17, fill: INK, bold: true }));
    y += 23;
  }
  for (const line of wrapPixels(sizeWords(findings), 12, room)) {
    parts.push(label(MARGIN, y, line, { size: 12, fill: MUTED }));
    y += 17;
  }
  return { markup: parts.join('\n'), bottom: y };
}
