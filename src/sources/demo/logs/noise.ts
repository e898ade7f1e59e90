// What logs are full of: lines of many shapes that mean nothing, some of them with the word "error" in them.
import { frameworkTime, ginkgoTime, klogTime, rfc3339 } from '../clock.ts';
import type { Random } from '../random.ts';

/** A line at a time. */
export type Line = (random: Random, at: number) => string;

const NAMESPACES = ['services', 'deployment', 'statefulset', 'csi-mock', 'webhook', 'pods', 'projected', 'dns', 'hpa'];
const COMPONENTS = ['kube-apiserver', 'etcd', 'coredns', 'ovnkube-node', 'kube-proxy', 'router-default', 'csi-node'];
const FILES = ['reflector.go:561', 'wait.go:84', 'util.go:506', 'pod_store.go:191', 'resource.go:168', 'exec.go:55'];

export const node = (random: Random): string => `worker-${random.suffix(6)}-${random.suffix(4)}.example.internal`;
export const namespace = (random: Random): string => `e2e-${random.pick(NAMESPACES)}-${random.int(100, 9999)}`;
const pod = (random: Random): string => `${random.pick(COMPONENTS)}-${random.suffix(5)}`;
const klog = (level: string, random: Random, at: number): string =>
  `${level}${klogTime(at)} ${String(random.int(100, 60000)).padStart(7)} ${random.pick(FILES)}]`;

/** klog lines of clients and controllers. */
export const KLOG: readonly Line[] = [
  (r, at) => `${klog('I', r, at)} "Waiting for caches to sync" type="*v1.Pod" namespace="${namespace(r)}"`,
  (r, at) => `${klog('I', r, at)} Found ${r.int(1, 9)} / ${r.int(9, 12)} pods ready in ${namespace(r)}`,
  (r, at) => `${klog('I', r, at)} creating *v1.ClusterRoleBinding: e2e-psp-${r.suffix(6)}`,
  (r, at) => `${klog('W', r, at)} unknown field "spec.paused" is ignored in ${namespace(r)}/${r.suffix(6)}`,
  (r, at) =>
    `${klog('I', r, at)} POST https://api.${r.suffix(8)}.ci.example.dev:6443/api/v1/namespaces/${namespace(r)}/pods 201 Created in ${r.int(2, 90)} milliseconds`,
  (r, at) =>
    `${klog('W', r, at)} watch of *v1.Endpoints ended with: too old resource version: ${r.int(10000, 90000)} (${r.int(90001, 99999)})`,
  (r, at) => `${klog('I', r, at)} pod ${pod(r)} on node ${node(r)} is Running (Ready = true)`,
];

/** Lines that speak of errors that are none, or that went away. */
export const BENIGN: readonly Line[] = [
  (r, at) => `${klog('I', r, at)} sync of ${namespace(r)} finished with 0 errors in ${r.int(1, 40)}ms`,
  (r, at) =>
    `${klog('W', r, at)} retrying after error: etcdserver: leader changed (attempt ${r.int(1, 3)}/5), will try again in 2s`,
  (r) => `warning: no error rate samples for route ${r.suffix(6)} yet, ignoring`,
  (r, at) => `${frameworkTime(at)}: INFO: expected error "not found" while waiting for pod ${pod(r)} to disappear`,
  (r, at) =>
    `time="${rfc3339(at)}" level=warning msg="Failed to read cache directory, continuing without it" attempt=${r.int(1, 3)}`,
  (r, at) => `${klog('I', r, at)} "Observed and ignored" failedScheduling=0 errors=0 pod="${pod(r)}"`,
  (r) => `configmap/${r.suffix(8)}-error-pages unchanged`,
  (r, at) => `${klog('W', r, at)} conflict while updating status of ${pod(r)}; retry ${r.int(1, 4)} succeeded`,
];

/** Output of kubectl and oc. */
export const KUBECTL: readonly Line[] = [
  (r) => `pod/${pod(r)} condition met`,
  (r) => `${pod(r).padEnd(34)}1/1     Running     0          ${r.int(1, 59)}m`,
  (r) => `service/${r.suffix(7)} created`,
  (r) => `deployment.apps/${r.suffix(7)} configured`,
  (r) => `namespace/${namespace(r)} labeled`,
  (r) => `${node(r).padEnd(34)}Ready    worker   ${r.int(20, 90)}m   v1.35.${r.int(0, 3)}`,
];

/** Lines of a Ginkgo timeline. */
export const TIMELINE: readonly Line[] = [
  (r, at) => `STEP: creating a client pod in ${namespace(r)} @ ${ginkgoTime(at)}`,
  (r, at) => `STEP: waiting for ${r.int(1, 5)} endpoints in namespace ${namespace(r)} @ ${ginkgoTime(at)}`,
  (r, at) =>
    `I${klogTime(at)} ${r.int(10000, 60000)} util.go:512] Waiting up to 5m0s for pod "${pod(r)}" in namespace "${namespace(r)}" to be "running and ready"`,
  (r, at) =>
    `I${klogTime(at)} ${r.int(10000, 60000)} util.go:512] Pod "${pod(r)}": Phase="Pending", Reason="", readiness=false. Elapsed: ${r.int(1, 20)}.${r.int(100000, 999999)}s`,
  (r, at) =>
    `I${klogTime(at)} ${r.int(10000, 60000)} builder.go:121] Running '/workspace/kubernetes/kubectl --kubeconfig=/workspace/.kube/config --namespace=${namespace(r)} exec ${pod(r)} -- /bin/sh -x -c curl -q -s --connect-timeout 2 http://10.${r.int(0, 99)}.${r.int(0, 255)}.${r.int(1, 254)}:80/hostname'`,
  (r, at) => `I${klogTime(at)} ${r.int(10000, 60000)} builder.go:146] stderr: "+ curl -q -s --connect-timeout 2"`,
];

/** Intervals that the monitor of an OpenShift test run prints. */
export const MONITOR: readonly Line[] = [
  (r, at) =>
    `${frameworkTime(at)} I ns/${namespace(r)} pod/${pod(r)} node/${node(r)} reason/Created container/${r.pick(COMPONENTS)}`,
  (r, at) =>
    `${frameworkTime(at)} W ns/openshift-monitoring pod/${pod(r)} reason/Unhealthy Readiness probe: 503 (x${r.int(2, 9)})`,
  (r, at) => `${frameworkTime(at)} I node/${node(r)} reason/NodeHasSufficientMemory roles/worker`,
];

/** `count` lines of the given kinds, spread over the time from `from` to `to`. */
export function noise(
  random: Random,
  count: number,
  [from, to]: readonly [number, number],
  ...kinds: (readonly Line[])[]
): string[] {
  const lines = kinds.flat();
  return Array.from({ length: count }, (_, i) => random.pick(lines)(random, from + ((to - from) * i) / count));
}
