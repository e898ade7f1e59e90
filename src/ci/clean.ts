// Untrusted text without what steers a terminal or hides: control sequences, invisible and direction-changing characters.

/** The result of cleaning: the text, and how many invisible characters were removed. */
export interface Cleaned {
  readonly text: string;
  readonly invisible: number;
}

const isInvisible = (code: number): boolean =>
  code === 0x00ad || // soft hyphen
  code === 0x034f || // combining grapheme joiner
  code === 0x061c || // Arabic letter mark
  code === 0x115f || // Hangul fillers
  code === 0x1160 ||
  code === 0x3164 ||
  code === 0xffa0 ||
  code === 0x180e || // Mongolian vowel separator
  (code >= 0x200b && code <= 0x200f) || // zero width, direction marks
  (code >= 0x202a && code <= 0x202e) || // direction embeddings and overrides
  (code >= 0x2060 && code <= 0x206f) || // word joiner, invisible operators, isolates
  (code >= 0xfe00 && code <= 0xfe0f) || // variation selectors
  code === 0xfeff ||
  (code >= 0xfff9 && code <= 0xfffb) || // interlinear annotation
  (code >= 0xe0000 && code <= 0xe0fff); // tags, variation selectors supplement

/**
 * One pass over `raw`: escape sequences (CSI, OSC, DCS and the like) and control characters go, a lone carriage
 * return becomes a space so that what it would have overwritten stays visible, line ends and tabs stay. Idempotent,
 * linear time.
 */
export function clean(raw: string): Cleaned {
  return cleanInto(raw, null);
}

/** The cleaned text, and where in `raw` each of its UTF-16 units stands. */
export function withOffsets(raw: string): { text: string; offsets: Uint32Array } {
  const offsets = new Uint32Array(raw.length);
  return { text: cleanInto(raw, offsets).text, offsets };
}

function cleanInto(raw: string, offsets: Uint32Array | null): Cleaned {
  let out = '';
  const add = (text: string, at: number): void => {
    if (offsets) for (let n = 0; n < text.length; n += 1) offsets[out.length + n] = at + n;
    out += text;
  };
  let invisible = 0;
  let i = 0;
  while (i < raw.length) {
    SPECIAL.lastIndex = i;
    const next = SPECIAL.exec(raw)?.index ?? raw.length;
    if (next > i) add(raw.slice(i, next), i);
    i = next;
    if (i === raw.length) break;
    const code = raw.codePointAt(i) ?? 0;
    if (code === 0x1b) {
      i = afterEscape(raw, i + 1);
    } else if (code === 0x9b) {
      i = afterControlSequence(raw, i + 1);
    } else if (code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f)) {
      i = afterString(raw, i + 1);
    } else if (code === 0x0d) {
      if (raw.charCodeAt(i + 1) !== 0x0a && i + 1 < raw.length) add(' ', i);
      i += 1;
    } else if (code === 0x2028 || code === 0x2029) {
      add(' ', i);
      i += 1;
    } else if ((code < 0x20 && code !== 0x0a && code !== 0x09) || (code >= 0x7f && code < 0xa0)) {
      i += 1;
    } else if (isInvisible(code)) {
      invisible += 1;
      i += code > 0xffff ? 2 : 1;
    } else if (code >= 0xd800 && code <= 0xdfff) {
      add('\ufffd', i);
      i += 1;
    } else {
      const width = code > 0xffff ? 2 : 1;
      add(raw.slice(i, i + width), i);
      i += width;
    }
  }
  return { text: out, invisible };
}

/** Control and invisible characters, but for `\r` and those beyond 16 bits. */
const HIDDEN = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb`;
/** What cleaning has to look at; everything between is text as it is. */
const SPECIAL = new RegExp(`[\\r\\ud800-\\udfff${HIDDEN}]`, 'g');
const CONTROLS = new RegExp(`[\\udb40-\\udb43${HIDDEN}]`);

/** True for a text that {@link clean} would change in more than its line ends. */
export const hasControls = (raw: string): boolean => CONTROLS.test(raw);

/** The text of {@link clean} alone. */
export const cleanText = (raw: string): string => clean(raw).text;

function afterEscape(raw: string, at: number): number {
  const next = raw[at];
  if (next === undefined) return at;
  if (next === '[') return afterControlSequence(raw, at + 1);
  if (next === ']' || next === 'P' || next === 'X' || next === '^' || next === '_') return afterString(raw, at + 1);
  // Two-character sequences, with intermediate bytes before the final one.
  let i = at;
  while (i < raw.length && raw.charCodeAt(i) >= 0x20 && raw.charCodeAt(i) <= 0x2f) i += 1;
  const final = raw.charCodeAt(i);
  return final >= 0x30 && final <= 0x7e ? i + 1 : i;
}

function afterControlSequence(raw: string, at: number): number {
  let i = at;
  while (i < raw.length && raw.charCodeAt(i) >= 0x20 && raw.charCodeAt(i) <= 0x3f) i += 1;
  const final = raw.charCodeAt(i);
  return final >= 0x40 && final <= 0x7e ? i + 1 : i;
}

/** A string sequence ends at BEL, ST or the end of the line: an unclosed one must not swallow the log below it. */
function afterString(raw: string, at: number): number {
  for (let i = at; i < raw.length; i += 1) {
    const code = raw.charCodeAt(i);
    if (code === 0x07 || code === 0x9c) return i + 1;
    if (code === 0x0a) return i;
    if (code === 0x1b) return raw[i + 1] === '\\' ? i + 2 : i;
  }
  return raw.length;
}
