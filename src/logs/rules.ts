// What in a log line says that it matters, as data: patterns with weights (`science.md` 1.9), one combined prefilter.

export interface Rule {
  readonly name: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

/** Lines that may say why, the strongest first. Patterns are linear: no nested quantifiers. */
export const RULES: readonly Rule[] = [
  { name: 'installer gave up', weight: 13, pattern: /\blevel=fatal\b/ },
  {
    name: 'step failed',
    weight: 11,
    pattern: /could not run steps:|\bfailed to acquire lease\b/,
  },
  {
    name: 'time limit',
    weight: 11,
    pattern:
      /[Pp]rocess did not finish before .{1,40} timeout|context deadline exceeded while running|test timed out after/,
  },
  {
    name: 'control plane lost',
    weight: 11,
    pattern: /\bhas no leader\b|\blost quorum\b|etcdserver: (?:no leader|request timed out)/,
  },
  {
    name: 'crash',
    weight: 10,
    pattern: /^panic: |\bpanic:|fatal error:|SIGSEGV|DATA RACE|Segmentation fault|[Oo]ut of memory|OOMKilled/,
  },
  {
    name: 'failed test',
    weight: 10,
    pattern: /^\s*\[F(?:AIL|ail)\] \S|^not ok \d|<<< FAILURE!|^failed: \(|fail \[\S{1,200}\.go:\d/,
  },
  { name: 'failure message', weight: 11, pattern: /^\s*\[FAILED\] (?!in \[)[^[\s]/ },
  { name: 'failed suite', weight: 8, pattern: /^\s*--- FAIL: |\[FAILED\]|^FAIL[:!\s]|\bFAILED\b/ },
  {
    name: 'failing tests',
    weight: 8,
    pattern: /^Failing tests:|Summarizing \d+ Failure|\b[1-9]\d* (?:blocking )?fail(?:ed|ure|ures)?, /,
  },
  {
    name: 'exception',
    weight: 9,
    pattern: /Traceback \(most recent call last\)|Caused by:|^\S{1,100}(?:Error|Exception): |^\w{1,60}Error: /,
  },
  {
    name: 'assertion',
    weight: 8,
    pattern:
      /^\s*(?:Expected|Unexpected error|Error Trace|Error:)\b|\bto (?:equal|be true|succeed|have occurred)\b|Timed out after \d/,
  },
  { name: 'task failed', weight: 9, pattern: /^fatal: \[|fatal: .{1,200}FAILED!|^fatal: |^\S{0,40}pathspec '/ },
  {
    name: 'compiler',
    weight: 9,
    pattern: /^\S{1,200}\.(?:go|c|cc|cpp|h|rs|ts|java|py|kt):\d+:(?:\d+:)? |: error(?:\[E\d+\])?: |error TS\d+/,
  },
  {
    name: 'error line',
    weight: 8,
    pattern:
      /##\[error\]|^\[?ERROR\]?[:\s]|^error: |^Error: |npm ERR!|^E\d{4} \d\d:\d\d|\blevel=error\b|^\S{1,20}ERRO\b/,
  },
  {
    name: 'service refused',
    weight: 6,
    pattern:
      /returned error: \d{3}|Could not resolve host|no such host|no route to host|connection refused|connection reset|i\/o timeout|TLS handshake timeout|Client\.Timeout exceeded|Service Unavailable|x509:|Unable to connect|\b(?:HTTP|status|code|response)\b.{0,20}\b50[0234]\b|\b50[234] (?:Bad|Service|Gateway)/,
  },
  {
    name: 'limit',
    weight: 8,
    pattern:
      /quota|LimitExceeded|InsufficientInstanceCapacity|RESOURCE_POOL_EXHAUSTED|ErrImagePull|ImagePullBackOff|No space left|Evicted|NodeNotReady|current capacity: \d+ free/i,
  },
  {
    name: 'command failed',
    weight: 6,
    pattern:
      /^make: \*\*\*|^make\[\d+\]: \*\*\*|syntax error|command not found|No such file or directory|cannot stat|[Pp]ermission denied/,
  },
  {
    name: 'says failed',
    weight: 2.5,
    pattern: /\b(?:error|fail|failed|failure|denied|timed out|cannot|unable|invalid|missing)\b/i,
  },
];

/** Lines that only pass a failure on, or speak of errors that are none: never the reason. */
export const DEMOTIONS: readonly Rule[] = [
  {
    name: 'comment or source',
    weight: -8,
    pattern:
      /^\s*#(?!#\[)|^\s*(?:echo|if|elif|fi|else|then|done|exit|sed|trap) |^\s*(?:Installing|Downloading|Verifying|Upgrading)\b|\.rpm\b|\bperl-|^\s*\S+\.(?:x86_64|noarch)\b/,
  },
  { name: 'ssh chatter', weight: -8, pattern: /^debug\d: |Control socket connect|Invalid SSH identification/ },
  {
    name: 'wrapper',
    weight: -12,
    pattern:
      /wrapped process failed|failed to execute wrapped command|Link to (?:step|job) on registry info site|skipped directory .{1,100} when creating secret|Error executing test process/,
  },
  {
    name: 'exit status',
    weight: -8,
    pattern: /^(?:error: )?exit status \d+$|^ERROR: exit code \d+$|^\+{1,3} (?:exit|rc=|echo|set|trap|true)\b/,
  },
  {
    name: 'benign',
    weight: -7,
    pattern:
      /\b(?:0|no) (?:errors?|failures?|failed)\b|errors?[=:]\s?0\b|failed=0\b|\[ok\]|\bxfail|expected error|ignor(?:e|ing)\b.{0,60}\berror|--ignore-not-found|-v errexit|errexit|PASS(?:ED)?:/i,
  },
  { name: 'retried', weight: -4, pattern: /\bretry|\bretries|\bretrying|will try again|attempt \d+|Waiting for/i },
  {
    name: 'quiet level',
    weight: -4,
    pattern:
      /^[IWD]\d{4} \d\d:\d\d|\blevel=(?:info|debug|warning|trace)\b|^\S{0,12}(?:INFO|DEBUG|WARN(?:ING)?)\b|^(?:DEBUG|INFO|WARN(?:ING)?)[:\s]/,
  },
  { name: 'shell trace', weight: -3, pattern: /^\++ / },
  {
    name: 'after the fact',
    weight: -4,
    pattern: /must-gather|gather-extra|Gathering|Collecting|audit logs|Writing JUnit|deprovision/,
  },
];

/** One pass over a line before any rule: anything else cannot score. */
export const PREFILTER =
  /fail|error|fatal|panic|exception|traceback|caused by|timed? ?out|timeout|denied|cannot|unable|invalid|missing|not ok|expected|refused|no (?:such|route|leader)|quorum|limit|quota|exceeded|exhausted|evicted|backoff|insufficient|notready|sigsegv|data race|segmentation|memory|oomkilled|unavailable|x509|could not|\*\*\*|pathspec|\.(?:go|c|cc|cpp|h|rs|ts|java|py|kt):\d|\b50[0234]\b|^E\d{4} |erro\b|capacity|reset|returned|did not|undefined|not found|no space/i;
