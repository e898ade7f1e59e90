// Unremarkable jobs around the scenarios: green or mildly flaky, one of them running right now.
import type { JobScript } from '../job.ts';
import type { Complaint, Episode } from '../model.ts';
import { Random } from '../random.ts';
import { suiteOf } from '../suites.ts';
import {
  BLOCKING,
  failed,
  flaky,
  gce,
  INFORMING,
  NETWORK,
  nightly,
  OCP_BLOCKING,
  OCP_INFORMING,
  openshift,
} from './script.ts';

const COMPLAINT: Complaint = {
  message: 'timed out waiting for the condition',
  at: 'k8s.io/kubernetes/test/e2e/framework/pod/wait.go:222',
  said: ['I@ wait.go:199] pod is Pending: 0/6 nodes are available yet, will try again'],
  stack: ['\ttest/e2e/framework/pod/wait.go:222 +0x93'],
};

/** The job with failures of changing tests: one in eight runs needs a retry, one in twenty fails. */
function mildlyFlaky(job: JobScript): JobScript {
  const names = suiteOf(job.layout, job.name, job.tests).run;
  const episode = (index: number): Episode => {
    const random = new Random('mildly flaky', job.name, index);
    const luck = random.next();
    const test = random.pick(names);
    // The newest runs are green: nobody should ask about these jobs.
    if (index < 2 || luck > 0.175) return {};
    return { tests: [luck < 0.05 ? failed(test, COMPLAINT) : flaky(test, COMPLAINT)] };
  };
  return { ...job, episode };
}

export const ORDINARY_JOBS: readonly JobScript[] = [
  { ...nightly('e2e-aws-ovn-parallel'), dashboard: OCP_BLOCKING, everyHours: 6 },
  mildlyFlaky({ ...nightly('e2e-aws-ovn-serial-techpreview', { stepGraph: false }), dashboard: OCP_INFORMING }),
  mildlyFlaky({ ...nightly('e2e-aws-ovn-local-gateway', { stepGraph: false }), dashboard: OCP_INFORMING }),
  { ...nightly('e2e-aws-ovn-dualstack', { stepGraph: false }), dashboard: OCP_INFORMING, everyHours: 24 },
  mildlyFlaky({
    ...nightly('e2e-aws-ovn-serial'),
    name: 'periodic-ci-openshift-release-main-nightly-4.21-e2e-aws-ovn-serial',
    layout: openshift('e2e-aws-ovn-serial', { version: '4.21', stepGraph: false }),
    dashboard: 'redhat-openshift-ocp-release-4.21-blocking',
  }),
  { ...gce('default'), dashboard: BLOCKING, everyHours: 4, running: true },
  mildlyFlaky({ ...gce('serial'), dashboard: BLOCKING, everyHours: 8 }),
  { ...gce('conformance-latest'), dashboard: BLOCKING },
  mildlyFlaky({ ...gce('network-dualstack'), dashboard: NETWORK }),
  mildlyFlaky({ ...gce('network-policies'), dashboard: NETWORK }),
  { ...gce('dns-nodelocal'), dashboard: NETWORK, everyHours: 12 },
  mildlyFlaky({ ...gce('autoscaling'), dashboard: INFORMING, everyHours: 12 }),
  { ...gce('device-plugins'), dashboard: INFORMING, everyHours: 24 },
];
