// A test that was added five runs ago and has never passed.
import type { Complaint } from '../model.ts';
import { failed, gce, INFORMING, newest, seriesOf, type ScenarioScript } from './script.ts';

const TEST =
  '[It] [sig-node] Pod Resize should lower the memory limit of a running container in place [Feature:InPlaceShrink]';
const LINE =
  'pods "resize-0" is invalid: spec.containers[0].resources.limits: Forbidden: memory limits cannot be decreased';

const COMPLAINT: Complaint = {
  message: `${LINE}\nUnexpected error: resizing pod`,
  at: 'k8s.io/kubernetes/test/e2e/node/pod_resize_shrink.go:77',
  said: ['I@ pod_resize_shrink.go:61] feature gate InPlaceShrink: not enabled in this cluster'],
  stack: ['k8s.io/kubernetes/test/e2e/node.init.func12.2()', '\ttest/e2e/node/pod_resize_shrink.go:77 +0x27a'],
};

const FAILING = 5;

export const newTest: ScenarioScript = {
  id: 'new-test',
  title: 'A new test that never passed',
  question: 'Why is gce-alpha-features failing?',
  job: {
    ...gce('alpha-features'),
    dashboard: INFORMING,
    reports: { [TEST]: (index) => index < FAILING },
    episode: newest(FAILING, { tests: [failed(TEST, COMPLAINT)] }),
  },
  truth: (job) => ({
    state: 'failing',
    locus: 'test',
    recurrence: 'new',
    cause: { test: TEST, line: LINE, artifact: 'build-log.txt' },
    ...seriesOf(job, FAILING),
  }),
};
