// The command as a process: what it ends with when it is set up wrongly, or when something nothing caught happens.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const BIN = join(import.meta.dirname, '../../bin/whyred.js');
const SECRET = ['xoxp', '1234567890', 'abcdefghijklmnop'].join('-');

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

function whyred(args: readonly string[], env: Record<string, string>, node: readonly string[] = []): Ended {
  const { status, stderr } = spawnSync(process.execPath, [...node, BIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
    timeout: 15_000,
  });
  return { code: status, err: stderr };
}

describe('the process', () => {
  it('of a bot that is set up wrongly lists all that is wrong, repeats no value and exits 78 (R-08)', () => {
    const { code, err } = whyred(['slack'], {
      SLACK_BOT_TOKEN: SECRET,
      SLACK_API_URL: 'http://elsewhere.example/',
      WHYRED_SLACK_TEAMS: 'everybody',
    });

    expect(code).toBe(78);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'WHYRED_SLACK_TEAMS'])
      expect(err).toContain(name);
    expect(err).not.toContain(SECRET);
    expect(err).not.toContain('elsewhere');
  });

  it.each([
    ['a rejection', 'setTimeout(() => Promise.reject(new Error(process.env.WORDS)), 200)'],
    ['an exception', 'setTimeout(() => { throw new Error(process.env.WORDS) }, 200)'],
  ])('ends with 1 and where it was at %s that nothing caught, without its words (R-06)', (_, code) => {
    const preload = `data:text/javascript,${encodeURIComponent(code)}`;

    const ended = whyred(['mcp', '--http', '--port', '0'], { WORDS: SECRET }, ['--import', preload]);

    expect(ended.code).toBe(1);
    expect(ended.err).toContain('a mistake of ours that nothing caught: Error');
    expect(ended.err).not.toContain(SECRET);
  });
});
