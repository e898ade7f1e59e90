// The repository no longer compiles: ci-operator cannot build the image under test.
import { newest, OCP_INFORMING, OPENSHIFT_BUCKET, openshift, seriesOf, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-nightly';
const IMAGE = 'widget-operator';
const LINE = 'pkg/controller/reconcile.go:142:31: undefined: events.NewWidgetRecorder';
const FAILING = 2;

const BUILD_LOG = [
  `Cloning "https://github.com/example-operators/${IMAGE}.git" ...`,
  'STEP 1/9: FROM registry.ci.openshift.org/ocp/builder:rhel-9-golang-1.25 AS builder',
  'STEP 4/9: COPY . .',
  'STEP 5/9: RUN make build',
  'go build -mod=vendor -o bin/widget-operator ./cmd/widget-operator',
  '# github.com/example-operators/widget-operator/pkg/controller',
  LINE,
  'pkg/controller/reconcile.go:17:2: "github.com/example-operators/widget-operator/pkg/events" imported and not used',
  'make: *** [Makefile:38: build] Error 1',
  'error: build error: building at STEP "RUN make build": while running runtime: exit status 2',
];

export const imageBuild: ScenarioScript = {
  id: 'image-build',
  title: 'The code no longer compiles',
  question: 'Why does the widget-operator nightly fail?',
  job: {
    name: 'periodic-ci-example-operators-widget-operator-main-e2e-aws-nightly',
    bucket: OPENSHIFT_BUCKET,
    dashboard: OCP_INFORMING,
    layout: openshift(TARGET, { repo: 'example-operators/widget-operator', images: ['src', IMAGE] }),
    runs: 24,
    everyHours: 24,
    minutes: 35,
    tests: 46,
    episode: newest(FAILING, {
      halt: {
        at: 'ci-operator',
        minutes: 6,
        junitCase: `Build image ${IMAGE} from the repository`,
        log: [`Build ${IMAGE}-amd64 failed, printing logs:`, ...BUILD_LOG],
        problem: `step ${IMAGE} failed: error occurred handling build ${IMAGE}-amd64: the build ${IMAGE}-amd64 failed after 3m12s with reason DockerBuildFailed: Dockerfile build strategy has failed.`,
        reason: 'building_image_from_source',
        buildLog: { image: IMAGE, lines: BUILD_LOG },
      },
    }),
  },
  truth: (job) => {
    const [bad, good] = [job.runs[FAILING - 1], job.runs[FAILING]];
    return {
      state: 'failing',
      locus: 'build/config',
      recurrence: 'regression',
      cause: { line: LINE, artifact: 'build-log.txt' },
      ...seriesOf(job, FAILING),
      commits: { from: good?.commit ?? '', to: bad?.commit ?? '' },
    };
  },
};
