import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask, shapeOf } from '../../src/logs/shape.ts';

const shape = (line: string): ReturnType<typeof shapeOf> => {
  const bytes = Buffer.from(line);
  return shapeOf(bytes, 0, bytes.length);
};

describe('the shape of a line', () => {
  it.each([
    ['2026-11-20T10:00:00Z took 12.5s', '2027-01-02T03:04:05Z took 7.25s'],
    ['pod 5b0c1e7e-3a77-4f0c-9d1b-0f0a1c2d3e4f', 'pod 6c1d2f8f-4b88-5a1d-8e2c-1a1b2d3e4f5a'],
    ['pod web-x7k2p is gone', 'pod web-bcdfg is gone'],
    ['goroutine 7 0xc0031f4b40', 'goroutine 12 0xc000aa'],
    ['\u001b[31mFAIL\u001b[0m  x', 'FAIL x  '],
  ])('is the same for %j and %j', (a, b) => {
    expect(shape(a).masked).toBe(shape(b).masked);
  });

  it.each([
    ['pod is ready', 'pod is not ready'],
    ['cannot stat a', 'cannot stat b'],
    ['ipv6', 'ipx6'],
  ])('tells %j from %j', (a, b) => {
    expect(shape(a).masked).not.toBe(shape(b).masked);
  });

  it('tells zero, statuses and other numbers apart where rules read them, and nowhere else', () => {
    const [none, some, other] = ['Failures: 0', 'Failures: 3', 'Failures: 41'].map(shape);

    expect(none?.masked).toBe(some?.masked);
    expect(none?.exact).not.toBe(some?.exact);
    expect(some?.exact).toBe(other?.exact);
    expect(shape('HTTP 503').exact).not.toBe(shape('HTTP 200').exact);
  });

  it('masks as text what it masks as a hash', () => {
    const other: Readonly<Record<string, string>> = {
      '12': '7',
      '-x7k2p': '-bcdfg',
      cafe0123: '00ff00ff00',
      ' ': '  ',
    };
    const part = fc.constantFrom(...'aA0g7-_.:/é '.split(''), '0x', '2026-11-20', ...Object.keys(other));
    const parts = fc.array(part, { maxLength: 12 });
    fc.assert(
      fc.property(parts, parts, (one, two) => {
        const lines = [one, two, one.map((text) => other[text] ?? text)].map((texts) => texts.join(''));
        for (const a of lines)
          for (const b of lines) expect(shape(a).masked === shape(b).masked, `${a}\n${b}`).toBe(mask(a) === mask(b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is as text what people read', () => {
    expect(mask('2026-11-20T10:00:00.5Z pod web-x7k2p at 10.0.0.7:443 took 12.5s, id 0xc0031f4b40')).toBe(
      'TIME pod web-ID at 0.0.0.0:0 took 0.0s, id HEX',
    );
    expect(mask('the last-error of after-tests')).toBe('the last-error of after-tests');
  });

  it('does not change with the numbers in a line, whatever stands between them', () => {
    const text = fc.stringMatching(/^[g-z .:=/_]{0,12}$/);
    const numbers = fc.array(fc.integer({ min: 10, max: 9_999_999 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 4, maxLength: 4 }), numbers, numbers, (texts, a, b) => {
        const line = (values: readonly number[]): string =>
          texts.map((part, i) => `${part}:${values[i] ?? 0}`).join('');
        expect(shape(line(a)).masked).toBe(shape(line(b)).masked);
      }),
    );
  });
});
