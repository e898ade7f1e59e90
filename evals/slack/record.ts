// Everything the app asked for, in order: when, what with, and what it was told.
import type { CallFault } from './faults.ts';
import type { Fields } from './schema.ts';

export interface Call {
  /** Milliseconds of the world's clock. */
  readonly at: number;
  /** A method of the Web API; `response_url` and `upload` for what is sent there. */
  readonly method: string;
  /** The arguments, with lists and objects as such, and without the token. */
  readonly args: Fields;
  readonly fault: CallFault | null;
  /** What it was told; null when nobody was told anything. */
  reply: Fields | null;
}

/** A form brings lists and objects as JSON: they are kept as what they are. */
export const readable = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== 'token')
      .map(([name, value]) => [name, typeof value === 'string' && /^[[{]/.test(value) ? parsed(value) : value]),
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export class Recorder {
  readonly calls: Call[] = [];

  /** Calls of these methods, in order. */
  of(...methods: readonly string[]): Call[] {
    return this.calls.filter(({ method }) => methods.includes(method));
  }

  /** Forgets what was asked so far. */
  clear(): void {
    this.calls.length = 0;
  }
}
