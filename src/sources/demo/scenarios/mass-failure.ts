// One run in which 45 of 120 tests fail for one reason: the cluster's API was away for some minutes.
import type { BadTest, Complaint } from '../model.ts';
import { Random } from '../random.ts';
import { suiteOf } from '../suites.ts';
import { TEST_STEP } from '../workflow.ts';
import { failed, newest, nightly, OCP_INFORMING, testStepLog, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-ipsec';
const TESTS = 120;
const FAILING_TESTS = 45;
const LINE = 'etcd cluster has no leader: 2 of 3 members are unreachable, lost quorum';
const JOB = nightly(TARGET);

const API_IS_AWAY = [
  'Get "https://api.ci-op-mzs41fkw.example.dev:6443/api/v1/namespaces": dial tcp 10.0.41.7:6443: connect: connection refused',
  'etcdserver: request timed out',
  'the server is currently unable to handle the request (get pods)',
  'client rate limiter Wait returned an error: context deadline exceeded',
];

function complaintOf(random: Random): Complaint {
  const line = random.int(60, 900);
  return {
    message: `Unexpected error: ${random.pick(API_IS_AWAY)}`,
    at: `github.com/openshift/origin/test/extended/util/client.go:${line}`,
    said: [],
    stack: [`\tgithub.com/openshift/origin/test/extended/util/client.go:${line} +0x${random.hex(3)}`],
  };
}

const random = new Random('mass failure');
const failures: readonly BadTest[] = random
  .shuffle(suiteOf(JOB.layout, JOB.name, TESTS).run)
  .slice(0, FAILING_TESTS)
  .map((test) => failed(test, complaintOf(random)));

export const massFailure: ScenarioScript = {
  id: 'mass-failure',
  title: '45 tests fail at once because the API server was away',
  question: 'Why did 45 tests of 4.22 aws ipsec fail?',
  job: {
    ...JOB,
    dashboard: OCP_INFORMING,
    tests: TESTS,
    episode: newest(1, {
      tests: failures,
      asides: [
        'E@ etcd_monitor.go:212] apiserver on ip-10-0-41-7 answers 500: etcd failed: reason withheld',
        `E@ etcd_monitor.go:240] ${LINE}`,
        'E@ disruption.go:88] kube-api-new-connections stopped responding: connect: connection refused',
      ],
    }),
  },
  truth: (job) => ({
    state: 'failing',
    locus: 'product',
    recurrence: 'outage',
    cause: { step: TEST_STEP, line: LINE, artifact: testStepLog(TARGET) },
    firstFailing: job.runs[0]?.build ?? '',
    lastPassing: job.runs[1]?.build ?? '',
  }),
};
