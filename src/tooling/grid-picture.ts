// A grid as a picture, with words for those who do not see it.
import { headline } from '../answer/heatmap/headline.ts';
import { sizeWords, titleOf } from '../answer/heatmap/summary.ts';
import { openGrid } from './grid.ts';
import type { ToolContext } from './tool.ts';

/** A picture of more is no picture any more, and takes a second to draw. */
const ROWS = 40;

export interface GridPicture {
  readonly png: Buffer;
  readonly title: string;
  readonly alt: string;
}

/** The picture of the grid that `text` names. @throws NotClear, SourceError, SourcesUnreachable */
export async function gridPicture(text: string, context: ToolContext): Promise<GridPicture> {
  const { grid, findings, place } = await openGrid(text, context);
  // The renderer is a native library: loaded only for a picture. It asks for a report of the process, to learn which C
  // library this is, and Node looks up the names of all open connections for one: seconds in which nothing else happens.
  Object.assign(process.report, { excludeNetwork: true });
  const { gridSvg } = await import('../answer/heatmap/svg.ts');
  const { gridPngBeside } = await import('../answer/heatmap/png.ts');
  const png = await gridPngBeside(gridSvg(grid, findings, { ...place, rows: ROWS }));
  return { png, title: titleOf(grid), alt: `${headline(findings)}. ${sizeWords(findings)}.` };
}
