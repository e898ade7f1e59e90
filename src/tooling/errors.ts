// The one place where an error becomes text for a model: what failed, what is known, what to call next. Nothing that
// came from outside is in it but job names and what our own errors say of it.
import { oneLine } from '../ci/text.ts';
import { NotClear } from '../diagnose/locate.ts';
import { InvalidPattern } from '../logs/pattern.ts';
import { SourceError, SourcesUnreachable } from '../sources/errors.ts';
import { BadArguments } from './arguments.ts';

/** A tool cannot do what was asked, and knows why and what would help. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly known: readonly string[];
  readonly next: readonly string[];

  constructor(failed: string, { known = [], next = [] }: { known?: readonly string[]; next?: readonly string[] } = {}) {
    super(failed);
    this.known = known;
    this.next = next;
  }
}

/** What a model is told of an error. */
export interface ExplainedError {
  readonly failed: string;
  readonly known: readonly string[];
  readonly next: readonly string[];
  /** True when the same call may work later. */
  readonly retry: boolean;
  /** True for an error nobody expected: a mistake of ours. */
  readonly bug?: true;
}

const CANDIDATES = 8;
const NAME_CHARS = 200;

/** Any error as what to tell. An error that is not of our own making says only that it happened. */
export function explainError(error: unknown): ExplainedError {
  if (error instanceof ToolError) return { failed: error.message, known: error.known, next: error.next, retry: false };
  if (error instanceof BadArguments)
    return {
      failed: error.message,
      known: error.problems,
      next: [`${error.tool} with arguments that fit`],
      retry: false,
    };
  if (error instanceof NotClear) return ambiguous(error);
  if (error instanceof InvalidPattern)
    return { failed: error.message, known: [], next: ['the same call with another pattern'], retry: false };
  if (error instanceof SourcesUnreachable)
    return {
      failed: 'nothing that could answer was reached',
      known: error.errors.map(({ service, problem, detail }) => `${service}: ${problem} (${detail})`),
      next: ['the same call in a minute'],
      retry: true,
    };
  if (error instanceof SourceError) return ofSource(error);
  return {
    failed: 'a mistake of whyred itself',
    known: ['the call was understood; the error is in the server’s log'],
    next: ['another tool, or the same call with other arguments'],
    retry: false,
    bug: true,
  };
}

function ambiguous({ message, problem, candidates }: NotClear): ExplainedError {
  const names = candidates.slice(0, CANDIDATES).map(({ job }) => oneLine(job, NAME_CHARS));
  const more = candidates.length - names.length;
  return {
    failed: message,
    known: [...names.map((name) => `candidate: ${name}`), ...(more > 0 ? [`and ${more} more`] : [])],
    next:
      names[0] === undefined
        ? ['find_jobs with other words']
        : [`the same call with the exact name${problem === 'unknown' ? ', or find_jobs with other words' : ''}`],
    retry: false,
  };
}

function ofSource({ service, problem, what, detail }: SourceError): ExplainedError {
  const known = [`${service}: ${problem} (${detail})`];
  switch (problem) {
    case 'not found':
      return {
        failed: `${what} does not exist`,
        known,
        next: ['find_jobs, or get_job_history for builds that exist'],
        retry: false,
      };
    case 'unavailable':
    case 'timed out':
    case 'cut off':
      return { failed: `${what} could not be read now`, known, next: ['the same call in a minute'], retry: true };
    case 'cancelled':
      return { failed: 'the call was cancelled', known: [], next: [], retry: true };
    default:
      return { failed: `${what} cannot be read`, known, next: ['another run or job'], retry: false };
  }
}

/** The error as the text of a result. */
export function errorText({ failed, known, next }: ExplainedError): string {
  return [
    `Not done: ${oneLine(failed, 500)}`,
    ...known.map((fact) => `- ${oneLine(fact, 300)}`),
    ...(next.length > 0 ? [`Next: ${next.map((call) => oneLine(call, 200)).join('; or ')}`] : []),
  ].join('\n');
}
