import { describe, expect, it } from 'vitest';
import { gridUri, logUri, parseUri, runUri } from '../../src/tooling/uris.ts';

describe('addresses of resources', () => {
  it('are read back to what they were made of', () => {
    expect(parseUri(runUri('gs://b/logs/j/1'))).toEqual({ kind: 'run', run: 'gs://b/logs/j/1' });
    expect(parseUri(logUri('gs://b/logs/j/1/build-log.txt'))).toMatchObject({ log: 'gs://b/logs/j/1/build-log.txt' });
    expect(parseUri(gridUri('a dash/board#tab %'))).toEqual({ kind: 'grid', grid: 'a dash/board#tab %' });
    expect(parseUri('whyred://log/b/x#L3-L9')).toMatchObject({ lines: { from: 3, to: 9 } });
    expect(parseUri('whyred://log/b/x#L3')).toMatchObject({ lines: { from: 3, to: 3 } });
  });
});
