// The tests that failed in a run, from its JUnit files.
import type { Run } from '../ci/run.ts';
import { readJunit, type JunitCase } from '../logs/junit.ts';
import type { Artifact, CiSystem, Document } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import { readObject } from './read-run.ts';

/** kubetest's own report: one case a stage. */
const RUNNER_FILE = '/junit_runner.xml';
const MAX_FILES = 16;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Stored bytes of all files together, so that one answer stays small on the wire. */
const MAX_STORED_BYTES = 24 * 1024 * 1024;

export interface FailedTest {
  readonly case: JunitCase;
  readonly document: Document;
  /** True when the same test also passed in this run. */
  readonly alsoPassed: boolean;
}

export interface TestResults {
  readonly failed: readonly FailedTest[];
  /** Stages of a Kubernetes test runner (`Up`, `Test`, `Down` …) that failed: not tests, the run as a whole. */
  readonly stages: readonly FailedTest[];
  /** Distinct tests with a result. */
  readonly total: number;
  /** False when there was no JUnit file to read. */
  readonly known: boolean;
}

/** Reads the JUnit files of a step, or of the whole run when `folder` is null (files of single steps aside). */
export async function readTests(
  ci: CiSystem,
  run: Run,
  artifacts: readonly Artifact[],
  folder: string | null,
  gaps: Gaps,
): Promise<TestResults> {
  const files = artifacts
    .filter(({ path }) => /junit[^/]{0,200}\.xml$/.test(path) && !path.endsWith('/junit_operator.xml'))
    .filter(({ path }) => (folder === null ? true : path.startsWith(`${folder}/`)));
  const chosen: Artifact[] = [];
  let bytes = 0;
  for (const file of files) {
    if (chosen.length >= MAX_FILES || bytes + file.size > MAX_STORED_BYTES) continue;
    chosen.push(file);
    bytes += file.size;
  }
  if (chosen.length < files.length)
    gaps.add({
      what: `${files.length - chosen.length} of ${files.length} JUnit files`,
      why: 'too many or too large to read',
      effect: 'failed tests may be missing',
    });
  const effect = 'failed tests may be missing';
  const read = await Promise.all(
    chosen.map(({ object }) => readObject(ci, run, object, gaps, { effect, maxBytes: MAX_FILE_BYTES })),
  );
  return collect(
    read.filter((document) => document !== null),
    gaps,
  );
}

function collect(documents: readonly Document[], gaps: Gaps): TestResults {
  const failed: { case: JunitCase; document: Document }[] = [];
  const passed = new Set<string>();
  const names = new Set<string>();
  for (const document of documents) {
    const report = readJunit(document.bytes);
    for (const problem of report.problems)
      gaps.add({
        what: document.source.object.split('/').at(-1) ?? 'a JUnit file',
        why: problem,
        effect: 'failed tests may be missing',
      });
    const isRunner = document.source.object.endsWith(RUNNER_FILE);
    for (const testCase of report.cases) {
      if (testCase.outcome !== 'skipped' && !isRunner) names.add(keyOf(testCase));
      if (testCase.outcome === 'passed') passed.add(keyOf(testCase));
      if (testCase.outcome === 'failed') failed.push({ case: testCase, document });
    }
  }
  const first = new Map<string, FailedTest>();
  for (const entry of failed)
    if (!first.has(keyOf(entry.case)))
      first.set(keyOf(entry.case), { ...entry, alsoPassed: passed.has(keyOf(entry.case)) });
  const all = [...first.values()];
  const isStage = ({ document }: FailedTest): boolean => document.source.object.endsWith(RUNNER_FILE);
  return {
    failed: all.filter((test) => !isStage(test)),
    stages: all.filter(isStage),
    total: names.size,
    known: documents.length > 0,
  };
}

/** Tests of one name in two suites or classes are two tests: only the same one run again is a retry. */
const keyOf = ({ suite, classname, name }: JunitCase): string => `${suite}\u0000${classname}\u0000${name}`;
