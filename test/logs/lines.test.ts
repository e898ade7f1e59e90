import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lines } from '../../src/logs/lines.ts';

describe('the lines of a log', () => {
  it.each([
    ['', 0],
    ['\n', 1],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['a\n\nb\n', 3],
  ])('of %j are %i', (text, count) => {
    expect(new Lines(Buffer.from(text)).count).toBe(count);
  });

  it('keep a carriage return, and end only at a newline', () => {
    const lines = new Lines(Buffer.from('a\r\nb\rc\nd'));

    expect([1, 2, 3].map((n) => lines.text(n))).toEqual(['a\r', 'b\rc', 'd']);
  });

  it('are exactly what splitting at newlines gives, quoted byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.boolean(), (parts, closed) => {
        const text = parts.join('\n') + (closed ? '\n' : '');
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();

        const lines = new Lines(Buffer.from(text));

        expect(lines.count).toBe(expected.length);
        expected.forEach((line, i) => expect(lines.text(i + 1)).toBe(line.slice(0, 16_384)));
        if (expected.length > 1) expect(lines.quote(1, 2)).toBe(expected.slice(0, 2).join('\n'));
      }),
    );
  });

  it('grow beyond the first thousand', () => {
    const lines = new Lines(Buffer.from('x\n'.repeat(5_000)));

    expect(lines.count).toBe(5_000);
    expect(lines.text(5_000)).toBe('x');
    expect(() => lines.text(5_001)).toThrow(RangeError);
    expect(() => lines.text(0)).toThrow(RangeError);
  });
});
