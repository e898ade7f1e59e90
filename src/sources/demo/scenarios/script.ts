// What a scenario is made of, and what scenarios share: buckets, dashboards, layouts, truths about a series.
import type { JobScript } from '../job.ts';
import type { BadTest, Complaint, DemoJob, Episode, KubernetesLayout, OpenShiftLayout } from '../model.ts';
import type { Scenario, Truth } from '../scenario.ts';
import { TEST_STEP } from '../workflow.ts';

export interface ScenarioScript extends Pick<Scenario, 'id' | 'title' | 'question'> {
  readonly job: JobScript;
  /** The truth, once the job's runs are known. */
  readonly truth: (job: DemoJob) => Truth;
}

export const KUBERNETES_BUCKET = 'kubernetes-ci-logs';
export const OPENSHIFT_BUCKET = 'test-platform-results';

export const BLOCKING = 'sig-release-master-blocking';
export const INFORMING = 'sig-release-master-informing';
export const NETWORK = 'sig-network-gce';
export const OCP_BLOCKING = 'redhat-openshift-ocp-release-4.22-blocking';
export const OCP_INFORMING = 'redhat-openshift-ocp-release-4.22-informing';

export const KUBERNETES_E2E: KubernetesLayout = { kind: 'kubernetes', repo: 'kubernetes/kubernetes', work: 'e2e' };

export const openshift = (target: string, more: Partial<OpenShiftLayout> = {}): OpenShiftLayout => ({
  kind: 'openshift',
  target,
  version: '4.22',
  stepGraph: true,
  lease: 'aws-2-quota-slice',
  repo: 'openshift/release',
  images: [],
  ...more,
});

/** A nightly OpenShift job of the AWS workflow. */
export const nightly = (target: string, more: Partial<OpenShiftLayout> = {}): Omit<JobScript, 'dashboard'> => ({
  name: `periodic-ci-openshift-release-main-nightly-4.22-${target}`,
  bucket: OPENSHIFT_BUCKET,
  layout: openshift(target, more),
  runs: 30,
  everyHours: 12,
  minutes: 48,
  tests: 84,
});

/** A Kubernetes style e2e job; its tab is called as the job is, without the common head. */
export const gce = (name: string): Omit<JobScript, 'dashboard'> => ({
  name: `ci-kubernetes-e2e-gce-${name}`,
  bucket: KUBERNETES_BUCKET,
  tab: `gce-${name}`,
  layout: KUBERNETES_E2E,
  runs: 40,
  everyHours: 6,
  minutes: 42,
  tests: 78,
});

/** The path of the test step's log below the run's folder. */
export const testStepLog = (target: string): string => stepLogPath(target, TEST_STEP);

export const stepLogPath = (target: string, step: string): string => `artifacts/${target}/${step}/build-log.txt`;

export const failed = (test: string, complaint: Complaint): BadTest => ({ test, outcome: 'failed', complaint });
export const flaky = (test: string, complaint: Complaint): BadTest => ({ test, outcome: 'flaky', complaint });

/** The newest `count` runs have the episode, those before are ordinary. */
export const newest =
  (count: number, episode: Episode): ((index: number) => Episode) =>
  (index) =>
    index < count ? episode : {};

/** The builds and commits around the start of a series of `count` failing runs, the newest at index `from`. */
export function seriesOf(
  job: DemoJob,
  count: number,
  from = 0,
): Pick<Truth, 'firstFailing' | 'lastPassing' | 'commits'> {
  const [first, before] = [job.runs[from + count - 1], job.runs[from + count]];
  if (!first) return {};
  const version = (run: typeof first): string => (job.layout.kind === 'openshift' ? run.payload : run.commit);
  return {
    firstFailing: first.build,
    ...(before ? { lastPassing: before.build, commits: { from: version(before), to: version(first) } } : {}),
  };
}
