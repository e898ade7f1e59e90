// Questions with known answers over demo worlds: every scenario asked in many ways, and questions that have no answer.
import { pullKey } from '../../src/ci/job.ts';
import type { DemoWorld, Scenario } from '../../src/sources/demo/world.ts';
import type { Plant } from './plant.ts';

export interface Case {
  readonly id: string;
  readonly question: string;
  readonly expected: Expected;
  /** What stands in the logs besides. */
  readonly plant?: Plant;
}

export type Expected =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  /** A job of which nothing is told but that it passes. */
  | { readonly kind: 'green'; readonly job: string }
  /** To be asked back: with these jobs among those that may be meant, the first of them first. */
  | { readonly kind: 'asked back'; readonly among: readonly string[] };

type Variant = (scenario: Scenario, world: DemoWorld) => string | null;

const SITES: Readonly<Record<string, string>> = {
  'kubernetes-ci-logs': 'https://prow.k8s.io',
  'test-platform-results': 'https://prow.ci.openshift.org',
};

const isPull = ({ path }: Scenario): boolean => path.startsWith('pr-logs/');
const deckOf = ({ bucket }: Scenario): string => SITES[bucket] ?? '';

/** The build of the newest completed run. */
function newestBuild({ bucket, job }: Scenario, world: DemoWorld): string | null {
  const { status, body } = world.answer('GET', new URL(`http://demo/gcs/${bucket}/logs/${job}/latest-build.txt`), {});
  return status === 200 ? body.toString().trim() : null;
}

/** `org_repo/123` of a path below `pr-logs/pull/`. */
function pullOf({ path }: Scenario): string | null {
  const [, org = '', repo = '', number = ''] = /^pr-logs\/pull\/([^_/]+)_([^/]+)\/(\d+)\//.exec(path) ?? [];
  return org === '' ? null : pullKey({ org, repo, number: Number(number) });
}

/** A job is named, with the pull request where it is one of its runs that is meant. */
const named = (scenario: Scenario): string =>
  isPull(scenario) ? `${scenario.job} on ${pullOf(scenario) ?? ''}` : scenario.job;

export const VARIANTS: Readonly<Record<string, Variant>> = {
  'as it is asked': ({ question }) => question,
  'exact name': (scenario) => `Why does ${named(scenario)} fail?`,
  'nothing but the name': named,
  'URL of the run': (scenario, world) => {
    const build = isPull(scenario) ? scenario.truth.firstFailing : newestBuild(scenario, world);
    return build ? `what happened in ${deckOf(scenario)}/view/gs/${scenario.bucket}/${scenario.path}/${build} ?` : null;
  },
  'URL of the tab': (scenario) =>
    isPull(scenario)
      ? null
      : `https://testgrid.k8s.io/${scenario.dashboard}#${encodeURIComponent(scenario.tab)} is red, why?`,
  'URL of the history': (scenario) =>
    isPull(scenario) ? null : `${deckOf(scenario)}/job-history/gs/${scenario.bucket}/logs/${scenario.job}`,
  'words, small talk around it': (scenario) =>
    `Hi! Do you know what is going on with ${named(scenario)} since yesterday? Thanks!`,
  'an opinion in it': (scenario) => `I think ${named(scenario)} is just a flake of the cloud again, right?`,
  'another opinion in it': (scenario) => `Which product bug broke ${named(scenario)}?`,
  'in capitals': (scenario) => `WHY IS ${named(scenario)} RED???`,
  'in another language': (scenario) => `Warum ist ${named(scenario)} rot?`,
  'URL of the pull request': (scenario) => {
    const [repo = '', number = ''] = pullOf(scenario)?.split('#') ?? [];
    return number === '' ? null : `${scenario.job} https://github.com/${repo}/pull/${number}`;
  },
};

/** Lines that look like causes of other kinds, and are none: each says that it did not matter in the end. */
const DISTRACTORS = [
  'W1120 09:00:01.000000       1 puller.go:88] Failed to pull image "quay.io/example/tools:latest": i/o timeout, will retry (attempt 1/5)',
  'I1120 09:00:04.000000       1 puller.go:93] pulled image "quay.io/example/tools:latest" at attempt 2',
  'level=debug msg=quota check: QuotaExceeded is answered for us-west-9, which this job does not use; going on',
  'error: Failed to acquire resource, current capacity: 0 free, 70 leased; waiting',
  'Acquired 1 lease(s) for aws-2-quota-slice after 3 s',
  'W1120 09:00:09.000000       1 node.go:12] node is not ready yet, still starting',
  'Warning  FailedScheduling  pod/warm-up  0/6 nodes are available: 6 Insufficient cpu. (scheduled 2 s later)',
  'etcdserver: request timed out (retried once, ok)',
];

/** The distractors at the head of every log of the scenario's runs, where what was overcome stands. */
const distracted = ({ path }: Scenario): Plant => ({
  object: (name, text) =>
    name.startsWith(`${path}/`) && name.endsWith('build-log.txt') ? `${DISTRACTORS.join('\n')}\n${text}` : text,
});

const GREEN_JOBS = [
  'ci-kubernetes-e2e-gce-conformance-latest',
  'ci-kubernetes-e2e-gce-dns-nodelocal',
  'ci-kubernetes-e2e-gce-device-plugins',
  'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-parallel',
  'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-dualstack',
];

const NOT_TO_ANSWER: readonly [string, readonly string[]][] = [
  ['why is e2e aws red?', []],
  ['is network ok?', []],
  ['why is ci-kubernetes-e2e-gce-netwrk failing?', ['ci-kubernetes-e2e-gce-network']],
  ['why is ci\u2010kubernetes-e2e-gce-network failing?', ['ci-kubernetes-e2e-gce-network']],
  ['why does ci-nobody-has-such-a-thing-at-all fail?', []],
  ['why is https://evil.example/view/gs/kubernetes-ci-logs/logs/a/1 red?', []],
  ['https://testgrid.k8s.io/sig-network-gce', []],
  ['what is the weather in Brno?', []],
];

/** Seeds that no test and no tuning has seen. */
export const SEEDS = [51, 52, 53, 54, 55, 56, 57, 58];
const EACH = 3;

/** The cases of the world of one seed; variants take turns, so that over all seeds each scenario is asked in each way. */
export function casesOf(world: DemoWorld, turn: number): Case[] {
  const variants = Object.entries(VARIANTS);
  const asked = world.scenarios.flatMap((scenario, i) => {
    const able = variants.flatMap(([name, variant]): [string, string][] => {
      const question = variant(scenario, world);
      return question === null ? [] : [[name, question]];
    });
    const expected = { kind: 'scenario', scenario } as const;
    const ways = Array.from(
      { length: EACH },
      (_, k) => able[(turn * EACH + i + k) % able.length] ?? (['', ''] as const),
    );
    const distractors = {
      id: `${scenario.id} · distractors`,
      question: named(scenario),
      expected,
      plant: distracted(scenario),
    };
    return [
      ...ways.map(([name, question]): Case => ({ id: `${scenario.id} · ${name}`, question, expected })),
      distractors,
    ];
  });
  const green = GREEN_JOBS.map((job): Case => ({
    id: `green · ${job}`,
    question: `Why is ${job} red?`,
    expected: { kind: 'green', job },
  }));
  const open = NOT_TO_ANSWER.map(([question, among]): Case => ({
    id: `no answer · ${question}`,
    question,
    expected: { kind: 'asked back', among },
  }));
  return [...asked, ...green, ...open];
}
