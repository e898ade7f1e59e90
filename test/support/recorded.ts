// Recorded CI data beside the project: tests that use it skip, with a printed notice, where it is absent.
import { describe } from 'vitest';
import { recordedData } from '../../evals/mirror.ts';

const shared = recordedData();

/** Describes tests over recorded data; the callback gets the folder that holds it. */
export function describeRecorded(name: string, define: (shared: string) => void): void {
  if (shared === null) {
    console.log(`skipped: ${name} (no recorded data beside the project)`);
    describe.skip(name, () => undefined);
  } else describe(name, () => define(shared));
}
