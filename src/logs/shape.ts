// The shape of a line: a hash of its bytes with numbers, times, ids and colours masked, the same in every run.

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
const ZERO = 0x100;
const CODE = 0x200;
const CODES = new Set([124, 137, 400, 401, 403, 404, 410, 429, 500, 501, 502, 503, 504]);

const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isLetter = (c: number): boolean => (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a);
const isHexLetter = (c: number): boolean => (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);

/** The shape of `bytes` from `start` to `end`. Linear, without decoding. */
export function shapeOf(bytes: Uint8Array, start: number, end: number): Shape {
  let a = BASIS;
  let b = BASIS ^ PRIME;
  let exact = BASIS;
  const add = (c: number, own: number): void => {
    a = Math.imul(a ^ c, PRIME);
    b = Math.imul(b ^ c, OTHER_PRIME) ^ (b >>> 15);
    exact = Math.imul(exact ^ own, PRIME);
  };
  let spaced = true;
  let i = start;
  while (i < end) {
    const c = bytes[i] ?? 0;
    if (c === ESCAPE) {
      const after = afterColour(bytes, i + 1, end);
      // A colour changes what a line says, not which line it is.
      for (; i < after; i += 1) exact = Math.imul(exact ^ (bytes[i] ?? 0), PRIME);
    } else if (c <= 0x20) {
      if (!spaced) add(0x20, 0x20);
      spaced = true;
      i += 1;
    } else if (isDigit(c) || isLetter(c)) {
      spaced = false;
      i = addWord(bytes, i, end, add);
    } else {
      spaced = false;
      add(c, c);
      i += 1;
    }
  }
  return { masked: (a >>> 0) * 0x200000 + (b >>> 11), exact: (exact >>> 0) * 0x200000 + (b >>> 11) };
}

function addWord(bytes: Uint8Array, from: number, end: number, add: (c: number, own: number) => void): number {
  let to = from;
  let digits = 0;
  let hex = 0;
  for (; to < end; to += 1) {
    const c = bytes[to] ?? 0;
    if (isDigit(c)) digits += 1;
    else if (isHexLetter(c)) hex += 1;
    else if (!isLetter(c)) break;
  }
  const length = to - from;
  const isHex = digits > 0 && ((digits + hex === length && length >= LONG_HEX) || isPrefixed(bytes, from));
  if (digits === length) add(NUMBER, kindOfNumber(bytes, from, length));
  else if (isHex) add(HEX, HEX);
  else addLetters(bytes, from, to, add);
  return to;
}

/** Letters as they are, each run of digits as one number. */
function addLetters(bytes: Uint8Array, from: number, to: number, add: (c: number, own: number) => void): void {
  let inNumber = false;
  for (let i = from; i < to; i += 1) {
    const c = bytes[i] ?? 0;
    if (isDigit(c)) {
      if (!inNumber) add(NUMBER, NUMBER);
      inNumber = true;
    } else {
      inNumber = false;
      add(c, c);
    }
  }
}

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
