// Which lines around a hit belong to the same message: the whole block is quoted, not the line alone.
import { cleanText } from '../ci/text.ts';
import type { LogLines } from './lines.ts';
import { withoutPrefix } from './prefix.ts';

export interface Block {
  readonly start: number;
  readonly end: number;
}

/** Lines that show that the work went on, or that a new part begins: a message never reaches over them. */
const BORDER =
  /^(?:\$ |\+{1,3} |travis_(?:fold|time)|##\[(?:group|endgroup|section|command)\]|section_(?:start|end)|ok\b|PASS\b|\[INFO\]|\[info\]|> Task |=== RUN|--- PASS|Step \d+\/\d+ |Running |\[\s?\d+%\]|\[\s*\d+ ?(?:\/|of) ?\d+\]|The command "|\s*[✓✔√] )|^\s*(?:\.{3,}\s*)?ok(?: \d|$)|\.\.\.? ?ok\b/;
/** Lines that carry on the message above them: indented, stack frames, carets, source excerpts, closing brackets. */
const CONTINUES =
  /^(?:\s+\S|\tat |at |from |goroutine \d|\S+\.go:\d|[}\])]|\^|~|E {3}|>|\||[-+=*_~#]{3}|#\d|\d+ ?\||In file included|note: |Caused by|\.\.\. \d+ more|File ")/;
const CONTEXT_BELOW = 2;
const CONTEXT_ABOVE = 2;
const BLANKS = 2;

export interface Growth {
  readonly above: number;
  readonly below: number;
  /** True for a line that may be quoted and fits. */
  readonly fits: (line: number) => boolean;
  /** True for a line that says something by itself. */
  readonly isHit: (line: number) => boolean;
}

/** The block around `line`, at most `above` and `below` lines of it; blank ends are cut off. */
export function blockAround(line: number, lines: LogLines, growth: Growth): Block {
  const { isHit, fits } = growth;
  const textOf = (n: number): string => withoutPrefix(cleanText(lines.text(n, 512)));
  let end = line;
  let plain = 0;
  let blank = 0;
  for (let n = line + 1; n <= Math.min(lines.count, line + growth.below) && fits(n); n += 1) {
    const text = textOf(n);
    if (text.trim() === '') {
      blank += 1;
      if (blank > BLANKS) break;
      continue;
    }
    if (BORDER.test(text)) break;
    const belongs = isHit(n) || CONTINUES.test(text);
    if (!belongs) {
      plain += 1;
      // A plain line after a gap is a new message.
      if (plain > CONTEXT_BELOW || blank > 0) break;
    } else plain = 0;
    blank = 0;
    end = n;
  }
  let start = line;
  plain = 0;
  blank = 0;
  for (let n = line - 1; n >= Math.max(1, line - growth.above) && fits(n); n -= 1) {
    const text = textOf(n);
    if (text.trim() === '') {
      blank += 1;
      if (blank > BLANKS) break;
      continue;
    }
    if (BORDER.test(text)) break;
    if (!isHit(n)) {
      plain += 1;
      if (blank > 0 || (plain > CONTEXT_ABOVE && !CONTINUES.test(text))) break;
    } else plain = 0;
    blank = 0;
    start = n;
  }
  return { start, end };
}
