import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShown, make } from '../../evals/redaction/make.ts';
import { readCursor, writeCursor } from '../../src/logs/cursor.ts';
import { Lines } from '../../src/logs/lines.ts';
import { compilePattern, InvalidPattern } from '../../src/logs/pattern.ts';
import { searchAll } from '../../src/logs/search-all.ts';
import { search, type FoundLine } from '../../src/logs/search.ts';
import { Random } from '../../src/sources/demo/random.ts';
import { chars } from '../support/chars.ts';

const linesOf = (text: string): Lines => new Lines(Buffer.from(text));
const numbered = (count: number): Lines =>
  linesOf(Array.from({ length: count }, (_, i) => `line ${i + 1}${(i + 1) % 10 === 0 ? ' error' : ''}\n`).join(''));
const LIMITS = { context: 0, matches: 100, bytes: 100_000, steps: 1e9 };
const numbers = (lines: readonly FoundLine[]): string[] =>
  lines.map(({ line, match }) => `${line}${match ? ':' : '-'}`);

describe('a search', () => {
  it('gives the matching lines with their numbers, and those around them once', () => {
    const found = search(linesOf('a\nb\nfail 1\nfail 2\nc\nd\ne\nfail 3'), compilePattern('fail'), {
      ...LIMITS,
      context: 1,
    });

    expect(numbers(found.lines)).toEqual(['2-', '3:', '4:', '5-', '7-', '8:']);
    expect(found).toMatchObject({ matches: 3, omitted: 0, next: null, read: 8 });
  });

  it('counts what it does not show, and goes on where it stopped', () => {
    const pattern = compilePattern('error$');
    const first = search(numbered(100), pattern, { ...LIMITS, matches: 4 });
    const second = search(numbered(100), pattern, { ...LIMITS, matches: 100 }, first.next ?? 0);

    expect(first).toMatchObject({ matches: 4, omitted: 6, next: 50 });
    expect([...first.lines, ...second.lines].map(({ line }) => line)).toEqual([
      10, 20, 30, 40, 50, 60, 70, 80, 90, 100,
    ]);
    expect(second.next).toBeNull();
  });

  it('stops when its steps are used up, and says where', () => {
    const found = search(numbered(50_000), compilePattern('no such'), { ...LIMITS, steps: 1_000 });

    expect(found.read).toBeLessThan(50_000);
    expect(found.next).toBe(found.read + 1);
  });

  it('takes patterns that are slow elsewhere', () => {
    const hostile = linesOf(`${'a'.repeat(16_000)}!\n`);

    for (const source of ['(a+)+$', '(.*)*x', '^(.*a){20}$', '(a|aa)+$'])
      expect(search(hostile, compilePattern(source), LIMITS).steps).toBeLessThan(2e7);
  });

  it('cannot be used to guess a secret', () => {
    const secret = make('<alnum 16>', new Random(1));
    const log = linesOf(`password=${secret}\n`);

    expect(search(log, compilePattern(`password=${secret.slice(0, 1)}`), LIMITS).matches).toBe(0);
    const [line] = search(log, compilePattern('password='), LIMITS).lines;
    expect(isShown(secret, line?.text ?? '')).toBe(false);
  });

  it('sees lines as they are shown: without colours', () => {
    expect(search(linesOf('\u001b[31mfa\u001b[0mil\r\n'), compilePattern('^fail$'), LIMITS).matches).toBe(1);
  });

  it.each([
    ['(?=x)', 'look-ahead'],
    ['(a)\\1', 'back-references'],
    ['a++', 'possessive'],
    ['a(b', 'missing'],
    ['', 'empty'],
    ['x'.repeat(600), '512'],
    ['(?:abcdefghij){600}', 'repeats too much'],
    ['((a{1,100}){1,10}b){1,10}', 'repeat count'],
  ])('of %s teaches what is wrong', (source, why) => {
    expect(() => compilePattern(source)).toThrow(InvalidPattern);
    expect(() => compilePattern(source)).toThrow(why);
  });

  it('never throws and never exceeds its caps; its pages together are all matches', () => {
    const text = fc
      .array(fc.string({ unit: fc.constantFrom(...chars('ab \u001b\u200b\r\t€')), maxLength: 30 }), { maxLength: 60 })
      .map((lines) => lines.join('\n'));
    const pattern = fc
      .constantFrom('a', 'a+b', '^b', ' $', '(a|b){2}', '.', 'c')
      .map((source) => compilePattern(source));
    const limits = fc.record({
      context: fc.nat(3),
      matches: fc.integer({ min: 1, max: 5 }),
      bytes: fc.integer({ min: 200, max: 400 }),
      steps: fc.integer({ min: 1, max: 2_000 }),
    });
    fc.assert(
      fc.property(text, pattern, limits, (raw, compiled, caps) => {
        const lines = linesOf(raw);
        const all = search(lines, compiled, { ...LIMITS, matches: 1_000 }).lines.map(({ line }) => line);
        const paged = new Set<number>();
        for (let from: number | null = 1, pages = 0; from !== null; pages += 1) {
          const found = search(lines, compiled, caps, from);
          expect(pages).toBeLessThanOrEqual(lines.count + 1);
          expect(found.lines.reduce((sum, line) => sum + Buffer.byteLength(line.text) + 1, 0)).toBeLessThanOrEqual(
            caps.bytes,
          );
          expect(found.matches).toBeLessThanOrEqual(caps.matches + 2 * caps.context);
          for (const { line, match } of found.lines) if (match) paged.add(line);
          from = found.next;
        }
        expect([...paged].sort((a, b) => a - b)).toEqual(all);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a search over several logs', () => {
  const logs = ['one', 'two', 'three'].map((name) => ({ name, lines: numbered(40) }));
  const pattern = compilePattern('error');

  it('has one budget for all, names what it left, and goes on by its cursor', () => {
    const first = searchAll(logs, pattern, { ...LIMITS, matches: 6 });
    const second = searchAll(logs, pattern, LIMITS, first.cursor);

    expect(first.logs.map(({ name, matches }) => `${name} ${matches}`)).toEqual(['one 4', 'two 2']);
    expect(first.unread).toEqual(['three']);
    expect(second.logs.map(({ name, matches }) => `${name} ${matches}`)).toEqual(['two 2', 'three 4']);
    expect(second.cursor).toBeNull();
  });

  it('takes a cursor with its own pattern and logs only', () => {
    const cursor = writeCursor({ source: 'two', line: 7 }, pattern);

    expect(readCursor(cursor, pattern)).toEqual({ source: 'two', line: 7 });
    expect(() => searchAll(logs, compilePattern('other'), LIMITS, cursor)).toThrow('another search');
    expect(() => searchAll(logs.slice(0, 1), pattern, LIMITS, cursor)).toThrow('another search');
    expect(() => searchAll(logs, pattern, LIMITS, '???')).toThrow(InvalidPattern);
  });
});
