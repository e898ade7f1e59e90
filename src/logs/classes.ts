// What kind of failure a log line speaks of, as data. A class is evidence for a verdict, not the verdict.
import type { Locus } from '../ci/verdict.ts';
import { withoutPrefix } from './prefix.ts';

export interface LogClass {
  readonly name: string;
  readonly locus: Locus;
  readonly pattern: RegExp;
  /** What it means, for the reasons of an answer. */
  readonly means: string;
  /** True for what other classes bring about: it speaks only where no other class does. */
  readonly general?: true;
}

/** Ordered: the first that matches a line is its class. Every pattern is linear. */
export const LOG_CLASSES: readonly LogClass[] = [
  {
    name: 'lease',
    locus: 'ci infrastructure',
    pattern:
      /failed to acquire lease|[Ff]ailed to acquire resource|current capacity: 0 free|resources not found.{0,40}lease/,
    means: 'no lease on a cloud account was free',
  },
  {
    name: 'quota',
    locus: 'ci infrastructure',
    pattern:
      /quota.{0,80}exceeded|exceed(?:s|ed).{0,40}quota|QuotaExceeded|(?:Vcpu|Address|Request|Vpc|Instance)LimitExceeded|RequestLimitExceeded|rateLimitExceeded/i,
    means: 'a cloud quota is used up',
  },
  {
    name: 'cloud capacity',
    locus: 'ci infrastructure',
    pattern: /InsufficientInstanceCapacity|ZONE_RESOURCE_POOL_EXHAUSTED|SkuNotAvailable|insufficient capacity/i,
    means: 'the cloud has no machines of this kind left',
  },
  {
    name: 'image pull',
    locus: 'ci infrastructure',
    pattern:
      /ErrImagePull|ImagePullBackOff|[Ff]ailed to pull image|unable to read image \S{1,200}: .{0,300}(?:timeout|Timeout|50\d|refused|canceled)|error pulling image/,
    means: 'an image could not be pulled',
  },
  {
    name: 'registry',
    locus: 'ci infrastructure',
    pattern:
      /(?:registry|quay\.io|gcr\.io|docker\.io).{0,200}(?:\b50[0234]\b|Service Unavailable|too many requests|i\/o timeout|request canceled)/i,
    means: 'the image registry did not answer',
  },
  {
    name: 'node lost',
    locus: 'ci infrastructure',
    pattern:
      /\bevicted\b|\bEvicted\b|NodeNotReady|[Nn]ode is (?:not ready|unreachable)|stopped posting node status|node .{0,80} (?:is gone|was deleted|lost)|[Pp]reempted|pod could not initialize|containers with incomplete status/,
    means: 'the node that ran the job was lost',
  },
  {
    name: 'machine pool',
    locus: 'ci infrastructure',
    pattern: /ofcir|[Nn]o available (?:hosts|machines|nodes) in (?:the )?pool/,
    means: 'no machine could be had from the pool',
  },
  {
    name: 'time limit',
    locus: 'unknown',
    pattern:
      /[Pp]rocess did not finish before .{1,40} timeout|test timed out after|Entrypoint received interrupt|did not exit before .{1,40} grace period/,
    means: 'it was stopped at its time limit',
    general: true,
  },
  {
    name: 'compile',
    locus: 'build/config',
    pattern:
      /^\S{1,200}\.(?:go|c|cc|cpp|h|rs|ts|java|kt):\d+:(?:\d+:)? (?:undefined|cannot|error|syntax error|expected|imported and not used|declared and not used|missing|not enough|too many|assignment|invalid|unknown)|error TS\d+|error\[E\d+\]|error: failed to solve|build error: /,
    means: 'the code does not compile',
  },
  {
    name: 'missing reference',
    locus: 'build/config',
    pattern:
      /pathspec '.{0,100}' did not match|couldn't find remote ref|Remote branch .{1,100} not found|command not found|manifest unknown/,
    means: 'a script, branch or image that the job names does not exist',
  },
  {
    name: 'bad download',
    locus: 'ci infrastructure',
    pattern: /syntax error near unexpected token `(?:newline|<)|`<!DOCTYPE html>'/,
    means: 'a download gave a web page in place of the file',
  },
  {
    name: 'cluster bootstrap',
    locus: 'cluster install',
    pattern:
      /[Bb]ootstrap failed to complete|failed to initialize the cluster|failed to wait for bootstrapping|Cluster operator .{1,80} (?:Degraded|is not available)|level=fatal/,
    means: 'the cluster under test did not install',
    general: true,
  },
  {
    name: 'failed test',
    locus: 'product',
    pattern:
      /^\s*\[F(?:AIL|ail|AILED)\] \S|^\s*--- FAIL: |^not ok \d|<<< FAILURE!|\b[1-9]\d* (?:blocking )?fail(?:ed|ures?)?, /,
    means: 'a test failed',
    general: true,
  },
  {
    name: 'network',
    locus: 'unknown',
    pattern:
      /no such host|Could not resolve host|no route to host|i\/o timeout|TLS handshake timeout|connection refused|connection reset|Client\.Timeout exceeded|Connection timed out/,
    means: 'something on the network did not answer',
    general: true,
  },
  {
    name: 'crash',
    locus: 'product',
    pattern: /^panic: |\bpanic: (?:runtime error|.{0,80}goroutine)|SIGSEGV|DATA RACE/,
    means: 'a program crashed',
  },
];

/** The class of a cleaned line, or null. */
export function classOf(line: string): LogClass | null {
  const text = withoutPrefix(line);
  return LOG_CLASSES.find(({ pattern }) => pattern.test(text)) ?? null;
}
