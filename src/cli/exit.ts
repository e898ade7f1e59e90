// How a command ends, as scripts read it.

export const EXIT = { answered: 0, failed: 1, usage: 2, notFound: 3, unreachable: 4 } as const;

/** A mistake in how the command was called: message and help, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
