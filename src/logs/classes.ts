// What kind of failure a log line speaks of, as data. A class is evidence for a verdict, not the verdict.
import type { Locus } from '../ci/verdict.ts';
import { withoutPrefix } from './prefix.ts';

export interface LogClass {
  readonly name: string;
  readonly locus: Locus;
  readonly pattern: RegExp;
  /** What it means, for the reasons of an answer. */
  readonly means: string;
  /** Where to look next. */
  readonly leads: string;
  /** True for what other classes bring about: it speaks only where no other class does. */
  readonly general?: true;
  /** Lines of this class. */
  readonly examples: readonly string[];
}

/** Ordered: the first that matches a line is its class. Every pattern is linear. */
export const LOG_CLASSES: readonly LogClass[] = [
  {
    name: 'lease',
    locus: 'ci infrastructure',
    pattern:
      /failed to acquire lease|[Ff]ailed to acquire resource|current capacity: 0 free|resources not found.{0,40}lease|all resources are in use/,
    means: 'no lease on a cloud account was free',
    leads: 'the pool of leases and which jobs hold them (boskos)',
    examples: ['error: Failed to acquire resource, current capacity: 0 free, 70 leased'],
  },
  {
    name: 'quota',
    locus: 'ci infrastructure',
    pattern:
      /quota.{0,80}exceeded|exceed(?:s|ed).{0,40}quota|QuotaExceeded|(?:Vcpu|Address|Request|Vpc|Instance)LimitExceeded|rateLimitExceeded/i,
    means: 'a cloud quota is used up',
    leads: 'the quota of the cloud account, and what earlier runs left in it',
    examples: ['api error AddressLimitExceeded: The maximum number of addresses has been reached.'],
  },
  {
    name: 'cloud capacity',
    locus: 'ci infrastructure',
    pattern: /InsufficientInstanceCapacity|ZONE_RESOURCE_POOL_EXHAUSTED|SkuNotAvailable|insufficient capacity/i,
    means: 'the cloud has no machines of this kind left',
    leads: 'another zone or machine type, or later',
    examples: ['ZONE_RESOURCE_POOL_EXHAUSTED: the zone does not have enough resources'],
  },
  {
    name: 'image pull',
    locus: 'ci infrastructure',
    pattern:
      /ErrImagePull|ImagePullBackOff|[Ff]ailed to pull image|unable to read image .{3,400}(?:timeout|Timeout|50\d|refused|canceled)|error pulling image|pull access denied|toomanyrequests/,
    means: 'an image could not be pulled',
    leads: 'whether the image exists and the registry answers',
    examples: [
      'Failed to pull image "quay.io/x/y:z": rpc error',
      'toomanyrequests: You have reached your pull rate limit',
    ],
  },
  {
    name: 'registry',
    locus: 'ci infrastructure',
    pattern:
      /(?:registry|quay\.io|gcr\.io|docker\.io).{0,200}(?:\b50[0234]\b|Service Unavailable|too many requests|i\/o timeout|request canceled)/i,
    means: 'the image registry did not answer',
    leads: 'the status of the registry at that time',
    examples: ['reading manifest from quay.io/openshift/release: received unexpected HTTP status: 502 Bad Gateway'],
  },
  {
    name: 'eviction',
    locus: 'ci infrastructure',
    pattern: /\bevicted\b|\bEvicted\b|[Pp]reempted/,
    means: 'the pod was evicted',
    leads: 'what the node was short of: the pod’s events name it',
    examples: ['The node was low on resource: memory. Pod was Evicted'],
  },
  {
    name: 'node lost',
    locus: 'ci infrastructure',
    pattern:
      /NodeNotReady|[Nn]ode is (?:not ready|unreachable)|stopped posting node status|node .{0,80} (?:is gone|was deleted|lost)|pod could not initialize|containers with incomplete status|received a shutdown signal/,
    means: 'the node that ran the job was lost',
    leads: 'the node’s events, and other jobs that ran on it',
    examples: ['Kubelet stopped posting node status.'],
  },
  {
    name: 'scheduling',
    locus: 'ci infrastructure',
    pattern: /FailedScheduling|0\/\d+ nodes are available|pod pending for more than|[Pp]od scheduling timeout/,
    means: 'no node had room for the pod',
    leads: 'the build cluster’s load at that time',
    examples: ['0/31 nodes are available: 31 Insufficient cpu.'],
  },
  {
    name: 'machine pool',
    locus: 'ci infrastructure',
    pattern: /ofcir|[Nn]o available (?:hosts|machines|nodes) in (?:the )?pool/,
    means: 'no machine could be had from the pool',
    leads: 'the pool’s state',
    examples: ['ofcir: no host of type cihost_rhel is free'],
  },
  {
    name: 'cluster claim',
    locus: 'ci infrastructure',
    pattern:
      /utilizing_cluster_claim|[Ff]ailed to (?:wait for|acquire) .{0,40}cluster ?claim|ClusterClaim .{0,60}(?:timed out|not ready)/,
    means: 'no cluster could be had from the pool',
    leads: 'the cluster pool’s size and state',
    examples: ['failed to wait for the created cluster claim to become ready'],
  },
  {
    name: 'time limit',
    locus: 'unknown',
    pattern:
      /[Pp]rocess did not finish before .{1,40} timeout|test timed out after|Entrypoint received interrupt|did not exit before .{1,40} grace period|No output has been received|exceeded the maximum (?:time limit|execution time)/,
    means: 'it was stopped at its time limit',
    leads: 'what it last did before the limit, and how long that takes in passing runs',
    general: true,
    examples: ['{"msg":"Process did not finish before 4h0m0s timeout"}', 'panic: test timed out after 10m0s'],
  },
  {
    name: 'data race',
    locus: 'product',
    pattern: /WARNING: DATA RACE|ThreadSanitizer: data race/,
    means: 'two goroutines or threads used the same memory',
    leads: 'the two stacks in the report',
    examples: ['WARNING: DATA RACE'],
  },
  {
    name: 'out of memory',
    locus: 'unknown',
    pattern:
      /OOMKilled|[Oo]ut of memory|OutOfMemoryError|heap limit|[Cc]annot allocate memory|exit(?:ed with)? (?:code|status) 137\b/,
    means: 'memory ran out',
    leads: 'the memory limit beside what passing runs use',
    examples: ['java.lang.OutOfMemoryError: Java heap space', 'container test was OOMKilled'],
  },
  {
    name: 'disk full',
    locus: 'ci infrastructure',
    pattern: /[Nn]o space left on device|[Dd]isk quota exceeded|low on resource: ephemeral-storage/,
    means: 'the disk was full',
    leads: 'what fills the disk of the node or the volume',
    examples: ['write /tmp/x: no space left on device'],
  },
  {
    name: 'compile',
    locus: 'build/config',
    pattern:
      /^\S{1,200}\.(?:go|c|cc|cpp|h|rs|ts|java|kt):\d+:(?:\d+:)? (?:undefined|cannot|(?:fatal )?error|syntax error|expected|imported and not used|declared and not used|missing|not enough|too many|assignment|invalid|unknown)|error TS\d+|error CS\d+|error\[E\d+\]|COMPILATION ERROR|error: failed to solve|build error: /,
    means: 'the code does not compile',
    leads: 'the file and line it names, and the commits that touched it',
    examples: ['pkg/server/main.go:42:7: undefined: frobnicate', "error TS2304: Cannot find name 'x'"],
  },
  {
    name: 'lint',
    locus: 'build/config',
    pattern:
      /^[^\s:]+:\d+:\d+: .+ \([\w,-]+\)$|^\s+\d+:\d+\s+error\s|[1-9]\d{0,6} offenses? detected|[1-9]\d{0,6} problems? \(|\bSC\d{4}: |would reformat |not (?:gofmt|gofumpt|goimports)/,
    means: 'a check of style or of generated files failed',
    leads: 'the tool’s own fix command',
    examples: [
      "  3:8  error  'showModal' is defined but never used  no-unused-vars",
      '3173 files inspected, 1 offense detected',
    ],
  },
  {
    name: 'dependency',
    locus: 'build/config',
    pattern:
      /could not resolve dependencies|requirements could not be resolved|No matching distribution|Could not find a version|unresolved dependency|npm ERR! (?:404|code E404|code ERESOLVE)|go: .{1,200}: (?:unknown revision|missing go\.sum|not found)|Unable to locate package|Could not find gem/,
    means: 'a dependency cannot be found or does not fit',
    leads: 'what changed in the lock file or in the package itself',
    examples: [
      'ERROR: No matching distribution found for left-pad==9.9.9',
      'Your requirements could not be resolved to an installable set of packages.',
    ],
  },
  {
    name: 'missing reference',
    locus: 'build/config',
    pattern:
      /pathspec '.{0,100}' did not match|couldn't find remote ref|Remote branch .{1,100} not found|command not found|manifest unknown|manifest for \S{1,200} not found/,
    means: 'a script, branch or image that the job names does not exist',
    leads: 'the job’s configuration and what was renamed',
    examples: ["error: pathspec 'release-.' did not match any file(s) known to git"],
  },
  {
    name: 'merge conflict',
    locus: 'build/config',
    pattern: /^CONFLICT \(|Automatic merge failed|error: could not apply|patch does not apply/,
    means: 'the change does not merge with its branch',
    leads: 'a rebase of the change',
    examples: ['CONFLICT (content): Merge conflict in main.go'],
  },
  {
    name: 'bad download',
    locus: 'ci infrastructure',
    pattern:
      /syntax error near unexpected token `(?:newline|<)|`<!DOCTYPE html>'|gzip: stdin: not in gzip format|checksum mismatch|SHA256 mismatch/,
    means: 'a download gave something else than the file',
    leads: 'where it is downloaded from',
    examples: ["/tmp/yq: line 1: syntax error near unexpected token `newline'", 'gzip: stdin: not in gzip format'],
  },
  {
    name: 'install configuration',
    locus: 'cluster install',
    pattern:
      /failed to (?:fetch|load|generate) .{0,80}(?:Install Config|install-config|asset)|invalid \"install-config/,
    means: 'the installer did not accept its configuration',
    leads: 'the install-config of the job',
    general: true,
    examples: ['failed to fetch Metadata: failed to load asset "Install Config"'],
  },
  {
    name: 'install infrastructure',
    locus: 'cluster install',
    pattern:
      /failed to (?:create|provision) .{0,60}infrastructure|error applying Terraform|failed to apply Terraform|failed to provision control-plane machines|infrastructure was not ready/,
    means: 'the cloud resources of the cluster could not be made',
    leads: 'the cloud’s answer in the installer’s log',
    general: true,
    examples: ['failed to create cluster: failed to apply Terraform: error(s) creating resources'],
  },
  {
    name: 'cluster bootstrap',
    locus: 'cluster install',
    pattern: /[Bb]ootstrap failed to complete|failed to wait for bootstrapping|bootstrap-complete/,
    means: 'the cluster under test did not bootstrap',
    leads: 'the bootstrap node’s log bundle',
    general: true,
    examples: ['Bootstrap failed to complete: failed to wait for bootstrapping to complete'],
  },
  {
    name: 'cluster operators',
    locus: 'cluster install',
    pattern:
      /[Cc]luster operator .{1,80} (?:Degraded|is not available|Available is False)|[Ss]ome cluster operators are (?:still updating|not available)|clusteroperators? .{0,60}degraded/,
    means: 'operators of the cluster under test are not well',
    leads: 'the named operators’ conditions and logs',
    general: true,
    examples: ['level=error msg=Cluster operator authentication Degraded is True'],
  },
  {
    name: 'cluster creation',
    locus: 'cluster install',
    pattern: /failed to initialize the cluster|level=fatal/,
    means: 'the cluster under test did not install',
    leads: 'the operators that were not ready when the installer gave up',
    general: true,
    examples: ['level=fatal msg="failed to initialize the cluster: some operators are missing"'],
  },
  {
    name: 'etcd',
    locus: 'cluster install',
    pattern: /etcdserver: |\bhas no leader\b|\blost quorum\b|slow fdatasync/,
    means: 'etcd lost its leader or was too slow',
    leads: 'the disks of the control plane',
    general: true,
    examples: ['etcdserver: request timed out'],
  },
  {
    name: 'e2e assertion',
    locus: 'product',
    pattern: /^\s*\[(?:FAILED|FAIL|Fail)\] \S|fail \[\S{1,200}\.go:\d/,
    means: 'an end-to-end test failed',
    leads: 'the test’s own log and its history',
    general: true,
    examples: ['[FAILED] Timed out after 300.001s.'],
  },
  {
    name: 'unit test',
    locus: 'product',
    pattern:
      /^\s*--- FAIL: |^not ok \d|<<< (?:FAILURE|ERROR)!|^FAILED \S{1,300}::|^FAIL: |AssertionError|\bFailure\/Error:|^test \S.{0,200} \.\.\. FAILED/,
    means: 'a test failed',
    leads: 'the test and the commits that touched what it tests',
    general: true,
    examples: ['--- FAIL: TestServer (0.02s)', 'FAILED tests/test_api.py::test_get - assert 1 == 2'],
  },
  {
    name: 'failed test',
    locus: 'product',
    pattern: /\b[1-9]\d* (?:blocking )?fail(?:ed|ures?)?, /,
    means: 'a test failed',
    leads: 'the list of failed tests',
    general: true,
    examples: ['error: 3 fail, 1113 pass, 1609 skip (25m56s)'],
  },
  {
    name: 'permission',
    locus: 'build/config',
    pattern:
      /is forbidden: User|[Pp]ermission denied|AccessDenied|UnauthorizedOperation|\b(?:401 Unauthorized|403 Forbidden)\b|authentication required|[Cc]redentials could not be loaded|Operation not permitted/,
    means: 'something was not allowed',
    leads: 'which account asked, and what changed in its rights',
    general: true,
    examples: [
      'clusteroperators.config.openshift.io is forbidden: User "system:serviceaccount:x" cannot list resource',
      'rm: cannot remove x: Permission denied',
    ],
  },
  {
    name: 'certificate',
    locus: 'unknown',
    pattern: /x509: |certificate (?:has expired|verify failed|is not yet valid)|SSL certificate problem/,
    means: 'a certificate was not accepted',
    leads: 'its dates and who signed it, and the clock of the machine',
    general: true,
    examples: ['x509: certificate has expired or is not yet valid'],
  },
  {
    name: 'dns',
    locus: 'unknown',
    pattern:
      /no such host|[Cc]ould not resolve (?:host|proxy)|Temporary failure in name resolution|server misbehaving|ENOTFOUND/,
    means: 'a name could not be resolved',
    leads: 'the name itself first, then the DNS of where it ran',
    general: true,
    examples: ['dial tcp: lookup api.ci.example.com: no such host'],
  },
  {
    name: 'external service',
    locus: 'unknown',
    pattern:
      /returned error: 50\d|\b50[0234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out|Internal Server Error)|HTTP(?: status| code)?[ :=]+50\d|[Rr]ate limit exceeded|429 Too Many Requests|Service Unavailable/,
    means: 'a service outside the job did not serve it',
    leads: 'the status of that service at that time',
    general: true,
    examples: ['curl: (22) The requested URL returned error: 503'],
  },
  {
    name: 'network',
    locus: 'unknown',
    pattern:
      /no route to host|i\/o timeout|TLS handshake timeout|[Cc]onnection refused|[Cc]onnection reset|Client\.Timeout exceeded|[Cc]onnection timed out|[Nn]etwork is unreachable|ECONNRESET|ECONNREFUSED|ETIMEDOUT/,
    means: 'something on the network did not answer',
    leads: 'which address it was, and whether it is the cluster under test',
    general: true,
    examples: ['dial tcp 35.231.173.152:6443: i/o timeout'],
  },
  {
    name: 'crash',
    locus: 'product',
    pattern:
      /^panic: |\bpanic: (?:runtime error|.{0,80}goroutine)|SIGSEGV|SIGABRT|[Ss]egmentation fault|\bpanicked at\b|core dumped|(?:Address|Leak)Sanitizer: /,
    means: 'a program crashed',
    leads: 'the first frame of the stack that is the project’s own',
    examples: ['panic: runtime error: index out of range [3] with length 3'],
  },
];

/** The class of a cleaned line, or null. */
export function classOf(line: string): LogClass | null {
  const text = withoutPrefix(line);
  return LOG_CLASSES.find(({ pattern }) => pattern.test(text)) ?? null;
}

/** True for a class that says that something did not answer: a name that came out empty for it is no mistake. */
export const isUnanswered = ({ name }: LogClass): boolean =>
  name === 'network' || name === 'dns' || name === 'external service';
