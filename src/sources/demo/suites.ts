// Which tests a job runs, and what they are called in its JUnit.
import { E2E_TESTS, UNIT_TESTS } from './catalogue.ts';
import type { DemoJob } from './model.ts';
import { Random } from './random.ts';

type Layout = DemoJob['layout'];

/** How many tests of a job are always skipped. */
const SKIPPED = 18;

/** The name that an end-to-end test has in the JUnit of a job of that kind. */
export const junitName = (kind: Layout['kind'], name: string): string =>
  kind === 'kubernetes' ? `[It] ${name}` : `${name} [Suite:openshift/conformance/parallel]`;

/** The JUnit suite that a job's tests are in. */
export function suiteName(layout: Layout): string {
  if (layout.kind === 'openshift') return 'openshift-tests';
  return layout.work === 'e2e' ? 'Kubernetes e2e suite' : `github.com/${layout.repo}/pkg`;
}

/** The tests of a job, at most `count` and those it skips; which ones depends on the job's name alone. */
export function suiteOf(layout: Layout, job: string, count: number): { run: string[]; skipped: string[] } {
  if (layout.kind === 'kubernetes' && layout.work === 'go') return { run: [...UNIT_TESTS], skipped: [] };
  const names = new Random('suite', job).shuffle(E2E_TESTS).map((name) => junitName(layout.kind, name));
  return { run: names.slice(0, count), skipped: names.slice(count, count + SKIPPED) };
}
