// A product regression in a Kubernetes style job: one test fails in each of the newest six runs and never before.
import type { Complaint } from '../model.ts';
import { BLOCKING, failed, gce, newest, seriesOf, type ScenarioScript } from './script.ts';

const TEST =
  '[It] [sig-network] Services should forward traffic to a terminating endpoint when no other is left [Conformance]';
const LINE =
  'service svc-terminating is not reachable within 2m0s timeout on endpoint svc-terminating:80 over TCP protocol';

const COMPLAINT: Complaint = {
  message: `${LINE}\nExpected\n    <bool>: false\nto be true`,
  at: 'k8s.io/kubernetes/test/e2e/network/service.go:3127',
  said: [
    'I@ util.go:512] EndpointSlice svc-terminating-x7k2p has 1 endpoint: ready=false serving=true terminating=true',
    'I@ builder.go:121] Running kubectl exec execpod-mtq4v -- nc -v -z -w 2 svc-terminating 80',
    'nc: connect to svc-terminating (10.0.173.44) port 80 (tcp) failed: Connection refused',
    'I@ builder.go:135] rc: 1',
  ],
  stack: [
    'k8s.io/kubernetes/test/e2e/network.init.func30.18()',
    '\ttest/e2e/network/service.go:3127 +0x5cf',
    'k8s.io/kubernetes/test/e2e/framework/service.(*TestJig).checkReachable(0xc0031f4b40)',
    '\ttest/e2e/framework/service/jig.go:861 +0x1d2',
  ],
};

const FAILING = 6;

export const kubernetesRegression: ScenarioScript = {
  id: 'kubernetes-regression',
  title: 'Product regression in a Kubernetes job',
  question: 'Why is ci-kubernetes-e2e-gce-network red?',
  job: { ...gce('network'), dashboard: BLOCKING, episode: newest(FAILING, { tests: [failed(TEST, COMPLAINT)] }) },
  truth: (job) => ({
    state: 'failing',
    locus: 'product',
    recurrence: 'regression',
    cause: { test: TEST, line: LINE, artifact: 'build-log.txt' },
    ...seriesOf(job, FAILING),
  }),
};
