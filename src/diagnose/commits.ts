// Which commits runs tested, from their started.json, and what changed between the last good and the first bad one.
import { z } from 'zod';
import type { Source } from '../ci/evidence.ts';
import type { RunPoint, Since } from '../ci/failure.ts';
import type { Run } from '../ci/run.ts';
import type { Reason } from '../ci/verdict.ts';
import { tryJson } from '../sources/json.ts';
import type { CiSystem, Document } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import type { Quotes } from './quote.ts';
import { readObject } from './read-run.ts';

export interface Commit {
  /** `org/repo`. */
  readonly repository: string;
  readonly sha: string;
  readonly source: Source;
  /** The text in the source that names the commit. */
  readonly quote: string;
  /** The whole source. */
  readonly text: Buffer;
}

const Started = z.object({
  'repo-commit': z.string().optional(),
  repos: z.record(z.string(), z.string()).optional(),
});

const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/;
const SHA = /^[0-9a-f]{7,40}$/;

/** The commits in a started.json: `repos` as `branch:sha`, and `repo-commit` for the first repository. */
export function commitsIn(document: Document): Commit[] {
  const started = Started.safeParse(tryJson(document.bytes)).data ?? {};
  const text = document.bytes.toString();
  const repos = Object.entries(started.repos ?? {}).filter(([name]) => REPOSITORY.test(name));
  return repos.flatMap(([repository, ref], i) => {
    const inRef = ref.split(',')[0]?.split(':')[1] ?? '';
    const sha = SHA.test(inRef) ? inRef : i === 0 ? (started['repo-commit'] ?? '') : '';
    if (!SHA.test(sha) || !text.includes(sha)) return [];
    return [{ repository, sha, source: document.source, quote: lineWith(text, sha), text: document.bytes }];
  });
}

/** The JSON member that holds `sha`, exactly as it stands in the text. */
function lineWith(text: string, sha: string): string {
  const at = text.indexOf(sha);
  const from = Math.max(text.lastIndexOf('{', at), text.lastIndexOf(',"', at), text.lastIndexOf('\n', at)) + 1;
  const to = text.indexOf('"', at) + 1;
  return text.slice(from, to).trim();
}

/** The runs at both ends of a break, with the commits they tested. */
export interface Ends {
  readonly firstBad: readonly Commit[];
  readonly lastGood: readonly Commit[];
}

/** Reads what the first failing and the last passing run tested; empty where a run does not say. */
export async function readEnds(ci: CiSystem, runs: readonly Run[], since: Since | null, gaps: Gaps): Promise<Ends> {
  const read = async (point: RunPoint | null): Promise<Commit[]> => {
    const run = runs.find(({ build }) => build === point?.build);
    return run ? commitsOf(ci, run, gaps) : [];
  };
  const [firstBad, lastGood] = await Promise.all([
    read(since?.first_failing ?? null),
    read(since?.last_passing ?? null),
  ]);
  return { firstBad, lastGood };
}

/** Reads what a run tested; empty where it does not say. */
export async function commitsOf(ci: CiSystem, run: Run, gaps: Gaps): Promise<Commit[]> {
  const effect = 'the range of commits is unknown';
  const started = await readObject(ci, run, `${run.path}/started.json`, gaps, { effect, optional: true });
  return started ? commitsIn(started) : [];
}

/** What the two ends are called: those of a break, or two runs somebody chose. */
export interface EndNames {
  readonly good: 'last good' | 'good';
  readonly bad: 'first bad' | 'bad';
}

const ENDS_OF_BREAK: EndNames = { good: 'last good', bad: 'first bad' };

/** What changed between the two ends, as reasons with their evidence: one a repository that moved. */
export function changesBetween({ firstBad, lastGood }: Ends, quotes: Quotes, names = ENDS_OF_BREAK): Reason[] {
  return firstBad.flatMap((first) => {
    const last = lastGood.find(({ repository }) => repository === first.repository);
    if (!last || last.sha === first.sha) return [];
    const text = `${first.repository} moved from ${last.sha.slice(0, 9)} (${names.good}) to ${first.sha.slice(0, 9)} (${names.bad})`;
    return [{ text, evidence: [quotes.commits(first, last, names)] }];
  });
}
