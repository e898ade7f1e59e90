// CI infrastructure: the cloud account is out of addresses, so no cluster can be installed.
import { INSTALL_STEP } from '../workflow.ts';
import { newest, nightly, OCP_INFORMING, seriesOf, stepLogPath, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-fips';
const LINE = 'AddressLimitExceeded: The maximum number of addresses has been reached.';
const FAILING = 3;

export const quota: ScenarioScript = {
  id: 'quota',
  title: 'Cloud quota exhausted during the installation',
  question: 'Why is e2e-aws-ovn-fips failing?',
  job: {
    ...nightly(TARGET, { stepGraph: false }),
    dashboard: OCP_INFORMING,
    episode: newest(FAILING, {
      secondary: ['gather-extra', 'gather-must-gather'],
      halt: {
        at: 'step',
        step: INSTALL_STEP,
        minutes: 9,
        exit: 4,
        log: [
          'level=error msg=failed to create NAT gateway: allocating elastic IP for us-east-1b',
          `level=error msg=api error ${LINE}`,
          'level=error msg=	status code: 400, request id: 5b0c1e7e-3a77-4f0c-9d1b-0f0a1c2d3e4f',
          'level=fatal msg=failed to fetch Cluster: failed to generate asset "Cluster": failed to create cluster: failed during pre-provisioning: unable to create network',
          'Setup phase finished, prepare env for next steps',
          'Copying log bundle...',
          "cp: cannot stat '/tmp/installer/auth/kubeconfig': No such file or directory",
          'error: failed to execute wrapped command: exit status 4',
        ],
      },
    }),
  },
  truth: (job) => {
    const { firstFailing = '', lastPassing = '' } = seriesOf(job, FAILING);
    return {
      state: 'failing',
      locus: 'ci infrastructure',
      recurrence: 'outage',
      cause: { step: INSTALL_STEP, line: LINE, artifact: stepLogPath(TARGET, INSTALL_STEP) },
      firstFailing,
      lastPassing,
    };
  },
};
