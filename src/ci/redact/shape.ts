// The shapes of tokens as data: `ghp_<alnum 36+>` is a literal and 36 or more characters of an alphabet.

/** Alphabets a shape may name, as they stand in a character class. */
export const ALPHABETS = {
  digit: '0-9',
  hex: '0-9a-f',
  xdigit: '0-9A-Fa-f',
  lower: '0-9a-z',
  letter: 'A-Za-z',
  upper: '0-9A-Z',
  base32: '2-7A-Z',
  alnum: '0-9A-Za-z',
  base64: '0-9A-Za-z+/',
  word: '0-9A-Za-z_-',
  dotted: '0-9A-Za-z_.=-',
  padded: '0-9A-Za-z_=-',
  tilde: '0-9A-Za-z_~.-',
  pad: '=',
} as const;

export type Alphabet = keyof typeof ALPHABETS;

/** A part of a shape: text, one of several texts, or characters of an alphabet. */
export type Part =
  | { readonly kind: 'text'; readonly options: readonly string[] }
  | { readonly kind: 'characters'; readonly alphabet: Alphabet; readonly min: number; readonly max: number };

/** So many characters a token of open length may have; a bound keeps its pattern linear. */
const LONGEST = 4_000;
/** A token of open length that the end of the text cuts off is known by its prefix and this many characters. */
const CUT_OFF = 8;
const UUID = '<xdigit 8>-<xdigit 4>-<xdigit 4>-<xdigit 4>-<xdigit 12>';
const PART = /<([a-z0-9]{3,6}) (\d{1,4})(\+|,\d{1,4})?>|\{([^{}]{1,200})\}|[^<{]{1,200}/g;

/**
 * The parts of a shape. `<alphabet n>`, `<alphabet n,m>` and `<alphabet n+>` are characters, `{a|b}` is one of several
 * texts, `<uuid>` what it says; everything else stands for itself.
 * @throws Error for an alphabet that is not known
 */
export function partsOf(shape: string): Part[] {
  const whole = shape.replaceAll('<uuid>', UUID);
  return Array.from(whole.matchAll(PART), ([text, alphabet, min, more, options]): Part => {
    if (options !== undefined) return { kind: 'text', options: options.split('|') };
    if (alphabet === undefined) return { kind: 'text', options: [text] };
    if (!isAlphabet(alphabet)) throw new Error(`no alphabet ${alphabet}`);
    const least = Number(min);
    return {
      kind: 'characters',
      alphabet,
      min: least,
      max: more === undefined ? least : more === '+' ? LONGEST : Number(more.slice(1)),
    };
  });
}

const isAlphabet = (name: string): name is Alphabet => Object.hasOwn(ALPHABETS, name);

/** The source of a regular expression that matches the shape; every repeat in it is bounded. */
export function patternOf(shape: string): string {
  const parts = partsOf(shape);
  return parts.map((part, i) => sourceOf(part, i === parts.length - 1)).join('');
}

function sourceOf(part: Part, isLast: boolean): string {
  if (part.kind === 'text') {
    const options = part.options.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    return options.length === 1 ? (options[0] ?? '') : `(?:${options.join('|')})`;
  }
  const { alphabet, min, max } = part;
  const some = `[${ALPHABETS[alphabet]}]`;
  const whole = `${some}{${min}${max === min ? '' : `,${max}`}}`;
  return isLast && max === LONGEST && min > CUT_OFF ? `(?:${whole}|${some}{${CUT_OFF},${min - 1}}$)` : whole;
}

/** The texts a token of this shape can begin with: one of them stands in every text that holds such a token. */
export function prefixesOf(shape: string): string[] {
  let prefixes = [''];
  for (const part of partsOf(shape)) {
    if (part.kind === 'characters') break;
    prefixes = prefixes.flatMap((prefix) => part.options.map((option) => prefix + option));
  }
  return prefixes;
}
