// A green job with a test that often needs a second attempt.
import type { Complaint } from '../model.ts';
import { flaky, gce, INFORMING, type ScenarioScript } from './script.ts';

const TEST = '[It] [sig-node] Pods should report restart counts in order after a kubelet restart';
const LINE = 'restart count went from 3 to 2 while the kubelet was starting';

const COMPLAINT: Complaint = {
  message: `${LINE}\nExpected\n    <int32>: 2\nto be >=\n    <int32>: 3`,
  at: 'k8s.io/kubernetes/test/e2e_node/restart_test.go:311',
  said: ['I@ restart_test.go:288] kubelet is up again after 8.2s'],
  stack: ['k8s.io/kubernetes/test/e2e_node.init.func91.4()', '\ttest/e2e_node/restart_test.go:311 +0x19e'],
};

const RETRIED = new Set([0, 3, 4, 8, 11, 14, 15, 19, 22, 26, 29, 33]);

export const greenButFlaky: ScenarioScript = {
  id: 'green-but-flaky',
  title: 'Green, but one test needs a retry in every third run',
  question: 'Is gce-node-conformance healthy?',
  job: {
    ...gce('node-conformance'),
    dashboard: INFORMING,
    episode: (index) => (RETRIED.has(index) ? { tests: [flaky(TEST, COMPLAINT)] } : {}),
  },
  truth: () => ({
    state: 'passing',
    locus: null,
    recurrence: 'known flake',
    cause: { test: TEST, line: LINE, artifact: 'build-log.txt' },
  }),
};
