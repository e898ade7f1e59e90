import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { problemOf } from './judge.ts';
import { literals, made, type Found } from './regexes.ts';

/** Some expressions take the checker a second: what it found linear before is not asked again. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/whyred/linear.json', import.meta.url));

function readCache(): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(CACHE, 'utf8')) as string[]);
  } catch {
    return new Set();
  }
}

function problems(all: readonly Found[]): string[] {
  const known = readCache();
  const linear = new Set<string>();
  const found = all.flatMap(({ place, source, flags }) => {
    const key = createHash('sha256').update(`${flags}/${source}`).digest('base64url');
    const problem = known.has(key) || linear.has(key) ? null : problemOf(source, flags);
    if (problem === null) linear.add(key);
    return problem === null ? [] : [`${place}: ${problem}: /${source.slice(0, 200)}/${flags}`];
  });
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify([...linear]));
  return found;
}

describe('every regular expression of the source', () => {
  it('takes time linear in the text it is tried on', { timeout: 600_000 }, async () => {
    const all = [...literals(), ...(await made())];

    expect(all.length).toBeGreaterThan(250);
    expect(problems(all)).toEqual([]);
  });

  it('is judged by a checker that tells the classic ones', { timeout: 60_000 }, () => {
    for (const slow of ['(a+)+$', '(a|aa)+$', '\\s+$', '^(\\w+\\s?)*$', '.*.*x', '(?:x{0,300}y{0,300}){3}z'])
      expect(problemOf(slow, ''), slow).not.toBeNull();
    for (const fast of ['^a+$', 'ghp_[0-9A-Za-z]{36}', 'a{1,99}b', '^\\s*x'])
      expect(problemOf(fast, ''), fast).toBeNull();
  });
});
