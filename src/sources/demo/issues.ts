// What the made-up world tracks: issues of failures that it has, and of others that only look like them.

export interface DemoIssue {
  /** Of nobody: no link leads to a real issue. */
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly reason?: 'completed' | 'not_planned' | 'reopened';
  readonly milestone?: string;
  readonly labels: readonly string[];
  /** Since it changed last. */
  readonly daysAgo: number;
  readonly isPull?: boolean;
}

const KUBERNETES = 'whyred-demo/kubernetes';
const RELEASE = 'whyred-demo/release';

/** An issue as Kubernetes' template has people fill it in. */
const flake = (job: string, test: string, reason: string): string =>
  `### Which jobs are flaking?

${job}

### Which tests are flaking?

${test}

### Since when has it been flaking?

Unknown, seen about once a week.

### Reason for failure (if possible)

\`\`\`
${reason}
\`\`\`

### Anything else we need to know?

_No response_
`;

export const DEMO_ISSUES: readonly DemoIssue[] = [
  {
    repository: KUBERNETES,
    number: 1207,
    title: '[Flaky test] [sig-storage] CSI Volumes should detach a volume while its node drains',
    body: flake(
      'ci-kubernetes-e2e-gce-storage-slow',
      'Kubernetes e2e suite.[It] [sig-storage] CSI Volumes should detach a volume while its node drains',
      'I0902 11:31:07.512 drain.go:188] VolumeAttachment csi-77ab01 still exists, attached=true, will try again\n[FAILED] volume pvc-scratch is still attached to the drained node after 3m0s\nTimed out after 180.011s.',
    ),
    state: 'open',
    reason: 'reopened',
    labels: ['kind/flake', 'sig/storage', 'triage/accepted'],
    daysAgo: 6,
  },
  {
    repository: KUBERNETES,
    number: 1188,
    title: '[Flaky test] [sig-storage] CSI Volumes should attach a volume while its node reboots',
    body: flake(
      'ci-kubernetes-e2e-gce-storage-slow',
      'Kubernetes e2e suite.[It] [sig-storage] CSI Volumes should attach a volume while its node reboots',
      '[FAILED] volume pvc-scratch is not attached to the rebooted node after 5m0s\nTimed out after 300.004s.',
    ),
    state: 'closed',
    reason: 'completed',
    milestone: 'v1.35',
    labels: ['kind/flake', 'sig/storage'],
    daysAgo: 90,
  },
  {
    repository: KUBERNETES,
    number: 1211,
    title: '[Failing test] [sig-network] Services should be reachable from a node whose kube-proxy restarts',
    body: flake(
      'ci-kubernetes-e2e-gce-network',
      'Kubernetes e2e suite.[It] [sig-network] Services should be reachable from a node whose kube-proxy restarts',
      'service svc-restart is not reachable from node-1\nExpected\n    <bool>: false\nto be true',
    ),
    state: 'open',
    labels: ['kind/failing-test', 'sig/network'],
    daysAgo: 2,
  },
  {
    repository: KUBERNETES,
    number: 1212,
    title: 'Deflake: CSI Volumes should detach a volume while its node drains',
    body: 'Waits for the attachment to go. Fixes #1207.',
    state: 'open',
    labels: ['kind/flake', 'sig/storage'],
    daysAgo: 1,
    isPull: true,
  },
  {
    repository: RELEASE,
    number: 34,
    title: 'AWS: AddressLimitExceeded in us-east-1, no cluster can be installed',
    body: 'All installs in the account fail while it lasts:\n\n```\nlevel=error msg=failed to create NAT gateway: allocating elastic IP for us-east-1a\nlevel=error msg=api error AddressLimitExceeded: The maximum number of addresses has been reached.\n```\n',
    state: 'closed',
    reason: 'completed',
    labels: ['kind/failing-test'],
    daysAgo: 40,
  },
  {
    repository: RELEASE,
    number: 41,
    title: 'GCP: quota of CPUs exceeded in us-central1',
    body: '```\nlevel=error msg=googleapi: Error 403: Quota CPUS exceeded. Limit: 500 in region us-central1., quotaExceeded\n```\n',
    state: 'open',
    labels: ['kind/failing-test'],
    daysAgo: 3,
  },
];
