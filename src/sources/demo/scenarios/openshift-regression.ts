// A product regression in a multi-stage job: the test step fails in the newest five runs, gathering fails after it.
import type { Complaint } from '../model.ts';
import { junitName } from '../suites.ts';
import { TEST_STEP } from '../workflow.ts';
import { failed, newest, nightly, OCP_BLOCKING, seriesOf, testStepLog, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-serial';
const TEST = junitName('openshift', '[sig-network-edge] Router should keep sticky sessions over a reload [Serial]');
const LINE =
  'router did not honour cookie "_router_session": 9 of 10 requests went to another backend after the reload';

const COMPLAINT: Complaint = {
  message: LINE,
  at: 'github.com/openshift/origin/test/extended/router/stickiness.go:142',
  said: [
    'I@ stickiness.go:118] router-default-6c8d7b9f5d-4kq2z reloaded HAProxy, generation 12',
    'I@ stickiness.go:131] backend changed from pod/echo-0 to pod/echo-2 with the same cookie',
  ],
  stack: [
    'github.com/openshift/origin/test/extended/router.init.func14.3()',
    '\tgithub.com/openshift/origin/test/extended/router/stickiness.go:142 +0x3e5',
  ],
};

const FAILING = 5;

export const openshiftRegression: ScenarioScript = {
  id: 'openshift-regression',
  title: 'Product regression in an OpenShift job, with gathering failing after it',
  question: 'why is 4.22 aws serial failing',
  job: {
    ...nightly(TARGET),
    dashboard: OCP_BLOCKING,
    episode: newest(FAILING, { tests: [failed(TEST, COMPLAINT)], secondary: ['gather-must-gather', 'gather-extra'] }),
  },
  truth: (job) => ({
    state: 'failing',
    locus: 'product',
    recurrence: 'regression',
    cause: { step: TEST_STEP, test: TEST, line: LINE, artifact: testStepLog(TARGET) },
    ...seriesOf(job, FAILING),
  }),
};
