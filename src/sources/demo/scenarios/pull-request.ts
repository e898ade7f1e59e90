// A pull request with two commits and three jobs: one passes, one fails by the change itself, one by a flaky test.
import type { JobScript } from '../job.ts';
import type { Complaint, Episode, KubernetesLayout, PullRefs } from '../model.ts';
import { Random } from '../random.ts';
import { failed, flaky, KUBERNETES_BUCKET, type ScenarioScript } from './script.ts';

const REPO = 'example-org/widget';
const NUMBER = 1234;
const COMPILE_ERROR = 'pkg/store/cache.go:88:14: undefined: evictOldestFirst';
const TEST = '[It] [sig-apps] Deployment should roll widgets over without losing requests';
const LINE = 'lost 2 of 4000 requests during the rollout: read tcp 10.244.1.7:8080: connection reset by peer';

const COMPLAINT: Complaint = {
  message: LINE,
  at: 'github.com/example-org/widget/test/e2e/rollout_test.go:131',
  said: ['I@ rollout_test.go:120] endpoint 10.244.1.7 left the slice 40ms after its container ended'],
  stack: ['\ttest/e2e/rollout_test.go:131 +0x2f4'],
};

/** The two newest runs of each job are the pull request's two commits; those before belong to other pull requests. */
function pullAt(index: number): PullRefs {
  const own = index < 2;
  const number = own ? NUMBER : 1233 - Math.floor(index / 2);
  const base = new Random(REPO, 'base', own ? 'own' : Math.floor(index / 4)).hex(40);
  const sha = new Random(REPO, number, own ? index : 0).hex(40);
  const author = own ? 'octo-contributor' : new Random(REPO, number).pick(['mira-k', 'tbergmann', 'yusuf-a']);
  return {
    number,
    author,
    title: own ? 'store: evict the oldest entry first' : `cleanup ${number}`,
    baseSha: base,
    sha,
  };
}

const presubmit = (short: string, work: KubernetesLayout['work'], episode: (index: number) => Episode): JobScript => ({
  name: `pull-widget-${short}`,
  bucket: KUBERNETES_BUCKET,
  dashboard: 'presubmits-example-org-widget',
  tab: short,
  layout: { kind: 'kubernetes', repo: REPO, work },
  runs: 28,
  everyHours: 9,
  minutes: work === 'e2e' ? 32 : 9,
  tests: work === 'e2e' ? 44 : 15,
  episode,
  pulls: { orgRepo: REPO, of: pullAt },
});

const compileError: Episode = {
  halt: {
    at: 'step',
    step: 'test',
    minutes: 4,
    exit: 2,
    log: [
      '# github.com/example-org/widget/pkg/store [github.com/example-org/widget/pkg/store.test]',
      COMPILE_ERROR,
      'FAIL\tgithub.com/example-org/widget/pkg/store [build failed]',
      'make: *** [Makefile:41: test] Error 2',
      '+ EXIT_VALUE=2',
    ],
  },
};

const RED = new Set([0, 5, 11, 18, 24]);
const RETRIED = new Set([3, 8, 14, 21]);

const flakyRun = (index: number): Episode => {
  if (RED.has(index)) return { tests: [failed(TEST, COMPLAINT)] };
  return RETRIED.has(index) ? { tests: [flaky(TEST, COMPLAINT)] } : {};
};

export const pullRequest: readonly ScenarioScript[] = [
  {
    id: 'pull-request-unit',
    title: 'A pull request whose own code does not compile',
    question: 'Why is example-org/widget#1234 red?',
    job: presubmit('unit', 'go', (index) => (index === 0 ? compileError : {})),
    truth: (job) => {
      const [red, green] = job.runs;
      return {
        state: 'failing',
        locus: 'build/config',
        recurrence: 'new',
        cause: { line: COMPILE_ERROR, artifact: 'build-log.txt' },
        firstFailing: red?.build ?? '',
        lastPassing: green?.build ?? '',
        commits: { from: green?.pull?.sha ?? '', to: red?.pull?.sha ?? '', culprit: red?.pull?.sha ?? '' },
      };
    },
  },
  {
    id: 'pull-request-e2e',
    title: 'A flaky test on a pull request',
    question: 'Did example-org/widget#1234 break pull-widget-e2e?',
    job: presubmit('e2e', 'e2e', flakyRun),
    truth: (job) => ({
      state: 'failing',
      locus: 'test',
      recurrence: 'known flake',
      cause: { test: TEST, line: LINE, artifact: 'build-log.txt' },
      firstFailing: job.runs[0]?.build ?? '',
      lastPassing: job.runs[1]?.build ?? '',
    }),
  },
  {
    id: 'pull-request-verify',
    title: 'The job of the pull request that passes',
    question: 'Is pull-widget-verify green on example-org/widget#1234?',
    job: presubmit('verify', 'go', () => ({})),
    truth: () => ({ state: 'passing', locus: null, recurrence: null, cause: null }),
  },
];
