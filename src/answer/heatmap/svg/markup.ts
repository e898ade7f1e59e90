// Writes SVG: elements with escaped text and attributes, numbers without tails.

export type Attributes = Readonly<Record<string, string | number | null>>;

const ESCAPE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in XML: escaped, without the two characters XML has no place for. */
export const escapeText = (text: string): string =>
  text.replace(/[\ufffe\uffff]/g, '').replace(/[&<>"']/g, (character) => ESCAPE[character] ?? '');

const number = (value: number): string => String(Math.round(value * 100) / 100);

/** One element; null attributes are left out. `inner` is markup, not text. */
export function element(name: string, attributes: Attributes, inner = ''): string {
  const list = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== null)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escapeText(value)}"`)
    .join('');
  return inner === '' ? `<${name}${list}/>` : `<${name}${list}>${inner}</${name}>`;
}

export interface TextStyle {
  readonly size: number;
  readonly fill?: string;
  readonly bold?: boolean;
  readonly anchor?: 'middle' | 'end';
}

/** One line of text, its baseline at `y`. */
export const label = (x: number, y: number, text: string, { size, fill, bold, anchor }: TextStyle): string =>
  element(
    'text',
    {
      x,
      y,
      'font-size': size,
      fill: fill ?? null,
      'font-weight': bold === true ? 'bold' : null,
      'text-anchor': anchor ?? null,
    },
    escapeText(text),
  );

/** Markup that shows `title` under the pointer, and opens `url` where there is one. */
export const linked = (url: string | null, title: string, inner: string): string => {
  const shown = `<title>${escapeText(title)}</title>${inner}`;
  return url === null ? element('g', {}, shown) : element('a', { href: url, target: '_blank' }, shown);
};

/** A path of rectangles, all of one colour. */
export const rectangles = (boxes: readonly (readonly [x: number, y: number, w: number, h: number])[]): string =>
  boxes.map(([x, y, w, h]) => `M${number(x)} ${number(y)}h${number(w)}v${number(h)}h${number(-w)}z`).join('');
