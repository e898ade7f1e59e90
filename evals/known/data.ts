// The recorded issues of one repository, and failures that belong to none of them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { KnownIssue } from '../../src/ci/known-issue.ts';
import { issueUrl } from '../../src/ci/links.ts';
import { nameWords } from '../../src/history/known/words.ts';

const Recorded = z.object({
  number: z.int(),
  title: z.string(),
  state: z.string(),
  closed: z.string().nullish(),
  labels: z.array(z.string()),
  error_blocks: z.array(z.string()),
});
export type Recorded = z.output<typeof Recorded>;

export const readIssues = (shared: string): Recorded[] =>
  z.array(Recorded).parse(JSON.parse(readFileSync(join(shared, 'data/known-issues/kueue-flakes.json'), 'utf8')));

/** A third is for tuning, chosen by the hash of the number; the rest is scored. */
export const isForTuning = ({ number }: Recorded): boolean =>
  (createHash('sha256').update(`kueue#${number}`).digest()[0] ?? 0) % 3 === 0;

/** The issue as a source would give it, with these blocks of its text. */
export function issueOf(recorded: Recorded, blocks: readonly string[]): KnownIssue {
  const { number, title, state, closed, labels } = recorded;
  const changed = Date.parse(closed ?? '');
  return {
    tracker: 'github',
    id: String(number),
    url: issueUrl({ org: 'kubernetes-sigs', repo: 'kueue', number }),
    title,
    state: state === 'open' ? 'open' : state.includes('completed') ? 'fixed' : 'closed',
    fixedIn: null,
    changed: Number.isNaN(changed) ? null : changed,
    labels,
    tests: [],
    text: blocks.join('\n'),
  };
}

/** What titles say besides the test: kinds, branches, and words for being flaky. */
const BESIDE =
  /\b(?:flaky|flakes?|fleky|failing|deflake|fix|tests?|e2e|integration|unit|periodic|release|suite|end to end)\b|\d+/g;
const LEAST_WORDS = 4;

/** True for two issues that are titled by one test: the same problem filed again, as far as a title tells. */
export function isSameTest(a: Recorded, b: Recorded): boolean {
  const [one, other] = [a, b].map(({ title }) =>
    nameWords(title).join(' ').replace(BESIDE, ' ').replace(/\s+/g, ' ').trim(),
  );
  if (one === undefined || other === undefined) return false;
  const least = Math.min(one.split(' ').length, other.split(' ').length);
  return one === other || (least >= LEAST_WORDS && (one.includes(other) || other.includes(one)));
}

const Chunk = z.object({ chunk: z.string() });
const Build = z.object({
  junit_failures: z.array(z.object({ name: z.string(), message: z.string() })).nullish(),
});

/** What people marked as the reason in build logs of other projects. */
export const readForeignLogs = (shared: string): string[] =>
  z
    .array(Chunk)
    .parse(JSON.parse(readFileSync(join(shared, 'data/logs/logchunks/labels.json'), 'utf8')))
    .map(({ chunk }) => chunk);

/** Failed JUnit cases of OpenShift's nightlies, each name once. */
export function readForeignTests(shared: string): { test: string; text: string }[] {
  const lines = readFileSync(join(shared, 'data/prow/builds.jsonl'), 'utf8').trim().split('\n');
  const cases = lines.flatMap((line) => Build.parse(JSON.parse(line)).junit_failures ?? []);
  return [...new Map(cases.map(({ name, message }) => [name, { test: name, text: message }])).values()];
}
