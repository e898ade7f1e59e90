// Decides what a failure is and how it comes back, from signals alone; says why, and abstains where they are thin.
import type { Locus, Reason, Recurrence } from '../ci/verdict.ts';
import { shareOf } from '../grids/beta.ts';
import { findRegression } from '../grids/changepoint.ts';
import type { ColumnFinding } from '../grids/findings.ts';
import { isUnanswered } from '../logs/classes.ts';
import type { SeenClass } from './failures.ts';
import type { Series } from './series.ts';

/** Everything the decision rests on. */
export interface Signals {
  /** The step that failed first. */
  readonly step: { readonly name: string; readonly evidence: readonly string[] } | null;
  /** Failed tests that did not also pass in the run, and those that did. */
  readonly tests: {
    readonly failed: number;
    readonly retried: number;
    readonly total: number;
    readonly evidence: readonly string[];
  };
  /** Stages of the test runner that failed. */
  readonly stages: readonly { readonly name: string; readonly evidence: string }[];
  readonly reason: { readonly text: string; readonly evidence: string } | null;
  readonly classes: readonly SeenClass[];
  readonly column: Pick<ColumnFinding, 'class' | 'tests'> | null;
  /** The history of the cause, as near to it as a source tells: a test's, a step's, or else the job's. */
  readonly series: Series;
  /** True when the job itself passed before this failure began. */
  readonly passedBefore: boolean;
  /** True when the job has not run since. */
  readonly stopped: boolean;
  /** Evidence that the explained failure is over (a later run passed); null while it lasts. */
  readonly over: string | null;
  /** True when any proof of the failure itself was found. */
  readonly hasProof: boolean;
}

export interface Decision {
  readonly locus: Locus;
  readonly recurrence: Recurrence;
  readonly confidence: number;
  readonly reasons: readonly Reason[];
}

interface Vote<T> {
  readonly is: T;
  readonly confidence: number;
  readonly reason: Reason;
}

/** The verdict of the signals; the first decisive rule wins (`science.md` 3), weaker ones lower the confidence. */
export function decide(signals: Signals): Decision {
  const locus = decideLocus(signals);
  const recurrence = decideRecurrence(signals, locus.is);
  const confidence = signals.hasProof ? Math.min(locus.confidence, recurrence.confidence) : 0;
  return {
    locus: locus.is,
    recurrence: recurrence.is,
    confidence: locus.is === 'unknown' && recurrence.is === 'undecided' ? 0 : confidence,
    reasons: [locus.reason, recurrence.reason],
  };
}

/** ci-operator reasons that end a run before its test steps: the last part of the reported chain says where. */
const REASONS: readonly [RegExp, Locus, string][] = [
  [
    /(?:acquiring_lease|utilizing_lease|releasing_lease|acquiring_cluster_claim|utilizing_cluster_claim|utilizing_ip_pool|pod_pending|importing_release|creating_release_images|creating_stable_images|creating_service_account|creating_roles)$/,
    'ci infrastructure',
    'the CI could not provide what the run needs',
  ],
  [
    /(?:building_\w{1,80}|cloning_source|loading_args|validating_config|resolving_\w{1,80}|defaulting_config)$/,
    'build/config',
    'the run ended while building or resolving its configuration',
  ],
];

const INSTALL = /(?:^|-)(?:install|ipi-install|upi-install|setup|provision|bootstrap|deploy|create-cluster)(?:-|$)/;
const POOL = /(?:^|-)(?:acquire|lease|claim)(?:-|$)/;
const GATHER = /(?:^|-)(?:gather|deprovision|destroy|cleanup|teardown|release-cluster)(?:-|$)/;

function decideLocus(signals: Signals): Vote<Locus> {
  const { step, tests, reason, classes, column } = signals;
  const vote = (is: Locus, confidence: number, text: string, evidence: readonly string[]): Vote<Locus> => ({
    is,
    confidence,
    reason: { text, evidence },
  });
  if (reason)
    for (const [pattern, locus, means] of REASONS)
      if (pattern.test(reason.text))
        return vote(locus, 0.9, `ci-operator reports ${reason.text}: ${means}`, [reason.evidence]);

  // The headline's class speaks first; one of a line further down only where the step itself says nothing.
  const said = (seen: SeenClass | undefined, confidence: number): Vote<Locus> | null =>
    seen && tests.failed === 0 && seen.class.locus !== 'unknown'
      ? vote(seen.class.locus, confidence, capital(seen.class.means), [seen.evidence])
      : null;
  const byHeadline = said(classes[0], 0.8);
  if (byHeadline && !(step && INSTALL.test(step.name) && byHeadline.is === 'product')) return byHeadline;
  if (step && POOL.test(step.name))
    return vote('ci infrastructure', 0.8, `Step ${step.name} only gets a machine or a lease`, step.evidence);
  if (step && INSTALL.test(step.name)) {
    const text = `Step ${step.name} makes the cluster and failed before any test`;
    return vote('cluster install', 0.75, text, step.evidence);
  }
  if (step && GATHER.test(step.name))
    return vote(
      'ci infrastructure',
      0.5,
      `Only ${step.name} failed, which gathers or cleans up after the tests`,
      step.evidence,
    );
  const up = signals.stages.find(({ name }) => name === 'Up');
  if (up) return vote('cluster install', 0.8, 'The test runner could not bring the cluster up', [up.evidence]);
  const byLine = said(
    classes.find(({ class: { locus } }) => locus !== 'unknown'),
    0.6,
  );
  if (byLine) return byLine;
  if (column?.class === 'mass failure') {
    const infra = classes.find(({ class: { locus } }) => locus === 'ci infrastructure');
    const text = `${column.tests.failed} of ${column.tests.ran} tests failed at once, far more than by themselves: what they share failed, not each of them`;
    return infra
      ? vote('ci infrastructure', 0.6, `${text}; ${infra.class.means}`, [...tests.evidence, infra.evidence])
      : vote('product', 0.55, text, tests.evidence);
  }
  const { series } = signals;
  const isOfTest = tests.failed > 0 && series.kind === 'test';
  if (isOfTest && isIntermittent(series))
    return vote('test', 0.75, `${capital(series.of)} fails now and then: ${rateOf(series)}`, series.evidence);
  if (isOfTest && hasNeverPassed(series) && signals.passedBefore)
    return vote(
      'test',
      0.65,
      `${capital(series.of)} has never passed in ${count(series.results.length, 'run')}`,
      series.evidence,
    );
  if (tests.failed > 0 && streakOf(series) >= 2)
    return vote(
      'product',
      isOfTest ? 0.7 : 0.55,
      `${failedOf(tests)}, ${series.of} in ${streakOf(series)} runs in a row, and the cluster was up`,
      isOfTest ? tests.evidence : [...tests.evidence, ...series.evidence],
    );
  if (tests.failed > 0)
    return vote(
      'unknown',
      0.4,
      `${failedOf(tests)} in this run: that alone tells no product fault from a test's`,
      tests.evidence,
    );
  const limit = classes.find(({ class: { name } }) => name === 'time limit');
  if (limit)
    return vote(
      'unknown',
      0.4,
      'It was stopped at its time limit, which alone tells neither product nor test nor CI apart',
      [limit.evidence],
    );
  if (column?.class === 'install or ci failure')
    return vote(
      'ci infrastructure',
      0.5,
      `Only ${column.tests.ran} of about ${column.tests.usual} tests have a result: the run stopped before them`,
      [],
    );
  if (tests.retried > 0)
    return vote('test', 0.6, `${count(tests.retried, 'test')} failed and passed in the same run`, tests.evidence);
  const network = classes.find((seen) => isUnanswered(seen.class));
  if (network)
    return vote('unknown', 0.4, `${capital(network.class.means)}: the cluster under test or what the CI gives it`, [
      network.evidence,
    ]);
  return vote('unknown', 0.3, 'Nothing that was read tells the product from the CI here', step?.evidence ?? []);
}

function decideRecurrence(signals: Signals, locus: Locus): Vote<Recurrence> {
  const { series, tests, column } = signals;
  const { results, evidence } = series;
  const vote = (is: Recurrence, confidence: number, text: string): Vote<Recurrence> => ({
    is,
    confidence,
    reason: { text, evidence },
  });
  const n = results.length;
  const failures = results.filter(({ failed }) => failed).length;
  const streak = streakOf(series);
  const isOfJob = series.kind === 'job';

  if (signals.over !== null) {
    const text = 'A later run passed: the failure is over';
    return { is: 'recovered', confidence: 0.9, reason: { text, evidence: [signals.over] } };
  }
  if (column?.class === 'mass failure' && streak <= 2)
    return vote('outage', 0.7, 'Many tests failed together in this run and not before');
  if (tests.failed === 0 && tests.retried > 0)
    return vote('known flake', 0.75, 'The test failed and passed in the same run');
  if (n === 0) return vote('undecided', 0.3, 'No earlier results are known');
  if (isIntermittent(series))
    return series.kind === 'test'
      ? vote('known flake', 0.8, `${capital(series.of)} ${rateOf(series)}`)
      : vote('undecided', 0.4, `${capital(series.of)} ${rateOf(series)}; whether each for this reason was not read`);
  if (locus === 'ci infrastructure' && streak >= 2 && (!isOfJob || streak < LONG_STREAK)) {
    const text = `${capital(series.of)} failed in ${count(streak, 'run')} in a row`;
    return isOfJob
      ? vote('outage', 0.5, `${text}; whether each for this reason was not read`)
      : vote('outage', 0.8, text);
  }
  if (hasNeverPassed(series) && !signals.passedBefore)
    return vote(
      'undecided',
      0.5,
      `${capital(series.of)} has failed in ${n === 1 ? 'the one run' : `all ${n} runs`} in which its result is known: since before them`,
    );
  if (hasNeverPassed(series))
    return n >= 2
      ? vote('new', 0.7, `${capital(series.of)} has failed in all ${n} runs in which it has a result`)
      : vote('new', 0.5, `${capital(series.of)} has one result so far, a failure`);
  const change = findRegression(results.map(({ failed }) => failed).reverse());
  if (change && streak >= 2 && change.score > -3) {
    const kind = change.score > 0 ? 'changed from passing to failing' : 'likely changed from passing to failing';
    return vote(
      'regression',
      change.score > 0 ? 0.85 : 0.65,
      `${capital(series.of)} ${kind}: ${streak} failures in a row after ${n - failures} passes`,
    );
  }
  if (locus === 'build/config' && streak >= 2)
    return vote(
      'regression',
      0.7,
      `${capital(series.of)} failed in ${streak} runs in a row after it had passed, and what does not build stays broken`,
    );
  if (signals.stopped) return vote('undecided', 0.4, 'The job stopped running after this failure');
  if (streak === 1 && failures === 1)
    return vote(
      'new',
      n >= 5 ? 0.6 : 0.4,
      `First failure of ${series.of} in ${count(n, 'run')}: one run cannot tell a break from a flake`,
    );
  return vote(
    'undecided',
    0.4,
    `${capital(series.of)} failed in ${failures} of ${count(n, 'run')}, the last ${streak} in a row: too little to tell a break from a flake`,
  );
}

/**
 * Fails and passes in turn: bad in at most half of the runs, and in at least two episodes besides the newest. Failures
 * in a row are one episode, each run that failed and then passed is one.
 */
function isIntermittent({ results }: Pick<Series, 'results'>): boolean {
  const streak = streakOf({ results });
  if (streak === results.length || streak >= 3) return false;
  const bad = results.filter(({ failed, flaky }) => failed || flaky).length;
  return bad * 2 <= results.length && episodes(results.slice(streak)) >= 2;
}

function episodes(results: Series['results']): number {
  let count = 0;
  results.forEach(({ failed, flaky }, i) => {
    if (flaky || (failed && results[i - 1]?.failed !== true)) count += 1;
  });
  return count;
}

/** Failures in a row up to the run that is explained. */
function streakOf({ results }: Pick<Series, 'results'>): number {
  const pass = results.findIndex(({ failed }) => !failed);
  return pass < 0 ? results.length : pass;
}

const hasNeverPassed = ({ results }: Series): boolean =>
  results.length > 0 && results.every(({ failed, flaky }) => failed && !flaky);

function rateOf({ results }: Series): string {
  const failed = results.filter((result) => result.failed).length;
  const flaky = results.filter((result) => result.flaky).length;
  const { low, high } = shareOf(failed + flaky, results.length);
  const runs = flaky === 0 ? `failed in ${failed}` : `failed in ${failed} and failed, then passed in ${flaky}`;
  return `${runs} of ${results.length} runs (95 % interval ${percent(low)} to ${percent(high)} %)`;
}

/** So many failures in a row of a whole job have more than one cause. */
const LONG_STREAK = 8;

const percent = (share: number): number => Math.round(share * 100);
const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** How many failed; of how many only where more are known than those that failed. */
const failedOf = ({ failed, total }: Signals['tests']): string =>
  `${count(failed, 'test')}${total > failed ? ` of ${total}` : ''} failed`;
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
