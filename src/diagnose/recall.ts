// "Seen before": the explained failure beside the earlier runs that are kept, with evidence that points at some of them.
import type { Failure } from '../ci/failure.ts';
import { seenWords } from '../ci/verdict.ts';
import type { Run } from '../ci/run.ts';
import type { Reason, Verdict } from '../ci/verdict.ts';
import { before, seenBefore, type Alike, type Past } from '../history/past.ts';
import type { Signature } from '../logs/signature.ts';
import type { Sources } from '../sources/ports.ts';
import { StoreUnreachable } from '../store/errors.ts';
import type { Gaps } from './gaps.ts';
import type { Quotes } from './quote.ts';
import { signatureOfFailure } from './similar.ts';

/** Earlier runs that are pointed at. */
const SHOWN = 3;
/** Where it stands among the reasons: behind what it is and how it comes back. */
const PLACE = 2;

/** The runs that are kept and failed like this; null, with a gap, where the history cannot be asked. */
export async function recall(signature: Signature, past: Past, gaps: Gaps): Promise<Alike | null> {
  try {
    return await past.like(signature);
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error;
    gaps.add({ what: 'the history', why: error.message, effect: 'whether it was seen before is not told' });
    return null;
  }
}

export interface Told {
  readonly verdict: Verdict;
  readonly failures: readonly Failure[];
}

/** The verdict with how often the cause was seen before `run`; the same where nothing like it is kept. */
export async function withPast(
  told: Told,
  run: Run,
  { past, sources, quotes, gaps }: { past: Past; sources: Sources; quotes: Quotes; gaps: Gaps },
): Promise<Verdict> {
  const { verdict, failures } = told;
  const cause = failures.find(({ secondary }) => !secondary);
  const signature = cause && signatureOfFailure(cause);
  const alike = signature ? await recall(signature, past, gaps) : null;
  const at = { job: run.job.name, build: run.build, started: run.started };
  const seen = alike && seenBefore(alike, at);
  if (!seen) return verdict;
  const evidence = before(alike, at)
    .slice(0, SHOWN)
    .flatMap((failure) => quotes.past(failure, sources) ?? []);
  const reason: Reason = { text: `Seen before: ${seenWords(seen)}`, evidence };
  return { ...verdict, seen_before: seen, reasons: verdict.reasons.toSpliced(PLACE, 0, reason) };
}
