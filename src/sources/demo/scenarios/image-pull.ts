// CI infrastructure: the build farm's registry answers 503, so a step's pod never starts and leaves no log.
import { TEST_STEP } from '../workflow.ts';
import { newest, nightly, OCP_INFORMING, seriesOf, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-techpreview';
const LINE = 'received unexpected HTTP status: 503 Service Unavailable';
const IMAGE = 'registry.build05.ci.openshift.org/ci-op-8x2kq4vz/stable:tests';
const FAILING = 2;

export const imagePull: ScenarioScript = {
  id: 'image-pull',
  title: 'The registry of the build farm refuses a step its image',
  question: 'Why is 4.22 techpreview red?',
  job: {
    ...nightly(TARGET),
    dashboard: OCP_INFORMING,
    episode: newest(FAILING, {
      halt: {
        at: 'step',
        step: TEST_STEP,
        minutes: 31,
        exit: 1,
        log: [],
        podProblem: `pod pending for more than 30m0s: containers have not started in 30m0.2s: test: Container test is not ready with reason ImagePullBackOff and message Back-off pulling image "${IMAGE}": ErrImagePull: rpc error: code = Unknown desc = reading manifest tests in ${IMAGE}: ${LINE}`,
      },
    }),
  },
  truth: (job) => {
    const { firstFailing = '', lastPassing = '' } = seriesOf(job, FAILING);
    return {
      state: 'failing',
      locus: 'ci infrastructure',
      recurrence: 'outage',
      cause: { step: TEST_STEP, line: LINE, artifact: 'build-log.txt' },
      firstFailing,
      lastPassing,
    };
  },
};
