// What speaks against a line: it passes a failure on, comes after it, or speaks of an error that is none.
import type { Against } from './rule.ts';

export const AGAINST: readonly Against[] = [
  {
    tool: 'script',
    name: 'comment or source',
    weight: -8,
    pattern:
      /^\s*#(?!#\[|\s{1,3}(?:Failed|Looks|\s+(?:got|expected)))|^\s*(?:echo|if|elif|fi|else|then|done|exit|sed|trap|export|rm) |^\$ /,
    example: 'echo "error: no such file"',
  },
  {
    tool: 'packages',
    name: 'package name',
    weight: -8,
    pattern:
      /^\s*(?:Installing|Downloading|Verifying|Upgrading|Fetching|Using|Get:\d+|Selecting|Unpacking|Preparing|Setting up|Collecting|Compiling|Processing)\b|\.rpm\b|\bperl-|^\s*\S+\.(?:x86_64|noarch)\b|^[├└│\s+|`-]{2,}[^\s├└│+|`-]\S*@\d/,
    example: 'Installing perl-Error 0.17',
  },
  {
    tool: 'ssh',
    name: 'ssh chatter',
    weight: -8,
    pattern: /^debug\d: |Control socket connect|Invalid SSH identification|^<\S{1,100}> (?:SSH|ESTABLISH|\(\d+, b')/,
    example: 'debug1: key_load_public: No such file or directory',
  },
  {
    tool: 'runner',
    name: 'wrapper',
    weight: -12,
    pattern:
      /^[^{]{0,60}severity":"error","time":"[^"]{10,40}"\}$|wrapped process failed|failed to execute wrapped command|\bStep .{1,200} failed after [\dhms.]{1,20}\s*$|Link to (?:step|job) on registry info site|skipped directory .{1,100} when creating secret|Error executing test process|Reporting job state 'failed'/,
    example: 'error: failed to execute wrapped command: exit status 1',
  },
  {
    tool: 'runner',
    name: 'exit status',
    weight: -8,
    pattern:
      /^(?:error: )?exit status \d+$|^ERROR: exit code \d+$|^\+{1,3} (?:exit|rc=|echo|set|trap|true)\b|Process completed with exit code (?!124|137)|^The command ".{0,500}" (?:exited|failed and exited) with (?!124|137)|^Done\. Your build exited|Your build has been stopped|^ERROR: Job failed|Exited with code [1-9]|exited with code [1-9]|marked build as failure|script returned exit code|^(?:Error: )?The process '.{1,300}' failed with exit code|Child_process exited with error code|\b(?:failed|exited|terminated) with (?:exit )?code '?[1-9]\d*'?\.?$/,
    example: 'The command "make test" exited with 2.',
  },
  {
    tool: 'npm',
    name: 'passed on',
    weight: -6,
    pattern:
      /^npm (?:ERR!|error)(?:\s{4,}(?:npm|\/)|\s*(?:$|A complete log|This is probably not|There is likely|Test failed\.|Exit status|errno \d|Failed at the|Tell the author|You can get|Or if that|not ok code|If you need help|<https|cwd |node v|npm\s+v|System |command |argv |file |path |code ELIFECYCLE|@?[^\s@]+@\S+ \w+: |lifecycle |Additional logging))|Command failed with exit code|Visit .{1,80} for documentation/,
    example: 'npm ERR! Test failed.  See above for more details.',
  },
  {
    tool: 'language',
    name: 'passed on',
    weight: -6,
    pattern:
      /\bCalledProcessError\b|returned non-zero exit (?:status|code)|LoadError: There was an error during testing|to rerun pass '|^tar: (?:Child returned|Error is not recoverable|Exiting with failure)|aborting due to \S{1,20} previous errors?/,
    example: "subprocess.CalledProcessError: Command '['make']' returned non-zero exit status 2.",
  },
  {
    tool: 'compiler',
    name: 'warning',
    weight: -8,
    pattern: /^\[(?:WARNING|warn)\]|:\d+(?:[:,]\d+)?\)?: (?:\w{1,12} )?warning\b/,
    example: '[WARNING] /src/main/java/App.java:[12,5] deprecated item is not annotated',
  },
  {
    tool: 'maven',
    name: 'passed on',
    weight: -9,
    pattern:
      /^\[ERROR\] (?:-> )?\[Help \d\]|^\[ERROR\]\s*$|Re-run Maven|To see the full stack trace|For more information about the errors|After correcting the problems|mvn <goals>|Please refer to \S|^\* Try:|^> Run with --|Get more help at|See (?:dump files|the report)|^\[error\] Total time:|^Total time:/,
    example: '[ERROR] Re-run Maven using the -X switch to enable full debug logging.',
  },
  {
    tool: 'anyone',
    name: 'nothing failed',
    weight: -7,
    pattern:
      /\b(?:0|no) (?:errors?|failures?|failed|failing|fail)\b|errors?[=:]\s?0\b|failed=0\b|[Ff]ail(?:ures|ed): 0(?!.{0,40}[Ee]rrors: [1-9])|\[ok\]|\.\.\.? ?ok\b|\bxfail|PASS(?:ED)?(?:[:\s]|$)|^=== RUN|--- PASS|^\s*(?:ok|[✓✔√]|PASS)\s/i,
    example: 'ok 12 - throws an error when the input is invalid',
  },
  {
    tool: 'anyone',
    name: 'benign',
    weight: -7,
    onlyVague: true,
    pattern:
      /expected (?:error|failure)|ignor(?:e|ed|ing)\b.{0,60}\berror|--ignore-not-found|errexit|should (?:fail|throw|return|error|not)|throws?(?: an?)? (?:error|exception)|(?:^|\s)-W\w{0,20}error|[\w/]error[\w./-]{0,80}\.(?:js|ts|c|h|o|py|java|go|rb|html|md|cpp|hs)\b/i,
    example: 'gcc -Wall -Werror -c main.c',
  },
  {
    tool: 'anyone',
    name: 'retried',
    weight: -4,
    pattern: /\b[Rr]etry|\b[Rr]etries|\b[Rr]etrying|will try again|\battempt \d+|^Waiting for|still waiting/,
    example: 'request failed, retrying (attempt 2)',
  },
  {
    tool: 'level',
    name: 'quiet level',
    weight: -4,
    pattern:
      /^[IWD]\d{4} \d\d:\d\d|\blevel=(?:info|debug|warning|warn|trace)\b|^\S{0,12}(?:INFO|DEBUG|WARN(?:ING)?)\b|^\[?(?:DEBUG|INFO|info|debug|warn|WARN(?:ING)?)\]?[:\s]|\b[Ww]arning: |\b[Dd]eprecat|DEPRECAT|: warning\b|^npm WARN/,
    example: 'level=info msg="Waiting for the errors to settle"',
  },
  {
    tool: 'shell',
    name: 'shell trace',
    weight: -3,
    pattern: /^\++ /,
    example: '+ test -f /tmp/error',
  },
  {
    tool: 'ci-operator',
    name: 'after the fact',
    weight: -4,
    pattern: /must-gather|gather-extra|Gathering|Collecting|audit logs|Writing JUnit|deprovision/,
    example: 'error: gather-extra did not finish',
  },
];
