import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Literals } from '../../src/logs/literals.ts';

const LITERALS = ['fail', 'ail', 'error: ', '\ne0', 'x\n', '×'];

describe('the literal scan', () => {
  it('finds exactly the lines that have a literal, in either case, and counts the lines', () => {
    const word = fc.constantFrom('fail', 'FAIL', 'Err', 'error: ', 'e0', 'x', 'ab', ' ', '\n', '\n', '×', 'ai');
    const literals = new Literals(LITERALS);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join('');
        const bytes = Buffer.from(text);
        const found: number[] = [];

        const ends = literals.scan(bytes, 0, bytes.length, 1, (line, start, end, first) => {
          expect(bytes.toString('utf8', start, end)).toBe(text.split('\n')[line - 1]);
          found.push(line);
          const whole = `\n${bytes.toString('utf8', start, end)}\n`.toLowerCase();
          const named = literals.in(bytes, end, first).map((i) => LITERALS[i] ?? '');
          expect(named.toSorted()).toEqual(LITERALS.filter((literal) => whole.includes(literal)).toSorted());
        });

        const lines = text.split('\n');
        const isLast = (i: number): boolean => i === lines.length - 1;
        const has = (line: string, i: number): boolean =>
          LITERALS.some((literal) => `\n${line}${isLast(i) ? '' : '\n'}`.toLowerCase().includes(literal));
        expect(found).toEqual(lines.flatMap((line, i) => (has(line, i) ? [i + 1] : [])));
        expect(ends).toBe(lines.length - 1);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['util.go:512] ok', false],
    ['main.go:42: x', true],
    ['main.go:042a: x', false],
    ['main.go:4', false],
    ['a.go:x b.go:7:8: y', true],
  ])('finds a number in %j: %s', (text, isFound) => {
    const line = Buffer.from(text);
    let found = 0;

    new Literals(['.go:<n>:', '42]']).scan(line, 0, line.length, 1, () => (found += 1));

    expect(found > 0).toBe(isFound);
  });

  it('names the literals of a line in its order', () => {
    const line = Buffer.from('E0 it failed x');
    const literals = new Literals(LITERALS);
    let named: (string | undefined)[] = [];

    literals.scan(line, 0, line.length, 1, (_, __, end, first) => {
      named = literals.in(line, end, first).map((i) => LITERALS[i]);
    });

    expect(named).toEqual(['\ne0', 'fail', 'ail', 'x\n']);
  });
});
