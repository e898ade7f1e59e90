// Cluster installation fails in the newest four runs: bootstrapping times out with degraded operators.
import { INSTALL_STEP } from '../workflow.ts';
import { newest, nightly, OCP_INFORMING, seriesOf, stepLogPath, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-edge-zones';
const LINE = 'Bootstrap failed to complete: timed out waiting for the condition';
const FAILING = 4;

export const installBootstrap: ScenarioScript = {
  id: 'install-bootstrap',
  title: 'The cluster does not come up: bootstrap timeout',
  question: 'Why is periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-edge-zones red?',
  job: {
    ...nightly(TARGET),
    dashboard: OCP_INFORMING,
    episode: newest(FAILING, {
      secondary: ['gather-aws-console', 'gather-must-gather', 'gather-extra', 'gather-audit-logs'],
      halt: {
        at: 'step',
        step: INSTALL_STEP,
        minutes: 47,
        exit: 5,
        log: [
          'level=info msg=Waiting up to 45m0s for bootstrapping to complete...',
          'level=info msg=Cluster operator network Progressing is True with Deploying: DaemonSet "/openshift-ovn-kubernetes/ovnkube-node" is waiting for other operators to become ready',
          'level=error msg=Cluster operator authentication Degraded is True with OAuthServerDeployment_UnavailablePod: 3 of 3 requested instances are unavailable',
          'level=error msg=Cluster operator network Degraded is True with RolloutHung: DaemonSet "/openshift-ovn-kubernetes/ovnkube-node" rollout is not making progress - pod ovnkube-node-c8zq2 is in CrashLoopBackOff State',
          'level=info msg=Use the following commands to gather logs from the cluster',
          'level=info msg=openshift-install gather bootstrap --help',
          'level=error msg=Bootstrap failed to complete: Get "https://api.ci-op.example.dev:6443/apis": EOF',
          `level=fatal msg=${LINE}`,
          'Setup phase finished, prepare env for next steps',
          'Copying log bundle...',
          'error: failed to execute wrapped command: exit status 5',
        ],
      },
    }),
  },
  truth: (job) => ({
    state: 'failing',
    locus: 'cluster install',
    recurrence: 'regression',
    cause: { step: INSTALL_STEP, line: LINE, artifact: stepLogPath(TARGET, INSTALL_STEP) },
    ...seriesOf(job, FAILING),
  }),
};
