// Checks an answer against what was fetched before anyone sees it: what cites nothing real is taken out, and secrets.
import type { Evidence } from '../ci/evidence.ts';
import { sha256, sourceKey } from '../ci/evidence.ts';
import type { Failure } from '../ci/failure.ts';
import { redactDeep } from '../ci/redact/redact.ts';
import type { Investigation } from '../diagnose/investigation.ts';
import { Lines } from '../logs/lines.ts';
import { showEvidence, type ShownEvidence } from './shown.ts';

/** An answer as it may be shown: without the texts it was checked against, and without secrets. */
export interface CheckedInvestigation extends Omit<Investigation, 'texts' | 'evidence'> {
  readonly evidence: readonly ShownEvidence[];
}

export interface Verified {
  readonly investigation: CheckedInvestigation;
  /** Claims (failures and reasons), and how many of them rest on evidence that holds. */
  readonly claims: number;
  readonly verified: number;
}

/**
 * The investigation with every citation checked: its id exists, its quote stands byte for byte where it is said to
 * stand in what was fetched, and has the hash it was taken with. A claim with a citation that fails is dropped; one
 * that cites nothing is kept and counted as not verified. Only then are secrets taken out of quotes and of all else:
 * the hash of a quote stays that of the bytes in the source.
 */
export function verify({ texts, ...investigation }: Investigation): Verified {
  const evidence = checkEvidence(investigation.evidence, texts);
  const sound = new Set(evidence.map(({ id }) => id));
  const standsOn = ({ evidence }: { evidence: readonly string[] }): boolean => evidence.every((id) => sound.has(id));
  let claims = 0;
  let verified = 0;
  const holds = ({ evidence }: { evidence: readonly string[] }): boolean => {
    claims += 1;
    const isTrue = standsOn({ evidence });
    if (isTrue && evidence.length > 0) verified += 1;
    return isTrue;
  };
  const { verdict } = investigation;
  const failures = investigation.failures
    .filter(holds)
    .map((failure) => (failure.known ? { ...failure, known: failure.known.filter(standsOn) } : failure));
  const reasons = verdict?.reasons.filter(holds) ?? [];
  const shown = redactDeep({
    ...investigation,
    failures,
    verdict: verdict && { ...verdict, summary: summaryOf(verdict.summary, failures), reasons },
  });
  return {
    investigation: { ...shown, evidence },
    claims,
    verified,
  };
}

/** The summary, and what the first failure is known as: said of what is proven alone. */
function summaryOf(summary: string, failures: readonly Failure[]): string {
  const [known] = failures.flatMap((failure) => failure.known?.slice(0, 1) ?? []);
  return known ? `${summary.replace(/\.$/, '')}; known: ${known.issue} (${known.state}).` : summary;
}

/** The evidence that holds, as it is shown: each quote stands where it is said to stand in what was fetched. */
export function checkEvidence(items: readonly Evidence[], texts: Investigation['texts']): ShownEvidence[] {
  return items
    .filter((item) => isSound(item, texts))
    .map((item) => showEvidence(item, texts.get(sourceKey(item.source)) ?? Buffer.alloc(0)));
}

function isSound({ kind, quote, sha256: hash, lines, source }: Evidence, texts: Investigation['texts']): boolean {
  const text = texts.get(sourceKey(source));
  if (quote === '' || text === undefined || sha256(quote) !== hash) return false;
  if (kind !== 'log-lines' || lines === null) return text.includes(quote);
  const log = new Lines(text);
  return lines.to <= log.count && log.raw(lines.from, lines.to).equals(Buffer.from(quote));
}
