// A daily job that stopped sixteen days ago; its last run failed.
import { DAY } from '../clock.ts';
import type { Complaint } from '../model.ts';
import { failed, gce, NETWORK, newest, type ScenarioScript } from './script.ts';

const TEST = '[It] [sig-network] Ingress API should share one load balancer between two hosts';
const LINE = 'load balancer for ingress "shared" has 1 of 2 expected forwarding rules';

const COMPLAINT: Complaint = {
  message: LINE,
  at: 'k8s.io/kubernetes/test/e2e/network/ingress_shared.go:188',
  said: [],
  stack: ['\ttest/e2e/network/ingress_shared.go:188 +0x1aa'],
};

export const stale: ScenarioScript = {
  id: 'stale',
  title: 'A job that has stopped running',
  question: 'Why is gce-ingress red?',
  job: {
    ...gce('ingress'),
    dashboard: NETWORK,
    runs: 32,
    everyHours: 24,
    lastEndedAgo: 16 * DAY,
    episode: newest(1, { tests: [failed(TEST, COMPLAINT)] }),
  },
  truth: (job) => ({
    state: 'stale',
    locus: 'unknown',
    recurrence: 'undecided',
    cause: { test: TEST, line: LINE, artifact: 'build-log.txt' },
    firstFailing: job.runs[0]?.build ?? '',
    lastPassing: job.runs[1]?.build ?? '',
  }),
};
