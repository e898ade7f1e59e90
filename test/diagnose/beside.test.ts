import { describe, expect, it } from 'vitest';
import { EvidenceList } from '../../src/ci/evidence.ts';
import type { Run } from '../../src/ci/run.ts';
import { compareWithGood } from '../../src/diagnose/beside.ts';
import { Quotes } from '../../src/diagnose/quote.ts';
import type { LogOfRun } from '../../src/diagnose/read-run.ts';
import { Lines } from '../../src/logs/lines.ts';

const sites = { deck: 'https://d.example', storage: 'https://s.example', testgrid: 'https://t.example' };
const work = Array.from({ length: 20 }, (_, i) => `task ${String.fromCharCode(97 + i)} done`);

function logOf(build: string, lines: readonly string[]): LogOfRun {
  const job = { system: 's', bucket: 'b', kind: 'periodic' as const, name: 'j' };
  const path = `logs/j/${build}`;
  const source = { service: 'gcs' as const, bucket: 'b', object: `${path}/build-log.txt`, build };
  const run: Run = { job, build, path, state: 'passed', started: 0, durationMs: 0, record: build, source };
  const bytes = Buffer.from(lines.join('\n'));
  return { run, log: { document: { source, bytes, cut: null }, lines: new Lines(bytes) } };
}

function told(bad: readonly string[], good: readonly string[], line: number): { text: string; quotes: string[] }[] {
  const list = new EvidenceList();
  const quotes = new Quotes(list, sites);
  const failing = logOf('2', bad);
  const said = [{ line, evidence: quotes.lines(failing.run, failing.log, line, line) }];
  return compareWithGood(failing, logOf('1', good), said, quotes).reasons.map(({ text, evidence }) => ({
    text,
    quotes: list.items.filter(({ id }) => evidence.includes(id)).map(({ quote }) => quote),
  }));
}

describe('a log beside that of the last good run', () => {
  it('has a new line where the good run went on', () => {
    expect(told(['setup', 'start', 'boom', 'clean up'], ['setup', 'start', ...work, 'clean up'], 3)).toEqual([
      { text: 'Line 3 is new: the same log of passing run 1 has none like it', quotes: ['boom', '1'] },
      {
        text: 'Where line 3 stands passing run 1 went on with lines 3 to 22 of its log, which this run never reached',
        quotes: ['boom', 'task a done'],
      },
    ]);
  });

  it('has a line that says nothing new, and quotes its like', () => {
    expect(told(['setup', 'retry 3 failed', 'boom'], ['setup', 'retry 1 failed', 'end'], 2)).toEqual([
      {
        text: 'Line 2 is not new: passing run 1 says the like, so it may not be the cause',
        quotes: ['retry 3 failed', 'retry 1 failed'],
      },
    ]);
  });
});
