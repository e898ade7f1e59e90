import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, cleanText, clip, oneLine } from '../../src/ci/text.ts';

const piece = fc.constantFrom(
  '\u001b[31m', '\u001b]8;;https://evil.example\u0007', '\u001b]0;title', '\u001bP1$r\u001b\\', '\u009b2J', '\u0090x\u009c', '\r', '\n', '\b',
  '\u0000', '\u202e', '\u200b', '\u{e0041}', '\ufe0f', '\u2028', '\ud800', '\u001b', '\u001b[', 'text', 'é', '🙂', '\t',
); // prettier-ignore
const hostile = fc.array(fc.oneof(piece, fc.string())).map((parts) => parts.join(''));

describe('cleaned text (B-07, B-08)', () => {
  it('has no colours, links, titles or cursor movements left', () => {
    expect(cleanText('\u001b[36mINFO\u001b[0m[x] \u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007')).toBe(
      'INFO[x] click',
    );
  });

  it('shows both what was overwritten and what overwrote it', () => {
    expect(cleanText('PASS\rFAIL')).toBe('PASS FAIL');
    expect(cleanText('line\r\nnext')).toBe('line\nnext');
  });

  it('counts invisible and direction-changing characters and takes them out', () => {
    expect(clean('a\u202eb\u200bc\u{e0041}')).toEqual({ text: 'abc', invisible: 3 });
  });

  it('keeps the log below an escape string that never ends', () => {
    expect(cleanText('\u001b]0;never closed\nERROR: real')).toBe('\nERROR: real');
  });

  it('is the same when cleaned again, and holds no control character', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const text = cleanText(raw);
        expect(cleanText(text)).toBe(text);
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b-\u200f\u2066-\u2069]/u);
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('takes linear time on a million escapes', () => {
    expect(cleanText('\u001b]'.repeat(500_000))).toBe('');
  });
});

describe('a clipped text', () => {
  it('keeps both ends and is never longer than asked', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 3, max: 60 }), (raw, max) => {
        expect(clip(raw.toWellFormed(), max).length).toBeLessThanOrEqual(max);
      }),
    );
    expect(clip('0123456789', 7)).toBe('0123…89');
  });

  it('keeps the message of a structured line', () => {
    const line = `{"component":"entrypoint","file":"${'x'.repeat(200)}","msg":"Process did not finish before 2h0m0s timeout","severity":"error"}`;

    expect(clip(line, 100)).toBe('…"msg":"Process did not finish before 2h0m0s timeout","severity":"error"}');
    expect(clip(line, 40)).toHaveLength(40);
  });

  it('stands on one line', () => {
    expect(oneLine('  a\n\tb  \u001b[1mc ')).toBe('a b c');
  });
});
