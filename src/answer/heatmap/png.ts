// An SVG of ours as PNG. The fonts come from a package, never from the machine: the same SVG gives the same bytes.
import { fileURLToPath } from 'node:url';
import { renderAsync, Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf'];
const SCALE = 2;
/** Pixels on the longer side: what picture viewers and chats still open. */
const LONGEST = 8000;

/** @param scale pixels for one unit of the SVG; less where the picture would become too large */
export const gridPng = (svg: string, scale = SCALE): Buffer => new Resvg(svg, optionsFor(svg, scale)).render().asPng();

/** The same beside other work: a server goes on answering while it is drawn. */
export const gridPngBeside = async (svg: string, scale = SCALE): Promise<Buffer> =>
  (await renderAsync(svg, optionsFor(svg, scale))).asPng();

function optionsFor(svg: string, scale: number): ResvgRenderOptions {
  const fontFiles = FONTS.map((file) => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`)));
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' };
  const [, width = '1', height = '1'] = /^<svg [^>]{0,200}?width="([\d.]{1,9})" height="([\d.]{1,9})"/.exec(svg) ?? [];
  const zoom = Math.min(scale, LONGEST / Math.max(Number(width), Number(height)));
  return { font, fitTo: { mode: 'zoom', value: zoom } };
}
