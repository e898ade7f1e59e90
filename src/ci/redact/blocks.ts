// Secrets that go over many lines: private keys, and Kubernetes Secrets written as YAML.
import type { Span } from './rule.ts';

const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = '-----END';
/** A 16,384-bit RSA key has 200 lines. */
const KEY_LINES = 400;
/** So long a stretch of base64 at the end of a line is the key's, whatever stands before it. */
const LONG = 40;
const HEADER = /(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash): [^\n]{0,200}$/;

/** The lines of the private keys in a text, each line a span. */
export function privateKeys(text: string): Span[] {
  const spans: Span[] = [];
  let [close, done] = [0, 0];
  for (const begin of text.matchAll(KEY_BEGIN)) {
    if (begin.index < done) continue;
    let at = begin.index + begin[0].length;
    // Asked for once a key, and not again once there is none: many beginnings without an end must not cost more.
    if (close >= 0 && close < at) close = text.indexOf(KEY_END, at);
    let body: Body | null = { start: at, end: at, column: 0 };
    for (let line = 0; line < KEY_LINES && at <= text.length; line += 1) {
      const end = lineEnd(text, at);
      const isLast = close >= 0 && close <= end;
      const stop = isLast ? close : end;
      body = line === 0 ? { start: at, end: stop, column: 0 } : bodyOf(text, at, stop, body.column);
      if (body === null) break;
      const { start } = body;
      if (/[A-Za-z0-9+/]{2}/.test(text.slice(start, body.end)))
        spans.push({ start, end: body.end, rule: 'private-key' });
      done = stop;
      if (isLast) break;
      at = end + 1;
    }
  }
  return spans;
}

/** Where a line's part of the key stands, and how far from the beginning of the line the key's lines begin. */
interface Body {
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

/**
 * A line's part of the key: the base64 at its end, if that is all of the line, or long, or begins where the line
 * before did. An empty stretch for headers and empty lines, null behind the key.
 */
function bodyOf(text: string, from: number, to: number, column: number): Body | null {
  let end = to;
  while (end > from && to - end < 6 && !isBase64(text.charCodeAt(end - 1))) end -= 1;
  let start = end;
  while (start > from && isBase64(text.charCodeAt(start - 1))) start -= 1;
  const isAll = !/[A-Za-z0-9]/.test(text.slice(from, start));
  if (end > start && (isAll || end - start >= LONG || start - from === column))
    return { start, end, column: start - from };
  const line = text.slice(from, to);
  const header = HEADER.exec(line)?.index ?? (line.slice(column).trim() === '' ? column : -1);
  return header < 0 ? null : { start: to, end: to, column: header };
}

const isBase64 = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x2b ||
  code === 0x2f ||
  code === 0x3d;

const SECRET_KIND = /\bkind:[ \t]{0,4}["']?[Ss]ecret["']?[ \t\r]{0,4}$/gm;
const DATA = /^(?<indent>[^\n]{0,80}?)\b(?:data|stringData):[ \t\r]{0,4}$/;
const ENTRY =
  /^[^\n]{0,80}?["']?[\w.-]{1,100}["']?:[ \t]{1,8}["']?(?<value>[A-Za-z0-9+/]{8,8000}={0,3})["']?[ \t\r]{0,4}$/;
const FOLDED = /:[ \t]{0,4}[|>][-+]?[ \t\r]{0,4}$/;
const LITERAL = /^[^\n]{0,80}?\s(?<value>[A-Za-z0-9+/]{8,8000}={0,3})[ \t\r]{0,4}$/;
/** A Secret's head and its data stand within this many lines of each other. */
const REACH = 40;

/** The values below `data:` of the Secrets in a text. */
export function yamlSecrets(text: string): Span[] {
  const spans: Span[] = [];
  for (const kind of text.matchAll(SECRET_KIND)) {
    let at = linesBefore(text, kind.index, REACH);
    const end = linesAfter(text, kind.index, REACH);
    let column = -1;
    let isFolded = false;
    while (at < end) {
      const stop = lineEnd(text, at);
      const line = text.slice(at, stop);
      const opens = DATA.exec(line)?.groups?.['indent'];
      if (opens !== undefined) column = opens.length;
      else if (column >= 0) {
        const isBelow = /^\s/.test(line.slice(column)) || /^[^\n]{0,80}#/.test(line);
        if (!isBelow) column = -1;
        else {
          const value = (isFolded ? LITERAL : ENTRY).exec(line)?.groups?.['value'];
          if (value !== undefined) {
            const start = at + line.lastIndexOf(value);
            spans.push({ start, end: start + value.length, rule: 'kubernetes-secret-yaml' });
          }
          isFolded = FOLDED.test(line);
        }
      }
      at = stop + 1;
    }
  }
  return spans;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The start of the line that stands `count` lines before `at`, a `---` between documents ends the way. */
export function linesBefore(text: string, at: number, count: number): number {
  let from = text.lastIndexOf('\n', at - 1) + 1;
  for (let n = 0; n < count && from > 0; n += 1) {
    const before = from < 2 ? 0 : text.lastIndexOf('\n', from - 2) + 1;
    if (text.startsWith('---\n', before)) break;
    from = before;
  }
  return from;
}

/** The end of the line that stands `count` lines after `at`, or the `---` before. */
function linesAfter(text: string, at: number, count: number): number {
  let to = lineEnd(text, at);
  for (let n = 0; n < count && to < text.length; n += 1) {
    if (text.startsWith('---', to + 1)) break;
    to = lineEnd(text, to + 1);
  }
  return to;
}
