// The verdict in one sentence.
import type { Failure, Since } from '../ci/failure.ts';
import type { JobState } from '../ci/verdict.ts';
import type { Decision } from './decide.ts';

const LOCUS_WORDS: Record<Decision['locus'], string> = {
  'ci infrastructure': 'the CI infrastructure failed, not the code under test',
  'cluster install': 'the cluster under test did not come up',
  product: 'the product under test misbehaves',
  test: 'the test itself is the likely cause',
  'build/config': 'the code or the job’s configuration does not build or resolve',
  unknown: 'what is at fault, product, test or CI, is not decided',
};

const RECURRENCE_WORDS: Record<Decision['recurrence'], string> = {
  regression: 'a regression',
  'known flake': 'a known flake',
  new: 'new',
  outage: 'an outage',
  recovered: 'over now',
  undecided: 'whether a break or a flake is not decided',
};

export interface Summarized {
  readonly state: JobState;
  readonly decision: Decision;
  readonly failures: readonly Failure[];
  readonly since: Since | null;
  /** Failed tests in all, more than are listed. */
  readonly failedTests: number;
  /** True when one run was asked for by its build. */
  readonly ofRun: boolean;
}

/** One sentence: what happens, what failed, what kind it is. */
export function summarize({ state, decision, failures, failedTests, since, ofRun }: Summarized): string {
  const { locus, recurrence } = decision;
  const kind =
    locus === 'unknown' && recurrence === 'undecided'
      ? LOCUS_WORDS.unknown
      : `${LOCUS_WORDS[locus]} (${RECURRENCE_WORDS[recurrence]})`;
  return `${opening(state, since, ofRun)}: ${whatFailed(failures, failedTests)}; ${kind}.`;
}

function opening(state: JobState, since: Since | null, ofRun: boolean): string {
  if (ofRun) return 'The run failed';
  const runs = since?.in_a_row ?? 0;
  const length = runs > 1 ? `${runs} runs in a row` : 'its newest completed run';
  switch (state) {
    case 'failing':
      return `Failing in ${length}`;
    case 'passing':
      return since?.recovered
        ? `Passing again since ${day(since.recovered.time)}, after ${runs} failed run${runs === 1 ? '' : 's'}`
        : 'Passing';
    case 'stale':
      return since?.recovered
        ? 'Not running any more, and green when it last ran; before that'
        : `Not running any more, and red when it last ran (${length})`;
    case 'no completed runs':
      return 'No run has completed';
  }
}

function whatFailed(failures: readonly Failure[], failedTests: number): string {
  const primary = failures.filter(({ secondary }) => !secondary);
  const step = primary.find((failure) => failure.step !== null)?.step ?? null;
  const tests = primary.filter(({ test }) => test !== null);
  const named =
    tests.length === 1 ? `test ${tests[0]?.test ?? ''} failed` : `${Math.max(failedTests, tests.length)} tests failed`;
  if (step !== null)
    return tests.length === 0 ? `step ${step} failed first` : `step ${step} failed first, where ${named}`;
  return tests.length > 0 ? named : 'which step or test failed is not known';
}

const day = (time: string | null): string => time?.slice(0, 10) ?? 'then';
