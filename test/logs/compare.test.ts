import { describe, expect, it } from 'vitest';
import { compareLogs, lineLike } from '../../src/logs/compare.ts';
import { Lines } from '../../src/logs/lines.ts';
import { Baseline } from '../../src/logs/baseline.ts';
import { findSimilar, isSimilar, signatureOf } from '../../src/logs/signature.ts';
import { summarizeLog } from '../../src/logs/summarize.ts';

const log = (...lines: string[]): Lines => new Lines(Buffer.from(lines.join('\n')));
const passing = log('start at 10:00', 'setup', 'compile', 'test a', 'test b', 'test c', 'deploy', 'done in 12s');

describe('a failing log beside passing ones', () => {
  it('tells what is new, what is gone and what was never reached', () => {
    const failing = log('start at 11:30', 'setup', 'compile', 'test a', 'boom: test b broke', 'done in 7s');

    expect(compareLogs(failing, [passing])).toEqual({
      added: [{ from: 5, to: 5 }],
      gone: [{ from: 5, to: 7 }],
      moved: [],
      neverReached: { from: 5, to: 7, after: 4, before: 6 },
    });
  });

  it('calls a line moved that stands elsewhere, and nothing gone that one passing log lacks', () => {
    const { moved, gone } = compareLogs(log('setup', 'test b', 'compile', 'test a', 'test c'), [
      passing,
      log('setup', 'compile', 'test a', 'test b', 'test c'),
    ]);

    expect(moved).toEqual([{ line: 2, was: 5 }]);
    expect(gone).toEqual([]);
  });

  it('calls nothing never reached that was done in another order', () => {
    const steps = Array.from({ length: 12 }, (_, i) => `task ${String.fromCharCode(97 + i)} done`);

    expect(compareLogs(log('setup', ...steps.toReversed(), 'end'), [log('setup', ...steps, 'end')]).neverReached).toBe(
      null,
    );
  });

  it('finds the like of a line', () => {
    expect(lineLike(log('setup', 'done in 7s'), 2, passing)).toBe(8);
    expect(lineLike(log('boom'), 1, passing)).toBeNull();
  });

  it('ranks what no passing log says before what all of them say', () => {
    const known = 'error: cannot reach the cache';
    const baseline = new Baseline();
    baseline.add(log('start', known));
    const failing = log('start', known, 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'error: disk is gone', known);

    expect(summarizeLog(failing, { budget: 100, baseline }).headline?.text).toBe('error: disk is gone');
  });
});

describe('the signature of a failure', () => {
  it('is the same in another run', () => {
    const a = signatureOf('panic: pod web-7xk2p at 10.0.0.7:443 gave 503 after 12.5s');
    const b = signatureOf('panic: pod web-9zt4q at 10.1.2.3:443 gave 503 after 7s');

    expect(a.key).toMatch(/^v1:[0-9a-f]{32}$/);
    expect(isSimilar(a, b)).toBe(true);
    expect(signatureOf('pod 7 failed').key).toBe(signatureOf('pod 12 failed').key);
  });

  it('is similar to one with a few other letters, and to no other failure', () => {
    const a = signatureOf('could not reach the registry of the build farm in time');

    expect(isSimilar(a, signatureOf('could not reach the registry of the test farm in time'))).toBe(true);
    expect(isSimilar(a, signatureOf('no lease on a cloud account was free for the job'))).toBe(false);
  });

  it('finds those alike, the same first', () => {
    const named = (name: string, text: string): { name: string; signature: ReturnType<typeof signatureOf> } => ({
      name,
      signature: signatureOf(text),
    });
    const almost = named('almost', 'could not reach the registry of the test farm in time');
    const same = named('same', 'could not reach the registry of the build farm in time');

    const found = findSimilar(same.signature, [named('other', 'no lease was free'), almost, same]);

    expect(found.map(({ name }) => name)).toEqual(['same', 'almost']);
    expect(findSimilar(null, [same])).toEqual([]);
  });
});
