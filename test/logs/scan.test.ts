import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lines } from '../../src/logs/lines.ts';
import { LogScan, scanLines } from '../../src/logs/scan.ts';
import { summarizeLog, summarizeScan } from '../../src/logs/summarize.ts';

const MIB = 1024 * 1024;
const scan = (chunks: readonly Buffer[]): ReturnType<LogScan['finish']> => {
  const log = new LogScan();
  for (const chunk of chunks) log.feed(chunk);
  return log.finish();
};

describe('a log that streams by', () => {
  it('gives what it gives as a whole, however it is cut into chunks', () => {
    const line = fc.constantFrom(
      'panic: x',
      'ok',
      '',
      'error: y 12',
      '  at frame',
      'The command "make" exited with 2.',
      'é●',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(fc.nat(200), { maxLength: 6 }), (texts, cuts) => {
        const bytes = Buffer.from(texts.join('\n'));
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const found = scan(at.slice(1).map((end, i) => Buffer.from(bytes.subarray(at[i], end))));

        const whole = new Lines(bytes);
        expect(found.lines.count).toBe(whole.count);
        expect(found.hits.map(({ line: n, own }) => [n, own])).toEqual(
          scanLines(whole).hits.map(({ line: n, own }) => [n, own]),
        );
        expect(summarizeScan(found, { budget: 100 })).toEqual(summarizeLog(whole, { budget: 100 }));
      }),
    );
  });

  it('keeps only what may be quoted of a long one, and counts its lines', () => {
    const noise = Buffer.from('I1120 12:00:00 all is well in this part of the log, nothing to see\n\n'.repeat(15_000));
    const cause = Buffer.from('before\npanic: the cause\ngoroutine 1 [running]:\nafter\n');

    const found = scan([...Array<Buffer>(20).fill(noise), cause, ...Array<Buffer>(30).fill(noise)]);
    const { headline, linesTotal } = summarizeScan(found, { budget: 200 });

    expect(found.bytes).toBeGreaterThan(47 * MIB);
    expect(headline).toMatchObject({ line: 600_002, text: 'panic: the cause' });
    expect(linesTotal).toBe(1_500_004);
    const kept = Array.from({ length: 400 }, (_, i) => 599_800 + i).filter((line) => found.lines.has(line));
    expect(kept.length).toBeGreaterThan(100);
    for (const line of kept) expect(found.lines.text(line)).not.toContain('\n');
    expect(found.lines.has(100_000)).toBe(false);
  });

  it('keeps the beginning of a line without end', () => {
    const found = scan([
      Buffer.from('panic: long '),
      ...Array<Buffer>(5).fill(Buffer.alloc(MIB, 0x61)),
      Buffer.from('\nerror: next\n'),
    ]);

    expect(found.lines.count).toBe(2);
    expect(found.cutLines).toBe(1);
    expect(found.lines.text(1, 12)).toBe('panic: long ');
    expect(summarizeScan(found, { budget: 100 }).headline?.text).toBe('error: next');
  });
});
