// The JSON documents Prow keeps with every run: started, finished, prowjob, clone records.
import { rfc3339, SECOND, unixSeconds } from '../clock.ts';
import type { DemoJob, DemoRun } from '../model.ts';
import { Random } from '../random.ts';

const deckOf = (job: DemoJob): string =>
  job.layout.kind === 'openshift' ? 'https://prow.ci.openshift.org' : 'https://prow.k8s.io';

const repoOf = (job: DemoJob): string => job.layout.repo;
const branchOf = (job: DemoJob): string => (job.layout.kind === 'openshift' || job.runs[0]?.pull ? 'main' : 'master');

/** The result as finished.json has it; in lower case where Prow wrote the file because the pod could not. */
export function resultOf(run: DemoRun): string {
  if (run.state === 'pending') return 'PENDING';
  if (run.episode.halt?.at === 'pod') return 'failure';
  return run.state === 'passed' ? 'SUCCESS' : 'FAILURE';
}

export function startedJson(job: DemoJob, run: DemoRun): object {
  const repo = repoOf(job);
  const branch = branchOf(job);
  const { pull } = run;
  return {
    timestamp: unixSeconds(run.started),
    ...(pull ? { pull: String(pull.number) } : {}),
    repos: { [repo]: pull ? `${branch}:${pull.baseSha},${pull.number}:${pull.sha}` : branch },
    'repo-commit': pull?.sha ?? run.commit,
    'repo-version': pull?.sha ?? run.commit,
  };
}

export const finishedJson = (run: DemoRun): object => ({
  timestamp: unixSeconds(run.ended),
  passed: run.state === 'passed',
  result: resultOf(run),
  revision: run.pull?.sha ?? run.commit,
});

/** The `refs` of a presubmit as Prow writes them in several places; null for periodics. */
export function refsOf(job: DemoJob, run: DemoRun): object | null {
  const { pull } = run;
  if (!pull) return null;
  const [org = '', repo = ''] = repoOf(job).split('/');
  const link = `https://github.com/${org}/${repo}`;
  return {
    org,
    repo,
    repo_link: link,
    base_ref: branchOf(job),
    base_sha: pull.baseSha,
    base_link: `${link}/commit/${pull.baseSha}`,
    pulls: [
      {
        number: pull.number,
        author: pull.author,
        sha: pull.sha,
        title: pull.title,
        link: `${link}/pull/${pull.number}`,
        commit_link: `${link}/pull/${pull.number}/commits/${pull.sha}`,
        author_link: `https://github.com/${pull.author}`,
      },
    ],
  };
}

const PROW_STATE = { passed: 'success', failed: 'failure', pending: 'pending' } as const;

/** A ProwJob; its parts are open, as clients may leave out some of their fields. */
export interface ProwJob {
  readonly kind: 'ProwJob';
  readonly apiVersion: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: Readonly<Record<string, unknown>>;
}

export function prowJob(job: DemoJob, run: DemoRun): ProwJob {
  const random = new Random(job.seed, run.build, 'prowjob');
  const uid = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
  const refs = refsOf(job, run);
  const type = refs ? 'presubmit' : 'periodic';
  const [org = '', repo = ''] = repoOf(job).split('/');
  const testgrid = { 'testgrid-dashboards': job.dashboard, 'testgrid-tab-name': job.tab };
  const annotations = {
    'prow.k8s.io/context': '',
    'prow.k8s.io/job': job.name,
    ...(job.layout.kind === 'kubernetes' ? testgrid : {}),
  };
  return {
    kind: 'ProwJob',
    apiVersion: 'prow.k8s.io/v1',
    metadata: {
      name: uid,
      namespace: job.layout.kind === 'openshift' ? 'ci' : 'default',
      creationTimestamp: rfc3339(run.started - 2 * SECOND),
      labels: {
        'created-by-prow': 'true',
        'prow.k8s.io/build-id': run.build,
        'prow.k8s.io/id': uid,
        'prow.k8s.io/job': job.name.slice(0, 63).replace(/-$/, ''),
        'prow.k8s.io/type': type,
      },
      annotations,
    },
    spec: {
      type,
      agent: 'kubernetes',
      cluster: job.layout.kind === 'openshift' ? 'build05' : 'k8s-infra-prow-build',
      job: job.name,
      ...(refs ? { refs } : { extra_refs: [{ org, repo, base_ref: branchOf(job) }] }),
      report: true,
    },
    status: {
      startTime: rfc3339(run.started - SECOND),
      pendingTime: rfc3339(run.started),
      ...(run.state === 'pending' ? {} : { completionTime: rfc3339(run.ended) }),
      state: PROW_STATE[run.state],
      description:
        run.state === 'passed' ? 'Job succeeded.' : run.state === 'failed' ? 'Job failed.' : 'Job triggered.',
      url: `${deckOf(job)}/view/gs/${job.bucket}/${run.folder}`,
      pod_name: uid,
      build_id: run.build,
    },
  };
}

export function cloneRecords(job: DemoJob, run: DemoRun): object {
  const refs = refsOf(job, run);
  const [org = '', repo = ''] = repoOf(job).split('/');
  return [
    {
      refs: refs ?? { org, repo, base_ref: branchOf(job) },
      commands: [{ command: `git clone https://github.com/${org}/${repo}.git`, output: '' }],
      final_sha: run.pull?.sha ?? run.commit,
    },
  ];
}
