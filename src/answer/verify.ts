// Checks an answer against its own evidence before anyone sees it: what cites nothing real is taken out.
import type { Evidence } from '../ci/evidence.ts';
import { sha256 } from '../ci/evidence.ts';
import type { Investigation } from '../diagnose/investigation.ts';

export interface Verified {
  readonly investigation: Investigation;
  /** Claims (failures and reasons that cite evidence) and how many of them hold. */
  readonly claims: number;
  readonly verified: number;
}

/** The investigation with every citation checked: its id exists and its quote has the hash it was taken with. */
export function verify(investigation: Investigation): Verified {
  const sound = new Set(investigation.evidence.filter(isSound).map(({ id }) => id));
  let claims = 0;
  let verified = 0;
  const holds = ({ evidence }: { evidence: readonly string[] }): boolean => {
    if (evidence.length === 0) return true;
    claims += 1;
    const isTrue = evidence.every((id) => sound.has(id));
    if (isTrue) verified += 1;
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

const isSound = (evidence: Evidence): boolean => evidence.quote !== '' && sha256(evidence.quote) === evidence.sha256;
