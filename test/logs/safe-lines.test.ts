import { describe, expect, it } from 'vitest';
import { Lines } from '../../src/logs/lines.ts';
import { safeLine } from '../../src/logs/safe-lines.ts';
import { summarizeLog } from '../../src/logs/summarize.ts';

const SECRET = 'Tr0ub4dor3xY9qLm';
const log = (...lines: string[]): Lines => new Lines(Buffer.from(lines.join('\n')));

describe('a line as it may be shown alone', () => {
  it('has no secret that only the line before it tells', () => {
    expect(safeLine(log('password:', `  ${SECRET}`, 'end'), 2)).toBe('[redacted: generic-secret]');
  });

  it('is its part that says most, without its runner’s prefix', () => {
    expect(safeLine(log('2026-11-24T10:00:00Z 10 %\rpanic: broken\r'), 1)).toBe('panic: broken');
  });

  it('is what a headline is', () => {
    const headline = summarizeLog(log('start', `error: login with password=${SECRET} failed`), {
      budget: 100,
    }).headline;

    expect(headline?.text).toContain('[redacted: ');
    expect(headline?.text).not.toContain(SECRET);
  });
});
