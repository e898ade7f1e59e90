// Checks an answer against what was fetched before anyone sees it: what cites nothing real is taken out.
import type { Evidence } from '../ci/evidence.ts';
import { sha256, sourceKey } from '../ci/evidence.ts';
import type { Investigation } from '../diagnose/investigation.ts';
import { Lines } from '../logs/lines.ts';

/** An answer without the texts it was checked against. */
export type CheckedInvestigation = Omit<Investigation, 'texts'>;

export interface Verified {
  readonly investigation: CheckedInvestigation;
  /** Claims (failures and reasons), and how many of them rest on evidence that holds. */
  readonly claims: number;
  readonly verified: number;
}

/**
 * The investigation with every citation checked: its id exists, its quote stands byte for byte where it is said to
 * stand in what was fetched, and has the hash it was taken with. A claim with a citation that fails is dropped; one
 * that cites nothing is kept and counted as not verified.
 */
export function verify({ texts, ...investigation }: Investigation): Verified {
  const sound = new Set(investigation.evidence.filter((item) => isSound(item, texts)).map(({ id }) => id));
  let claims = 0;
  let verified = 0;
  const holds = ({ evidence }: { evidence: readonly string[] }): boolean => {
    claims += 1;
    const isTrue = evidence.every((id) => sound.has(id));
    if (isTrue && evidence.length > 0) verified += 1;
    return isTrue;
  };
  const { verdict } = investigation;
  const failures = investigation.failures.filter(holds);
  const reasons = verdict?.reasons.filter(holds) ?? [];
  return {
    investigation: {
      ...investigation,
      failures,
      verdict: verdict && { ...verdict, reasons },
      evidence: investigation.evidence.filter(({ id }) => sound.has(id)),
    },
    claims,
    verified,
  };
}

function isSound({ kind, quote, sha256: hash, lines, source }: Evidence, texts: Investigation['texts']): boolean {
  const text = texts.get(sourceKey(source));
  if (quote === '' || text === undefined || sha256(quote) !== hash) return false;
  if (kind !== 'log-lines' || lines === null) return text.includes(quote);
  const log = new Lines(text);
  return lines.to <= log.count && log.raw(lines.from, lines.to).equals(Buffer.from(quote));
}
