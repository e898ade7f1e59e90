// The test step grows slower from run to run until the newest four are interrupted at the time limit.
import type { Episode } from '../model.ts';
import { TEST_STEP } from '../workflow.ts';
import { nightly, OCP_INFORMING, seriesOf, testStepLog, type ScenarioScript } from './script.ts';

const TARGET = 'e2e-aws-ovn-conformance-extended';
const LIMIT = '2h0m0s';
const LINE = `Process did not finish before ${LIMIT} timeout`;
const FAILING = 4;
/** The run, counted from the newest, at which the growth began, and the pace just before the limit. */
const DRIFT_FROM = 24;
const LAST_PACE = 1.62;

const episode = (index: number): Episode => {
  if (index < FAILING) return { halt: { at: 'deadline', step: TEST_STEP, minutes: 120, limit: LIMIT } };
  const grown = Math.max(0, DRIFT_FROM - index) / (DRIFT_FROM - FAILING);
  return { pace: 1 + (LAST_PACE - 1) * grown };
};

export const timeout: ScenarioScript = {
  id: 'timeout',
  title: 'The tests no longer fit into their time limit',
  question: 'Why is 4.22 conformance-extended failing?',
  job: { ...nightly(TARGET), dashboard: OCP_INFORMING, minutes: 70, tests: 110, episode },
  truth: (job) => ({
    state: 'failing',
    locus: 'test',
    recurrence: 'regression',
    cause: { step: TEST_STEP, line: LINE, artifact: testStepLog(TARGET) },
    ...seriesOf(job, FAILING),
  }),
};
