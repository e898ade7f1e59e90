// What a rule over log lines is: a record of one thing a tool says, with a line that it says.

export interface Rule {
  /** Who says it. */
  readonly tool: string;
  /** What it means, in a few words: the reason shown for a chosen line. */
  readonly name: string;
  /** How much a line like this says of why a build failed; what speaks against a line is negative. */
  readonly weight: number;
  /**
   * Lower-case literals, one of which stands in every line that matches, `<n>` for a number: only
   * lines with one are looked at at all.
   */
  readonly needs: readonly string[];
  /** Over the cleaned line without its runner's prefix. Linear: bounded repeats, none nested. */
  readonly pattern: RegExp;
  /** True for a line that only sums up or passes on: never the headline while another line says more. */
  readonly sumsUp?: true;
  /** A line it matches. */
  readonly example: string;
}

/** What speaks against a line. */
export interface Against extends Omit<Rule, 'needs' | 'sumsUp'> {
  /** True for what only weakens vague words: a line that a tool's own rule knows stands. */
  readonly onlyVague?: true;
}
