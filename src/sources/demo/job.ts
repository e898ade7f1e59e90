// Builds a job with its runs from a script: what is special about which run, how often it runs, how long it takes.
import { buildIdAt, DAY, HOUR, MINUTE, SECOND } from './clock.ts';
import type { DemoJob, DemoRun, Episode, PullRefs } from './model.ts';
import { Random } from './random.ts';
import { suiteOf } from './suites.ts';
import { stepsOf } from './workflow.ts';

export interface JobScript {
  readonly name: string;
  readonly bucket: string;
  readonly dashboard: string;
  /** OpenShift tabs are called like their jobs. */
  readonly tab?: string;
  readonly layout: DemoJob['layout'];
  /** How many runs there are. */
  readonly runs: number;
  readonly everyHours: number;
  /** How long the tests usually take. */
  readonly minutes: number;
  /** How many tests the job runs. */
  readonly tests: number;
  /** What is special about a run; 0 is the newest. */
  readonly episode?: (index: number) => Episode;
  /** Tests that do not report in every run that gets to its tests; `index` 0 is the newest. */
  readonly reports?: Readonly<Record<string, (index: number) => boolean>>;
  /** How long ago the newest run ended, when that is not just now. */
  readonly lastEndedAgo?: number;
  /** The newest run is still going on. */
  readonly running?: boolean;
  /** For presubmits: the repository and the pull request of each run. */
  readonly pulls?: { readonly orgRepo: string; readonly of: (index: number) => PullRefs };
}

const ORDINARY: Episode = {};

export function buildJob(script: JobScript, seed: number, now: number): DemoJob {
  const episodes = Array.from({ length: script.runs }, (_, index) => script.episode?.(index) ?? ORDINARY);
  const reports = script.reports ?? {};
  const special = new Set([
    ...episodes.flatMap((episode) => episode.tests?.map(({ test }) => test) ?? []),
    ...Object.keys(reports),
  ]);
  const suite = suiteOf(script.layout, script.name, script.tests);
  const ordinary = suite.run.filter((test) => !special.has(test)).slice(0, script.tests - special.size);
  const testsAt = (index: number): string[] => [
    ...ordinary,
    ...[...special].filter((test) => reports[test]?.(index) ?? true),
  ];
  const history = script.pulls ? `pr-logs/directory/${script.name}` : `logs/${script.name}`;
  const runs = episodes.map((episode, index) => buildRun(script, { episode, index, seed, now, tests: testsAt(index) }));
  const { name, bucket, dashboard, layout } = script;
  const idleMs = now - (runs[0]?.ended ?? 0);
  const skipped = suite.skipped.filter((test) => !special.has(test));
  return { name, bucket, history, dashboard, tab: script.tab ?? name, layout, seed, skipped, idleMs, runs };
}

interface RunPlan {
  readonly episode: Episode;
  readonly index: number;
  readonly seed: number;
  readonly now: number;
  readonly tests: readonly string[];
}

function buildRun(script: JobScript, { episode, index, seed, now, tests }: RunPlan): DemoRun {
  const random = new Random(seed, script.name, 'run', index);
  const running = script.running === true && index === 0;
  const testMs = Math.round(script.minutes * 60 * (episode.pace ?? 1) * (0.96 + random.next() * 0.08)) * SECOND;
  const lead = random.int(100, 300) * SECOND;
  const plan = script.layout.kind === 'openshift' ? stepsOf(episode, lead, testMs, random) : [];
  const took = durationOf(script, episode, { lead, testMs, stepsEnd: plan.at(-1)?.ended });
  // All runs hang on the newest one, a little before now; jitter is small enough to keep their order.
  const newestEnd = now - (script.lastEndedAgo ?? random.int(12, 40) * MINUTE);
  const jitter = Math.floor((random.next() - 0.5) * 0.1 * script.everyHours * HOUR);
  const start = newestEnd - took - index * script.everyHours * HOUR + (index === 0 ? 0 : jitter);
  const started = Math.floor((running ? now - 25 * MINUTE : start) / SECOND) * SECOND;
  const failed = episode.halt !== undefined || episode.tests?.some(({ outcome }) => outcome === 'failed') === true;
  const build = buildIdAt(started, random.int(0, 0x3fffff));
  const pull = script.pulls?.of(index) ?? null;
  const folder = script.pulls
    ? `pr-logs/pull/${script.pulls.orgRepo.replace('/', '_')}/${pull?.number ?? 0}/${script.name}/${build}`
    : `logs/${script.name}/${build}`;
  return {
    build,
    folder,
    started,
    ended: running ? now : started + took,
    state: running ? 'pending' : failed ? 'failed' : 'passed',
    episode,
    commit: pull?.baseSha ?? random.hex(40),
    infraCommit: new Random(seed, 'infra', Math.floor(started / (2 * DAY))).hex(9),
    payload: script.layout.kind === 'openshift' ? payloadAt(script.layout.version, started, random) : '',
    steps: running ? [] : plan.map((s) => ({ ...s, started: started + s.started, ended: started + s.ended })),
    tests,
    pull,
  };
}

function durationOf(
  script: JobScript,
  episode: Episode,
  { lead, testMs, stepsEnd }: { lead: number; testMs: number; stepsEnd: number | undefined },
): number {
  const { halt } = episode;
  if (stepsEnd !== undefined) return stepsEnd + 30 * SECOND;
  if (halt) return halt.minutes * MINUTE + 3 * SECOND;
  return script.layout.kind === 'kubernetes' && script.layout.work === 'e2e' ? testMs + 3 * lead : testMs;
}

/** The nightly payload that was newest when the run started. */
function payloadAt(version: string, started: number, random: Random): string {
  const made = new Date(started - random.int(20, 110) * MINUTE).toISOString();
  return `${version}.0-0.nightly-${made.slice(0, 10)}-${made.slice(11, 19).replaceAll(':', '')}`;
}
