// Names for the demo's tests, invented in the style of the Kubernetes and OpenShift suites.

/** Subjects under test, each with what it should do. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  '[sig-network] Services': [
    'should serve multiport endpoints from pods [Conformance]',
    'should be able to change the type from ClusterIP to NodePort [Conformance]',
    'should have session affinity work for NodePort service',
    'should preserve source pod IP for traffic through a cluster IP',
    'should release a node port when its service is deleted',
    'should implement service.kubernetes.io/headless for named ports',
  ],
  '[sig-network] Networking Granular Checks: Pods': [
    'should function for intra-pod communication over http',
    'should function for intra-pod communication over udp',
    'should function for node-pod communication over http',
    'should keep connections open while an endpoint drains',
    'should reach a host port from another node',
  ],
  '[sig-network] DNS': [
    'should provide DNS for the cluster [Conformance]',
    'should resolve names of services in other namespaces',
    'should provide DNS for pods with a custom hostname',
    'should answer for an ExternalName service after it changes',
    'should support a configurable search path',
  ],
  '[sig-network] EndpointSlice': [
    'should mirror a custom Endpoints resource',
    'should split endpoints over several slices',
    'should remove slices when the selector no longer matches',
  ],
  '[sig-network] NetworkPolicy': [
    'should deny ingress from pods of other namespaces by default',
    'should allow egress to a named port only',
    'should apply an updated policy to existing pods',
    'should combine several policies on one pod',
  ],
  '[sig-apps] Deployment': [
    'should roll over to a new replica set [Conformance]',
    'should keep the old pods while an update is paused',
    'should scale proportionally during a rollout',
    'should clean up old replica sets',
    'should report progress deadline in its conditions',
  ],
  '[sig-apps] StatefulSet': [
    'should replace pods in order [Conformance]',
    'should burst scale with parallel pod management',
    'should keep volume claims when scaled down',
    'should not start the next replica before the last is ready',
  ],
  '[sig-apps] DaemonSet': [
    'should run a pod on every schedulable node [Conformance]',
    'should roll back without needless restarts',
    'should surge pods onto nodes during an update',
  ],
  '[sig-apps] Job': [
    'should run to completion when tasks fail once and are retried',
    'should stop at its active deadline',
    'should count succeeded indexes of an indexed job',
    'should delete its pods with foreground propagation',
  ],
  '[sig-apps] CronJob': [
    'should not start a new run while the last one is active',
    'should keep the configured number of finished jobs',
    'should skip a missed start after its deadline',
  ],
  '[sig-node] Pods': [
    'should be restarted when the liveness probe fails [Conformance]',
    'should run init containers in order',
    'should honour the termination grace period',
    'should report a terminated container with its exit code',
    'should resize CPU in place without a restart',
    'should keep the pod IP over a container restart',
  ],
  '[sig-node] Probing container': [
    'should not become ready before the startup probe succeeds',
    'should be restarted when a gRPC probe times out',
    'should mark the pod unready while a readiness gate is false',
  ],
  '[sig-node] Secrets': [
    'should be consumable through environment variables [Conformance]',
    'should be updated in a mounted volume',
    'should refuse changes to an immutable secret',
  ],
  '[sig-node] Container Lifecycle Hook': [
    'should run the preStop hook before the container ends',
    'should restart a container whose postStart hook failed',
  ],
  '[sig-storage] CSI Volumes': [
    'should attach a volume to a pod on another node',
    'should expand a volume while it is mounted',
    'should restore a volume from a snapshot',
    'should limit the volumes of a node',
    'should mount a block device read-only',
  ],
  '[sig-storage] PersistentVolumes-local': [
    'should mount a local volume into two pods one after the other',
    'should not schedule a pod to a node without the volume',
    'should set the fsGroup of a mounted directory',
  ],
  '[sig-storage] Projected configMap': [
    'should be mounted with the given mode [Conformance]',
    'should show an update of the map in the volume',
    'should project several sources into one directory',
  ],
  '[sig-api-machinery] AdmissionWebhook': [
    'should deny an object by a validating webhook [Conformance]',
    'should mutate a custom resource with a structural schema',
    'should honour a failure policy of Ignore',
    'should not loop on its own configuration',
  ],
  '[sig-api-machinery] CustomResourceDefinition': [
    'should convert objects between versions',
    'should publish its schema in OpenAPI',
    'should prune unknown fields',
    'should apply defaults of a structural schema',
  ],
  '[sig-api-machinery] Garbage collector': [
    'should delete dependents in the foreground',
    'should orphan pods when told to',
    'should not be blocked by a circle of owners',
  ],
  '[sig-api-machinery] ResourceQuota': [
    'should count pods by priority class',
    'should track the life of a volume claim',
    'should refuse a service beyond the quota',
  ],
  '[sig-api-machinery] Watchers': [
    'should see events in the same order',
    'should restart from the last resource version',
    'should receive bookmarks',
  ],
  '[sig-auth] ServiceAccounts': [
    'should mount a projected token of limited life',
    'should refuse a token of another audience',
    'should discover the OIDC issuer',
  ],
  '[sig-auth] SubjectAccessReview': [
    'should answer for a user of several groups',
    'should report the rule that allowed access',
  ],
  '[sig-scheduling] SchedulerPreemption': [
    'should evict pods of lower priority',
    'should respect a disruption budget while preempting',
    'should place a pod by topology spread constraints',
  ],
  '[sig-scheduling] SchedulerPredicates': [
    'should not place a pod that asks for too much memory',
    'should respect node affinity that does not match',
    'should let pods share a host port over different protocols',
  ],
  '[sig-autoscaling] HorizontalPodAutoscaler': [
    'should scale up on CPU use of one container',
    'should wait for the stabilization window before scaling down',
  ],
  '[sig-instrumentation] Events': [
    'should be listed by field selector',
    'should be patched and deleted as a collection',
  ],
  '[sig-cli] Kubectl client': [
    'should apply a patch to an object with managed fields',
    'should describe a replica set with its pods',
    'should copy a file out of a container',
    'should explain a field of a custom resource',
    'should expose a deployment as a service',
    'should create a job from a cron job',
    'should print the last lines of a log',
  ],
  '[sig-cluster-lifecycle] Bootstrap tokens': [
    'should delete the token secret when it has expired',
    'should sign the new bootstrap token',
  ],
  '[sig-imageregistry] Image streams': [
    'should import a tag from a public registry',
    'should resolve a tag for a deployment trigger',
    'should prune layers no image refers to',
    'should mirror blobs through a pull-through cache',
  ],
  '[sig-builds] Build': [
    'should run a custom builder image',
    'should keep the configured number of successful builds',
    'should clone a repository over https with a secret',
    'should mount secrets into the build',
  ],
  '[sig-network-edge] Router': [
    'should serve the default certificate for unknown hosts',
    'should route by path before host',
    'should re-encrypt to a service with its own certificate',
    'should drop headers that the policy forbids',
  ],
  '[sig-operator] ClusterOperators': [
    'should be available and not degraded',
    'should define at least one related object',
    'should not restart more than twice during the run',
  ],
  '[sig-etcd] etcd': ['should keep its leader during the run', 'should defragment members one at a time'],
  '[sig-network] Ingress API': [
    'should support creating and patching [Conformance]',
    'should keep the status subresource apart',
  ],
  '[sig-node] RuntimeClass': [
    'should reject a pod with an unknown runtime',
    'should add the overhead of the runtime to the pod',
  ],
  '[sig-node] Sysctls': ['should set safe sysctls of a pod', 'should refuse sysctls that are not allowed'],
  '[sig-storage] EmptyDir': ['should support a medium of memory', 'should share a volume between containers of a pod'],
  '[sig-storage] Subpath': [
    'should read from a file that was replaced',
    'should unmount when the pod is force deleted',
  ],
  '[sig-auth] OAuth server': ['should expire tokens by inactivity', 'should redirect to the configured provider'],
  '[sig-auth] SecurityContextConstraints': [
    'should prefer the constraint of higher priority',
    'should deny host network by default',
  ],
  '[sig-operator] Machine config': ['should roll a config out one node at a time', 'should report a degraded pool'],

  '[sig-arch] Managed cluster': [
    'should set requests but not limits on its pods',
    'should have no crashlooping pods in core namespaces',
    'should use the default pull policy',
    'should expose metrics over TLS only',
  ],
};

/** Every end-to-end test, in a fixed order. */
export const E2E_TESTS: readonly string[] = Object.entries(SUBJECTS).flatMap(([subject, behaviours]) =>
  behaviours.map((behaviour) => `${subject} ${behaviour}`),
);

/** Unit tests of a repository. */
export const UNIT_TESTS: readonly string[] = [
  'TestApplyKeepsUnknownFields',
  'TestCacheEvictsOldest',
  'TestCacheHitAfterReload',
  'TestConfigRejectsUnknownKeys',
  'TestControllerRequeuesOnConflict',
  'TestEncodeIsStable',
  'TestLeaderElectionHandover',
  'TestMergeAnnotations',
  'TestPatchIsIdempotent',
  'TestReconcileDeletesOrphans',
  'TestRetryGivesUp',
  'TestStoreConcurrentWrites',
  'TestTLSConfigReload',
  'TestValidateNames',
  'TestWatchBookmarks',
];
