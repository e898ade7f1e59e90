// The sixteen cell results of a TestGrid grid (testgrid pb/test_status) and what each says about a run of a test.

/** Result codes as they stand in a table's run-length encoded `statuses`. */
export const STATUS = {
  NO_RESULT: 0,
  PASS: 1,
  PASS_WITH_ERRORS: 2,
  PASS_WITH_SKIPS: 3,
  RUNNING: 4,
  CATEGORIZED_ABORT: 5,
  UNKNOWN: 6,
  CANCEL: 7,
  BLOCKED: 8,
  TIMED_OUT: 9,
  CATEGORIZED_FAIL: 10,
  BUILD_FAIL: 11,
  FAIL: 12,
  FLAKY: 13,
  TOOL_FAIL: 14,
  BUILD_PASSED: 15,
} as const;

export type Status = (typeof STATUS)[keyof typeof STATUS];

/** What a result means for the statistics: only `pass`, `fail` and `flaky` count as a completed result. */
export type Outcome = 'pass' | 'fail' | 'flaky' | 'pending' | 'aborted' | 'none';

const OUTCOME: readonly Outcome[] = [
  'none', // NO_RESULT
  'pass',
  'pass', // PASS_WITH_ERRORS
  'pass', // PASS_WITH_SKIPS
  'pending', // RUNNING
  'aborted', // CATEGORIZED_ABORT
  'aborted', // UNKNOWN
  'aborted', // CANCEL
  'aborted', // BLOCKED
  'fail', // TIMED_OUT
  'fail', // CATEGORIZED_FAIL
  'fail', // BUILD_FAIL
  'fail', // FAIL
  'flaky', // failed and passed in one run
  'fail', // TOOL_FAIL
  'pass', // BUILD_PASSED
];

/** The outcome of a status code. @throws RangeError for a code outside 0..15: the caller marks the row corrupt. */
export function outcomeOf(code: number): Outcome {
  const outcome = OUTCOME[code];
  if (outcome === undefined) throw new RangeError(`unknown TestGrid status ${code}`);
  return outcome;
}

/** Outcomes as small numbers, for loops over whole grids. */
export const KIND = { none: 0, pass: 1, fail: 2, flaky: 3, pending: 4, aborted: 5 } as const satisfies Record<
  Outcome,
  number
>;

/** The kind of each status code: `KINDS[code]`. Codes of a decoded grid are always within it. */
export const KINDS: Uint8Array = Uint8Array.from(OUTCOME, (outcome) => KIND[outcome]);

const bitsOf = (...outcomes: Outcome[]): number =>
  OUTCOME.reduce((bits, outcome, code) => (outcomes.includes(outcome) ? bits | (1 << code) : bits), 0);

/** Bits of the codes that count as failed or flaky: `row.codes & TROUBLE` is not 0 for a row with such a result. */
export const TROUBLE = bitsOf('fail', 'flaky');
/** Bits of the codes that count as failed. */
export const FAILED = bitsOf('fail');
/** Bits of the codes that count as passed. */
export const PASSED = bitsOf('pass');

/** The codes that occur, as bits: bit `i` for status `i`. */
export function codesIn(statuses: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < statuses.length; i += 1) bits |= 1 << (statuses[i] ?? 0);
  return bits;
}
