// Which steps only gather, clean up or follow: they fail after the cause and because of it.

const FOLLOWS =
  /(?:^|-)(?:gather|audit-logs|deprovision|destroy|cleanup|clean-up|teardown|release-cluster|ofcir-release)(?:-|$)/;

/** True for a step whose failure says nothing about why a run failed, unless it is the only one that failed. */
export const isFollowUp = (step: string): boolean => FOLLOWS.test(step);

/**
 * The step that failed first, the cause: the earliest failed one in the order they ended, passing over gathering and
 * cleanup unless nothing else failed. Null when none failed, or when only those did and how another step ended is not
 * known: then that one may be the cause.
 */
export function firstFailed<T extends { readonly name: string; readonly passed: boolean | null }>(
  steps: readonly T[],
): T | null {
  const failed = steps.filter((step) => step.passed === false);
  const cause = failed.find((step) => !isFollowUp(step.name));
  if (cause) return cause;
  return steps.some((step) => step.passed === null) ? null : (failed[0] ?? null);
}
