// What can go wrong between whyred and a CI service, in words of ours: an upstream body is never repeated.

export type Service = 'testgrid' | 'deck' | 'gcs' | 'github';

export type SourceProblem =
  | 'not found'
  | 'not public'
  | 'unavailable'
  | 'timed out'
  | 'bad response'
  | 'cut off'
  | 'too large'
  | 'not allowed'
  | 'cancelled';

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly service: Service;
  readonly problem: SourceProblem;
  /** What was asked for, e.g. "job history of X". */
  readonly what: string;
  /** What happened, e.g. "HTTP 503 after 4 tries". */
  readonly detail: string;

  constructor(service: Service, problem: SourceProblem, what: string, detail: string, options?: ErrorOptions) {
    super(`${what}: ${problem} (${detail})`, options);
    this.service = service;
    this.problem = problem;
    this.what = what;
    this.detail = detail;
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof SourceError && error.problem === 'not found';

/** True when the service itself did not answer, rather than saying no. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof SourceError && (error.problem === 'unavailable' || error.problem === 'timed out');

/** Nothing that could have answered was reached: each service with its error. */
export class SourcesUnreachable extends Error {
  override readonly name = 'SourcesUnreachable';
  readonly errors: readonly SourceError[];

  constructor(errors: readonly SourceError[]) {
    super(`no answer from ${errors.map(({ service }) => service).join(', ')}`);
    this.errors = errors;
  }
}
