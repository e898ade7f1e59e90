// How a command ends, as scripts read it.

export const EXIT = { answered: 0, failed: 1, usage: 2, notFound: 3, unreachable: 4, config: 78 } as const;

/** A mistake in how the command was called: message and help, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A configuration with which a service cannot start, every mistake in it; starting again does not help (EX_CONFIG). */
export class ServiceConfigError extends Error {
  override readonly name = 'ServiceConfigError';
  readonly mistakes: readonly string[];

  constructor(message: string, mistakes: readonly string[]) {
    super(message);
    this.mistakes = mistakes;
  }
}
