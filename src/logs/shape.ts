// What makes two log lines the same line: numbers, times, ids, generated names and colours masked, as a hash or as text.

export interface Shape {
  /** All numbers alike: equal in lines that say the same. */
  readonly masked: number;
  /** Tells zero, small codes and other numbers apart: rules that read numbers judge lines of one such hash alike. */
  readonly exact: number;
}

const ESCAPE = 0x1b;
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const OTHER_PRIME = 0x5bd1e995;
const NUMBER = 0x30;
const HEX = 0x58;
const LONG_HEX = 8;
const UUID_BYTES = 36;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;
const DASHES = [8, 13, 18, 23];
/** `-x7k2p`: what Kubernetes puts behind the names it makes. */
const GENERATED = 0x300;
const GENERATED_LETTERS = 5;
const IS_GENERATED = Uint8Array.from({ length: 256 }, (_, c) =>
  /[b-df-hj-np-tv-xz2456789]/.test(String.fromCharCode(c)) ? 1 : 0,
);
const ZERO = 0x100;
const CODE = 0x200;
const CODES = new Set([124, 137, 400, 401, 403, 404, 410, 429, 500, 501, 502, 503, 504]);

const SPACE = 0x20;
const DIGIT = 1;
const HEX_LETTER = 2;
const LETTER = 3;
const OTHER = 4;
const BLANK = 5;
const KINDS = Uint8Array.from({ length: 256 }, (_, c) => {
  const text = String.fromCharCode(c);
  if (c !== ESCAPE && c <= SPACE) return BLANK;
  if (/[0-9]/.test(text)) return DIGIT;
  if (/[a-f]/i.test(text)) return HEX_LETTER;
  return /[g-z]/i.test(text) ? LETTER : OTHER;
});

/** As much of a line as is masked for people. */
const MASKED_CHARS = 1_000;
/** A time, once its numbers are masked. */
const TIME = /0-0-0[T ]0:0:0(?:[.,]0)?(?:Z|[+-]0:0|[+-]0)?/g;

/** Of a long line the beginning and the end are read: lines that begin and end alike are alike. */
const HEAD_BYTES = 300;
const TAIL_BYTES = 100;

/** The shape of the line at `start` to `end`. Without decoding. */
export function shapeOf(bytes: Uint8Array, start: number, end: number): Shape {
  if (end - start <= HEAD_BYTES + TAIL_BYTES) return hash(bytes, start, end);
  const head = hash(bytes, start, start + HEAD_BYTES);
  const tail = hash(bytes, end - TAIL_BYTES, end);
  return { masked: head.masked + tail.masked / 2, exact: head.exact + tail.exact / 2 };
}

function hash(bytes: Uint8Array, start: number, end: number): Shape {
  let a = BASIS;
  let b = BASIS ^ PRIME;
  let exact = BASIS;
  let isStart = true;
  let isSpaced = false;
  let i = start;
  while (i < end) {
    const c = bytes[i] ?? 0;
    const kind = KINDS[c] ?? OTHER;
    let own = c;
    let masked = c;
    i += 1;
    if (kind === BLANK) {
      isSpaced = true;
      continue;
    }
    if (c === ESCAPE) {
      const after = afterColour(bytes, i, end);
      // A colour changes what a line says, not which line it is.
      for (; i < after; i += 1) exact = Math.imul(exact ^ (bytes[i] ?? 0), PRIME);
      continue;
    }
    if (isSpaced && !isStart) {
      a = Math.imul(a ^ SPACE, PRIME);
      b = Math.imul(b ^ SPACE, OTHER_PRIME) ^ (b >>> 15);
      exact = Math.imul(exact ^ SPACE, PRIME);
    }
    isSpaced = false;
    isStart = false;
    if (kind === DIGIT || (kind === HEX_LETTER && (KINDS[bytes[i - 2] ?? 0] ?? OTHER) >= OTHER)) {
      const word = wordAt(bytes, i - 1, end);
      if (word.masked !== 0) {
        own = word.own;
        masked = word.masked;
        i = word.to;
      }
    } else if (c === DASH && isGenerated(bytes, i, end)) {
      own = GENERATED;
      masked = GENERATED;
      i += GENERATED_LETTERS;
    }
    a = Math.imul(a ^ masked, PRIME);
    b = Math.imul(b ^ masked, OTHER_PRIME) ^ (b >>> 15);
    exact = Math.imul(exact ^ own, PRIME);
  }
  return { masked: (a >>> 0) * 0x200000 + (b >>> 11), exact: (exact >>> 0) * 0x200000 + (b >>> 11) };
}

/** A line as {@link shapeOf} tells lines apart, for people: `0` for numbers, `HEX` and `-ID` for ids. */
export function mask(line: string): string {
  const bytes = Buffer.from(line.length > MASKED_CHARS ? line.slice(0, MASKED_CHARS) : line);
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < bytes.length;) {
    const c = bytes[i] ?? 0;
    const kind = KINDS[c] ?? OTHER;
    i += 1;
    let masked = '';
    let to = i;
    if (kind === DIGIT || (kind === HEX_LETTER && (KINDS[bytes[i - 2] ?? 0] ?? OTHER) >= OTHER)) {
      const word = wordAt(bytes, i - 1, bytes.length);
      masked = word.masked === 0 ? '' : word.masked === HEX ? 'HEX' : '0';
      to = word.to;
    } else if (c === DASH && isGenerated(bytes, i, bytes.length)) {
      masked = '-ID';
      to = i + GENERATED_LETTERS;
    }
    if (masked === '') continue;
    parts.push(bytes.toString('utf8', from, i - 1), masked);
    i = to;
    from = to;
  }
  return `${parts.join('')}${bytes.toString('utf8', from)}`.replaceAll(TIME, 'TIME').replace(/\s+/g, ' ').trim();
}

function isGenerated(bytes: Uint8Array, at: number, end: number): boolean {
  const after = at + GENERATED_LETTERS;
  if (after > end) return false;
  for (let i = at; i < after; i += 1) if (IS_GENERATED[bytes[i] ?? 0] === 0) return false;
  const next = after < end ? (bytes[after] ?? 0) : SPACE;
  const kind = KINDS[next] ?? OTHER;
  return kind >= OTHER && next !== UNDERSCORE;
}

/** The number or the hexadecimal id that begins at `from`; `masked` is 0 for a word of letters. */
function wordAt(bytes: Uint8Array, from: number, end: number): { to: number; masked: number; own: number } {
  let to = from;
  let digits = 0;
  let hex = true;
  let firstNumber = 0;
  for (; to < end; to += 1) {
    const kind = KINDS[bytes[to] ?? 0] ?? OTHER;
    if (kind === DIGIT) digits += 1;
    else if (kind === LETTER) hex = false;
    else if (kind !== HEX_LETTER) break;
    if (digits === to - from + 1) firstNumber = digits;
  }
  const length = to - from;
  if (hex && length === LONG_HEX && isUuid(bytes, from, end)) return { to: from + UUID_BYTES, masked: HEX, own: HEX };
  if (digits === length) return { to, masked: NUMBER, own: kindOfNumber(bytes, from, length) };
  if (digits > 0 && ((hex && length >= LONG_HEX) || isPrefixed(bytes, from))) return { to, masked: HEX, own: HEX };
  // Letters stand as they are, each run of digits among them is one number.
  return firstNumber > 0 ? { to: from + firstNumber, masked: NUMBER, own: NUMBER } : { to, masked: 0, own: 0 };
}

/** True for 8-4-4-4-12 letters; the first group is known to be hexadecimal. */
const isUuid = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + UUID_BYTES <= end && DASHES.every((place) => bytes[at + place] === DASH);

const isPrefixed = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x30 && ((bytes[at + 1] ?? 0) | 32) === 0x78;

/** Zero, codes that rules read (HTTP statuses, exits of killed programs), any other number. */
function kindOfNumber(bytes: Uint8Array, at: number, length: number): number {
  if (length === 1 && bytes[at] === NUMBER) return ZERO;
  if (length !== 3) return NUMBER;
  const code = ((bytes[at] ?? 0) - 48) * 100 + ((bytes[at + 1] ?? 0) - 48) * 10 + (bytes[at + 2] ?? 0) - 48;
  return CODES.has(code) ? CODE + code : NUMBER;
}

function afterColour(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 0x5b) return at;
  let i = at + 1;
  while (i < end && (bytes[i] ?? 0) >= 0x20 && (bytes[i] ?? 0) <= 0x3f) i += 1;
  return i + 1;
}
