// How wide a text is in DejaVu Sans, so that a picture can be laid out without a renderer.

/** Advance widths of U+0020 to U+007E in thousandths of the size, from DejaVuSans.ttf 2.37. */
const REGULAR: readonly number[] = [
  317, 400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360, 317, 336, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 636, 336, 336, 837, 837, 837, 530, 1000, 684, 686, 698, 770, 631, 575, 774, 751, 294, 294, 655, 557, 862,
  748, 787, 603, 787, 694, 634, 610, 731, 684, 988, 685, 610, 685, 390, 336, 390, 837, 500, 500, 612, 634, 549, 634,
  615, 352, 634, 633, 277, 277, 579, 277, 974, 633, 611, 634, 634, 411, 520, 392, 633, 591, 817, 591, 591, 524, 636,
  336, 636, 837,
];
/** The bold face is at most this much wider. */
const BOLD = 1.13;
/** Other characters, no narrower than most of the font's. */
const OTHER = 1000;

/** Width of a cleaned text at a font size, in pixels. */
export function textPixels(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += REGULAR[(character.codePointAt(0) ?? 0) - 32] ?? OTHER;
  return (sum / 1000) * size * (bold ? BOLD : 1);
}

/** The words of a text on lines no wider than `width`, where words allow. */
export function wrapPixels(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textPixels(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
