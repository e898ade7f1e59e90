// Reads ci-operator's own log: which steps ran and how they ended, and the reason it reports (`seed-analyses.md` 5.4).
import { cleanText } from '../ci/text.ts';
import type { Lines } from './lines.ts';

export interface LoggedStep {
  /** Full name as logged, `<test>-<step>`. */
  readonly name: string;
  readonly passed: boolean;
  /** Duration as logged, e.g. `48m20s`. */
  readonly took: string;
  readonly line: number;
}

export interface CiOperatorLog {
  /** Steps in the order they ended. */
  readonly steps: readonly LoggedStep[];
  /** The reported reason, e.g. `executing_graph:step_failed:utilizing_lease`. */
  readonly reason: { readonly text: string; readonly line: number } | null;
  /** The line that names what could not be run. */
  readonly verdict: { readonly text: string; readonly line: number } | null;
  /** The release payload under test, where it is named. */
  readonly payload: { readonly text: string; readonly line: number } | null;
}

const LINE_BYTES = 4_096;
const MAX_STEPS = 300;
const OWN_LINE = /^(?:(?:INFO|ERRO|WARN|DEBU)\[|time="|\d{4}\/\d\d\/\d\d )/;
const STEP = /\bStep (\S{1,200}) (succeeded|failed) after ((?:\d+h)?(?:\d+m)?[\d.]+m?s)/;
const REASON = /Reporting job state '[a-z]+' with reason '([^']{1,300})'/;
const VERDICT = /could not run steps: .+/;
const PAYLOAD = /\b\d+\.\d+\.0-0\.(?:nightly|ci)(?:-[a-z0-9]+)?-\d{4}-\d\d-\d\d-\d{6}\b/;
const OURS = /ci-operator version|Running multi-stage test|Reporting job state|Resolved source|could not run steps/;
const WORTH_DECODING =
  /Step |Reporting job|could not run|ci-operator version|multi-stage|Resolved source|nightly-|\.ci-/;

/** What ci-operator logged; null for a log of something else. Takes all three of its line formats. */
export function readCiOperator(lines: Lines): CiOperatorLog | null {
  const steps: LoggedStep[] = [];
  let reason: CiOperatorLog['reason'] = null;
  let verdict: CiOperatorLog['verdict'] = null;
  let payload: CiOperatorLog['payload'] = null;
  let isOurs = false;
  for (let line = 1; line <= lines.count; line += 1) {
    const raw = lines.text(line, LINE_BYTES);
    if (!WORTH_DECODING.test(raw)) continue;
    const text = cleanText(raw);
    isOurs ||= OURS.test(text);
    // Only ci-operator's own lines count: what a container printed stands in this log too.
    const step = OWN_LINE.test(text) && steps.length < MAX_STEPS ? STEP.exec(text) : null;
    if (step) steps.push({ name: step[1] ?? '', passed: step[2] === 'succeeded', took: step[3] ?? '', line });
    const reported = REASON.exec(text)?.[1];
    if (reported !== undefined) reason = { text: reported, line };
    const stopped = VERDICT.exec(text)?.[0];
    if (stopped !== undefined && !verdict) verdict = { text: stopped, line };
    const version = PAYLOAD.exec(text)?.[0];
    if (version !== undefined && !payload) payload = { text: version, line };
  }
  return isOurs || steps.length > 0 ? { steps, reason, verdict, payload } : null;
}
