// The log of the step that installs a cluster.
import { rfc3339 } from '../clock.ts';
import type { DemoJob, DemoRun, StepResult } from '../model.ts';
import { Random } from '../random.ts';
import { BENIGN, KUBECTL, noise, type Line } from './noise.ts';

const OPERATORS = [
  'authentication',
  'cloud-credential',
  'console',
  'dns',
  'etcd',
  'image-registry',
  'ingress',
  'kube-apiserver',
  'kube-controller-manager',
  'machine-config',
  'monitoring',
  'network',
  'openshift-apiserver',
  'storage',
];

/** What the installer prints at debug and info level for half an hour. */
const INSTALLER: readonly Line[] = [
  (r, at) => {
    const done = r.int(100, 890);
    return `time="${rfc3339(at)}" level=debug msg="Still waiting for the cluster to initialize: Working towards payload: ${done} of 905 done (${Math.floor(done / 9.05)}% complete)"`;
  },
  (r, at) =>
    `time="${rfc3339(at)}" level=debug msg="Fetching ${r.pick(['Bootstrap', 'Master', 'Worker'])} Ignition Config..."`,
  (r, at) =>
    `time="${rfc3339(at)}" level=debug msg="aws_security_group_rule.${r.suffix(6)}: Creation complete after ${r.int(1, 30)}s [id=sgrule-${r.int(1e8, 4e9)}]"`,
  (r, at) =>
    `time="${rfc3339(at)}" level=debug msg="Cluster operator ${r.pick(OPERATORS)} Progressing is True with RollOut: waiting for ${r.int(1, 3)} replicas"`,
  (r, at) =>
    `time="${rfc3339(at)}" level=debug msg="I${r.int(1000, 1231)} reflector.go:430] caches populated type=*v1.ClusterOperator"`,
  (r, at) =>
    `time="${rfc3339(at)}" level=debug msg="Still waiting for the Kubernetes API: Get \\"https://api.ci-op-${r.suffix(8)}.example.dev:6443/version\\": retrying, attempt ${r.int(1, 40)}"`,
];

export function installLog(job: DemoJob, run: DemoRun, step: StepResult): string[] {
  const random = new Random(job.seed, job.name, run.build, 'install');
  const { halt } = run.episode;
  const version = run.payload.split('.0-')[0] ?? '';
  const span = [step.started, step.ended] as const;
  const head = [
    `Installing from release registry.build05.ci.openshift.org/ci-op-${random.suffix(8)}/release@sha256:${random.hex(64)}`,
    ...installConfig(random),
    '=============== openshift-install version ==============',
    `openshift-install v${version}.0`,
    `built from commit ${random.hex(40)}`,
    `Release payload version: ${run.payload}`,
    'level=warning msg=Found override for release image. Release Image Architecture is unknown',
    'level=info msg=Credentials loaded from the AWS config using "SharedConfigCredentials" provider',
    'level=info msg=Consuming Install Config from target directory',
    'level=info msg=Creating infrastructure resources...',
  ];
  const body = noise(random, random.int(500, 1600), span, INSTALLER, INSTALLER, KUBECTL, BENIGN);
  if (halt?.at === 'step' && halt.step === step.name) return [...head, ...body, ...halt.log];
  return [
    ...head,
    ...body,
    `level=info msg=Waiting up to 40m0s (until ${rfc3339(step.ended)}) for the cluster at https://api.ci-op.example.dev:6443 to initialize...`,
    'level=info msg=Install complete!',
    `level=info msg=Time elapsed: ${Math.round((step.ended - step.started) / 60_000)}m${random.int(1, 59)}s`,
    'Setup phase finished, prepare env for next steps',
  ];
}

function installConfig(random: Random): string[] {
  const region = random.pick(['us-east-1', 'us-east-2', 'us-west-2']);
  const pool = (name: string): string[] => [
    `- name: ${name}`,
    '  architecture: amd64',
    '  replicas: 3',
    '  platform:',
    '    aws:',
    `      type: m6a.xlarge`,
    `      zones: [${region}a, ${region}b]`,
  ];
  return [
    'install-config.yaml',
    '-------------------',
    'apiVersion: v1',
    ...pool('master'),
    ...pool('worker'),
    `platform: {aws: {region: ${region}}}`,
    'networking: {networkType: OVNKubernetes}',
  ];
}
