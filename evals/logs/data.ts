// The recorded logs with a known truth, split by repository into a part to tune on and the part that is scored.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { Lines } from '../../src/logs/lines.ts';

/** A failing log and the lines that a person marked in it. */
export interface LabelledLog {
  readonly name: string;
  readonly repository: string;
  readonly lines: Lines;
  /** Marked lines that are not blank, from 1. */
  readonly truth: ReadonlySet<number>;
  /** A passing log of the same job, where there is one. */
  readonly passing: Lines | null;
}

export interface Part<T> {
  readonly tuning: readonly T[];
  readonly scored: readonly T[];
}

const Range = z.tuple([z.number(), z.number()]);
const Chunk = z.object({ log: z.string(), start_line: z.number(), end_line: z.number() });
const Pair = z.object({ id: z.string(), rater1: z.object({ E: z.array(Range) }) });
const Excerpt = z.object({ file: z.string(), match_line: z.number() });

/** LogChunks: 370 Travis logs of 37 repositories; at most an eighth of the logs is for tuning. */
export function readLogChunks(shared: string): Part<LabelledLog> {
  const folder = join(shared, 'data/logs/logchunks');
  const labels = z.array(Chunk).parse(readJson(join(folder, 'labels.json')));
  return split(
    labels,
    ({ log }) => log.split('/')[1] ?? '',
    1 / 8,
    ({ log, start_line, end_line }) => {
      const repository = log.split('/')[1] ?? '';
      const lines = readLog(join(folder, `${log}.gz`));
      return { name: log, repository, lines, truth: marked(lines, [[start_line, end_line]]), passing: null };
    },
  );
}

/** CiDiff: 36 pairs of a failing and a passing log; at most a third of them is for tuning. Truth: the first rater's error lines. */
export function readCiDiff(shared: string): Part<LabelledLog> {
  const folder = join(shared, 'data/logs/cidiff');
  const pairs = z.array(Pair).parse(readJson(join(folder, 'index.json')));
  const repositoryOf = (id: string): string => (id.split('/').at(-1) ?? '').replace(/_\d+$/, '');
  return split(
    pairs,
    ({ id }) => repositoryOf(id),
    1 / 3,
    ({ id, rater1 }) => {
      const lines = readLog(join(folder, id, 'fail.log.gz'));
      const passing = readLog(join(folder, id, 'pass.log.gz'));
      return { name: id, repository: repositoryOf(id), lines, truth: marked(lines, rater1.E), passing };
    },
  );
}

/** GitHub Actions: 21 excerpts with one winning line each; none is for tuning. */
export function readGithubActions(shared: string): readonly LabelledLog[] {
  const folder = join(shared, 'data/logs/ghactions');
  return z
    .array(Excerpt)
    .parse(readJson(join(folder, 'index.json')))
    .map(({ file, match_line }) => {
      const text = normalised(readFileSync(join(folder, file), 'utf8'));
      const log = text
        .replace(/^#=SOURCE=#.*\n/, '')
        .replace(/^#=MATCH=# ?/gm, '')
        .replace(/[‹›]/g, '');
      const lines = new Lines(Buffer.from(log));
      return { name: file, repository: 'pytorch', lines, truth: new Set([match_line]), passing: null };
    });
}

/** Repositories in the order of their hash go to the tuning part while it stays within its share. */
function split<L, T>(
  labels: readonly L[],
  repositoryOf: (label: L) => string,
  share: number,
  read: (label: L) => T,
): Part<T> {
  const hash = (name: string): string => createHash('sha256').update(name).digest('hex');
  const groups = Object.entries(Object.groupBy(labels, repositoryOf)).map(([name, of = []]) => ({
    key: hash(name),
    of,
  }));
  groups.sort((a, b) => (a.key < b.key ? -1 : 1));
  const tuning = new Set<L>();
  for (const { of } of groups) {
    if (tuning.size + of.length > share * labels.length) break;
    for (const label of of) tuning.add(label);
  }
  return {
    tuning: labels.filter((label) => tuning.has(label)).map(read),
    scored: labels.filter((label) => !tuning.has(label)).map(read),
  };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The labels count a lone `\r` as a line break, so the logs are given that way. */
const normalised = (text: string): string => text.replace(/\r\n?/g, '\n');

const readLog = (path: string): Lines =>
  new Lines(Buffer.from(normalised(gunzipSync(readFileSync(path)).toString('latin1')), 'latin1'));

/** Blank lines say nothing: they count neither as found nor as missed. */
function marked(lines: Lines, ranges: readonly (readonly [number, number])[]): Set<number> {
  const truth = new Set<number>();
  for (const [from, to] of ranges)
    for (let line = from; line <= Math.min(to, lines.count); line += 1)
      if (lines.text(line).trim() !== '') truth.add(line);
  return truth;
}
