// Evidence as it is shown: its quote, title and link without secrets, and what was taken out of the quote.
import type { Evidence } from '../ci/evidence.ts';
import { findSecrets, redactDeep, redactPart, type Redaction } from '../ci/redact/redact.ts';
import { Lines } from '../logs/lines.ts';

export interface ShownEvidence extends Evidence {
  /** The secrets taken out of the quote, each with its line of the quote, from 1. `sha256` is of the source's bytes. */
  readonly redactions: readonly Redaction[];
}

/** How much of the source around a quote is read for secrets that begin before it or end behind it. */
const AROUND = 32 * 1024;

/** @param text what the quote was taken from and stands in */
export function showEvidence(item: Evidence, text: Buffer): ShownEvidence {
  const start = startOf(item, text);
  const end = start + Buffer.byteLength(item.quote);
  const before = text.toString('utf8', Math.max(0, start - AROUND), start);
  const after = text.toString('utf8', end, end + AROUND);
  const { text: quote, redactions } = redactPart(
    before + item.quote + after,
    before.length,
    before.length + item.quote.length,
  );
  return { ...redactDeep(item), url: safeUrl(item.url, redactions), quote, redactions };
}

function startOf({ kind, lines, quote }: Evidence, text: Buffer): number {
  if (kind !== 'log-lines' || lines === null) return Math.max(0, text.indexOf(quote));
  return new Lines(text).raw(lines.from).byteOffset - text.byteOffset;
}

/** A link that would repeat a secret in its query, or in the words a browser scrolls to, opens the page alone. */
function safeUrl(url: string, redactions: readonly Redaction[]): string {
  const repeats = redactions.length > 0 && url.includes('#:~:text=');
  return repeats || findSecrets(decoded(url)).length > 0 ? (url.split(/[?#]/)[0] ?? '') : url;
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
