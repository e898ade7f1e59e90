// How a method of the Web API says no: HTTP 200 with `ok: false`, a code, and sometimes why.
import type { Fields } from './schema.ts';

/** Thrown by a method; becomes its answer. */
export class Refusal extends Error {
  readonly code: string;
  readonly extra: Fields;

  constructor(code: string, extra: Fields = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }

  /** The body that Slack would send. */
  get body(): Fields {
    return { ok: false, error: this.code, ...this.extra };
  }
}

/** The refusal of arguments, with what is wrong with them. */
export const badArguments = (...problems: readonly string[]): Refusal =>
  new Refusal('invalid_arguments', {
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
