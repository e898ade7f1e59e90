// CI infrastructure: no cloud account was free, so the newest three runs waited two hours and did nothing.
import { newest, nightly, OCP_INFORMING, seriesOf, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-upgrade';
const LEASE = 'aws-3-quota-slice';
const LINE = `failed to acquire lease for "${LEASE}": resources not found`;
const FAILING = 3;

export const lease: ScenarioScript = {
  id: 'lease',
  title: 'No lease for a cloud account',
  question: 'Why does periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-upgrade fail?',
  job: {
    ...nightly(TARGET, { lease: LEASE }),
    dashboard: OCP_INFORMING,
    episode: newest(FAILING, {
      halt: {
        at: 'ci-operator',
        minutes: 121,
        junitCase: `Run multi-stage test ${TARGET}`,
        log: ['error: Failed to acquire resource, current capacity: 0 free, 70 leased'],
        problem: `step ${TARGET} failed: ${LINE}`,
        reason: 'utilizing_lease:acquiring_lease',
      },
    }),
  },
  truth: (job) => {
    const { firstFailing = '', lastPassing = '' } = seriesOf(job, FAILING);
    return {
      state: 'failing',
      locus: 'ci infrastructure',
      recurrence: 'outage',
      cause: { line: LINE, artifact: 'build-log.txt' },
      firstFailing,
      lastPassing,
    };
  },
};
