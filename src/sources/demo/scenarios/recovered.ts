// A job that failed four times in a row and has been green for five runs since.
import type { Complaint } from '../model.ts';
import { junitName } from '../suites.ts';
import { failed, nightly, OCP_BLOCKING, seriesOf, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-proxy';
const TEST = junitName('openshift', '[sig-imageregistry] Image streams should import through the cluster proxy');

const COMPLAINT: Complaint = {
  message:
    'import of tag "busybox:latest" failed: proxyconnect tcp: tls: failed to verify certificate: x509: certificate signed by unknown authority',
  at: 'github.com/openshift/origin/test/extended/images/proxy.go:93',
  said: ['I@ proxy.go:70] trusted CA bundle has 131 certificates'],
  stack: ['\tgithub.com/openshift/origin/test/extended/images/proxy.go:93 +0x44b'],
};

const GREEN = 5;
const FAILED = 4;

export const recovered: ScenarioScript = {
  id: 'recovered',
  title: 'A job that recovered',
  question: 'Is 4.22 aws proxy still broken?',
  job: {
    ...nightly(TARGET, { stepGraph: false }),
    dashboard: OCP_BLOCKING,
    episode: (index) => (index >= GREEN && index < GREEN + FAILED ? { tests: [failed(TEST, COMPLAINT)] } : {}),
  },
  truth: (job) => {
    const { firstFailing = '', lastPassing = '' } = seriesOf(job, FAILED, GREEN);
    return { state: 'passing', locus: null, recurrence: 'recovered', cause: null, firstFailing, lastPassing };
  },
};
