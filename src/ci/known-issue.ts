// A known issue: a failure that people already track, and by what it is recognised.

export type IssueState = 'open' | 'reopened' | 'fixed' | 'closed';

export interface KnownIssue {
  /** Where it was read: GitHub itself, or a list kept by hand. */
  readonly tracker: 'github' | 'list';
  /** `org/repo#123`. */
  readonly id: string;
  /** Made by us from the id. */
  readonly url: string;
  /** Untrusted text, as are labels, tests and the error text. */
  readonly title: string;
  readonly state: IssueState;
  /** The milestone or version that has the fix, where the tracker tells it. */
  readonly fixedIn: string | null;
  /** When it was closed, or else last changed; milliseconds since the epoch. */
  readonly changed: number | null;
  readonly labels: readonly string[];
  /** Full names of tests that fail by it. */
  readonly tests: readonly string[];
  /** What such a failure says, and what is told of it. */
  readonly text: string;
}

/** The state in words: `open`, `reopened`, `fixed in v1.34`, `fixed 2026-03-24`, `closed 2026-03-24 without a fix`. */
export function stateWords({ state, fixedIn, changed }: Pick<KnownIssue, 'state' | 'fixedIn' | 'changed'>): string {
  if (state === 'open' || state === 'reopened') return state;
  const day = changed === null ? '' : ` ${new Date(changed).toISOString().slice(0, 10)}`;
  if (state === 'closed') return `closed${day} without a fix`;
  return fixedIn === null ? `fixed${day}` : `fixed in ${fixedIn}`;
}
