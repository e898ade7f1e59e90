// What a redaction rule is: a token with a shape of its own, or a value whose name tells what it is.

/** A token that is told by its own shape, wherever it stands. */
export interface TokenRule {
  readonly rule: string;
  /** See `shape.ts`. */
  readonly shape: string;
  /** A literal that every such token holds, where its shape does not begin with one. */
  readonly keyword?: string;
  /** Bits a character below which it is no secret but a placeholder. */
  readonly entropy?: number;
}

/** A value that is told by the name it is assigned to (`datadog_token: …`) and by its own shape. */
export interface AssignedRule {
  readonly rule: string;
  /** Words of which one stands in the name, in lower case. */
  readonly words: readonly string[];
  readonly shape: string;
  readonly entropy?: number;
}

/** Where in a text a secret stands: from `start` up to `end`, never over the end of a line. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** Shannon entropy of a text in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
