// The evidence an answer rests on, numbered in the order it is cited; what nothing cites is left out.
import type { Evidence } from '../ci/evidence.ts';
import type { Failure } from '../ci/failure.ts';
import type { Verdict } from '../ci/verdict.ts';

export interface Cited {
  readonly verdict: Verdict;
  readonly failures: readonly Failure[];
  readonly evidence: readonly Evidence[];
}

export function keepCited({ verdict, failures, evidence }: Cited): Cited {
  const byId = new Map(evidence.map((item) => [item.id, item]));
  const kept = new Map<string, Evidence>();
  const renamed = <T extends { readonly evidence: readonly string[] }>(claim: T): T => ({
    ...claim,
    evidence: claim.evidence.flatMap((id) => {
      const item = byId.get(id);
      if (!item) return [];
      const known = kept.get(id) ?? { ...item, id: `E${kept.size + 1}` };
      kept.set(id, known);
      return [known.id];
    }),
  });
  const inOrder = failures
    .map(renamed)
    .map((failure) => (failure.known ? { ...failure, known: failure.known.map(renamed) } : failure));
  const reasons = verdict.reasons.map(renamed);
  return { verdict: { ...verdict, reasons }, failures: inOrder, evidence: [...kept.values()] };
}
