import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lines } from '../../src/logs/lines.ts';
import { readLines, type Part } from '../../src/logs/read-lines.ts';
import { chars } from '../support/chars.ts';

const log = new Lines(Buffer.from(Array.from({ length: 100 }, (_, i) => `line ${i + 1}`).join('\n')));
const read = (part: Part, maxBytes = 10_000): [number | undefined, number | undefined, number, number] => {
  const { lines, omitted } = readLines(log, part, maxBytes);
  return [lines[0]?.line, lines.at(-1)?.line, omitted.before, omitted.after];
};

describe('reading lines', () => {
  it('gives a range, the end, and what is around a line', () => {
    expect(read({ from: 3, to: 5 })).toEqual([3, 5, 0, 0]);
    expect(read({ tail: 7 })).toEqual([94, 100, 0, 0]);
    expect(read({ around: 50, context: 2 })).toEqual([48, 52, 0, 0]);
    expect(read({ around: 1, context: 2 })).toEqual([1, 3, 0, 0]);
  });

  it('keeps the bytes, nearest first, and says what it left out', () => {
    expect(read({ from: 10, to: 90 }, 40)).toEqual([10, 14, 0, 76]);
    expect(read({ tail: 50 }, 40)).toEqual([97, 100, 46, 0]);
    expect(read({ around: 50, context: 30 }, 40)).toEqual([48, 52, 28, 28]);
  });

  it('gives nothing where there is no line', () => {
    expect(read({ from: 200, to: 300 })).toEqual([undefined, undefined, 0, 0]);
    expect(readLines(new Lines(Buffer.alloc(0)), { tail: 5 }, 100).lines).toEqual([]);
  });

  it('by ranges together gives back the whole', () => {
    const text = fc
      .array(fc.string({ unit: fc.constantFrom(...chars('abc xyz01€')), maxLength: 20 }), {
        minLength: 1,
        maxLength: 40,
      })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, step) => {
        const lines = new Lines(Buffer.from(whole));
        const parts: string[] = [];
        for (let from = 1; from <= lines.count; from += step)
          parts.push(...readLines(lines, { from, to: from + step - 1 }, 10_000).lines.map((line) => line.text));
        expect(parts).toEqual(lines.count === 0 ? [] : whole.split('\n').slice(0, lines.count));
      }),
    );
  });

  it('never takes more bytes than it may, and accounts for every line that was asked for', () => {
    const bytes = fc
      .uint8Array({ maxLength: 400 })
      .map((array) => Buffer.from(array).map((b) => (b % 7 === 0 ? 10 : b)));
    const part = fc.oneof(
      fc.record({ from: fc.integer({ min: 1, max: 80 }), to: fc.integer({ min: 1, max: 80 }) }),
      fc.record({ tail: fc.integer({ min: 1, max: 80 }) }),
      fc.record({ around: fc.integer({ min: 1, max: 80 }), context: fc.nat(20) }),
    );
    fc.assert(
      fc.property(bytes, part, fc.nat(300), (raw, asked, maxBytes) => {
        const lines = new Lines(Buffer.from(raw));
        const { lines: shown, omitted } = readLines(lines, asked, maxBytes);
        const all = readLines(lines, asked, 1e9).lines.length;
        expect(shown.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0)).toBeLessThanOrEqual(maxBytes);
        expect(omitted.before + shown.length + omitted.after).toBe(all);
        shown.forEach(({ line }, i) => expect(line).toBe((shown[0]?.line ?? 0) + i));
      }),
      { numRuns: 1_000 },
    );
  });
});
