// JUnit XML of a run: the suite's own report and the CI system's.
import type { Complaint, DemoJob, DemoRun, TestResult } from '../model.ts';
import { testResults } from '../results.ts';
import { stagesOf, type Stage } from '../stages.ts';
import { suiteName } from '../suites.ts';
import { escapeMarkup } from './response.ts';

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The report of the tests. A flaky test stands in it twice: once failed, once passed. */
export function testJunit(job: DemoJob, run: DemoRun): string {
  const results = testResults(job, run);
  const suite = suiteName(job.layout);
  const cases = results.flatMap((result) => testCases(result, suite));
  const failures = results.filter(({ complaint }) => complaint !== null).length;
  const skipped = results.filter(({ outcome }) => outcome === 'skipped').length;
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return `${HEADER}<testsuites>\n  <testsuite name="${suite}" tests="${cases.length}" skipped="${skipped}" failures="${failures}" errors="0" time="${seconds.toFixed(3)}">\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}

function testCases({ name, outcome, seconds, complaint }: TestResult, suite: string): string[] {
  const open = `    <testcase name="${escapeMarkup(name)}" classname="${suite}" time="${seconds.toFixed(3)}"`;
  const passed = `${open}></testcase>\n`;
  if (outcome === 'skipped')
    return [`${open}>\n      <skipped message="skipped by configuration"></skipped>\n    </testcase>\n`];
  if (!complaint) return [passed];
  const failed = `${open}>\n${failureOf(complaint)}    </testcase>\n`;
  return outcome === 'flaky' ? [failed, passed] : [failed];
}

function failureOf({ message, at, stack, said }: Complaint): string {
  const text = [`fail [${at}]: ${message}`, ...stack].join('\n');
  return `      <failure message="${escapeMarkup(message)}" type="failed">${escapeMarkup(text)}</failure>\n      <system-out>${escapeMarkup(said.join('\n'))}</system-out>\n`;
}

/** The report of the stages: `junit_operator.xml`, or kubetest's `junit_runner.xml`. */
export function stageJunit(job: DemoJob, run: DemoRun): string {
  const stages = stagesOf(job, run);
  const failures = stages.filter(({ passed }) => !passed).length;
  const cases = stages.map(stageCase).join('');
  return `${HEADER}<testsuites>\n  <testsuite name="${stages[0]?.suite ?? ''}" tests="${stages.length}" skipped="0" failures="${failures}" time="${((run.ended - run.started) / 1000).toFixed(1)}">\n${cases}  </testsuite>\n</testsuites>\n`;
}

function stageCase({ name, passed, seconds, message }: Stage): string {
  const open = `    <testcase name="${escapeMarkup(name)}" time="${seconds.toFixed(1)}"`;
  return passed
    ? `${open}></testcase>\n`
    : `${open}>\n      <failure message="">${escapeMarkup(message)}</failure>\n    </testcase>\n`;
}
