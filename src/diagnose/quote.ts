// Turns what was fetched into evidence: the exact text, where it stands, the link that opens there.
import type { EvidenceList } from '../ci/evidence.ts';
import { historyPath } from '../ci/job.ts';
import { stateWords, type KnownIssue } from '../ci/known-issue.ts';
import { compareUrl, gridUrl, jobUrl, logLinesUrl, objectUrl, runUrl, type PublicSites } from '../ci/links.ts';
import type { Run } from '../ci/run.ts';
import { oneLine } from '../ci/text.ts';
import type { RunPoint } from '../ci/failure.ts';
import { cellText, type Grid, type Row } from '../grids/grid.ts';
import type { Document, Sources } from '../sources/ports.ts';
import type { PastFailure } from '../store/history.ts';
import type { PodFact } from '../logs/podinfo.ts';
import type { FailedTest } from './read-tests.ts';
import type { Log, StepResult } from './read-run.ts';
import type { Commit, EndNames } from './commits.ts';

/** Names in titles are written by anyone: a line, and not a long one. */
const TITLE_CHARS = 300;

/** Makes evidence for one investigation; every method returns the id to cite. */
export class Quotes {
  readonly list: EvidenceList;
  readonly #sites: PublicSites;

  constructor(list: EvidenceList, sites: PublicSites) {
    this.list = list;
    this.#sites = sites;
  }

  lines(run: Run, log: Log, from: number, to: number): string {
    const { object } = log.document.source;
    const range = from === to ? `line ${from}` : `lines ${from} to ${to}`;
    return this.list.add(
      {
        kind: 'log-lines',
        title: `${logName(run, object)}, ${range}`,
        url: logLinesUrl(this.#sites, run, object, { from, to }, log.lines.text(from)),
        source: log.document.source,
        lines: { from, to },
        quote: log.lines.quote(from, to),
      },
      log.document.bytes,
    );
  }

  /** The step's own finished.json, whole. */
  step(run: Run, step: StepResult, document: Document): string {
    const quote = document.bytes.toString().trim();
    return this.list.add(
      {
        kind: 'step',
        title: oneLine(`result of step ${step.name}`, TITLE_CHARS),
        url: objectUrl(this.#sites, run.job.bucket, document.source.object),
        source: document.source,
        lines: null,
        quote,
      },
      document.bytes,
    );
  }

  /** A statement about the run's pod, as podinfo.json has it. */
  pod(run: Run, document: Document, fact: PodFact): string {
    return this.list.add(
      {
        kind: 'log-lines',
        title: oneLine(`podinfo.json, ${fact.reason}`, TITLE_CHARS),
        url: objectUrl(this.#sites, run.job.bucket, document.source.object),
        source: document.source,
        lines: null,
        quote: fact.quote,
      },
      document.bytes,
    );
  }

  /** An earlier run, as the history has it; null for one of a system that is not known. */
  past({ job, build, started, headline }: PastFailure, { systems }: Sources): string | null {
    const sites = systems.find(({ system }) => system.name === job.system)?.system.sites;
    if (!sites) return null;
    const path = `${historyPath(job)}/${build}`;
    return this.list.add(
      {
        kind: 'run',
        title: `run ${build} of ${job.name}, ${new Date(started).toISOString().slice(0, 10)}, as whyred kept it`,
        url: job.kind === 'presubmit' ? jobUrl(sites, job) : runUrl(sites, { job, path }),
        source: { service: 'history', bucket: null, object: historyPath(job), build },
        lines: null,
        quote: headline,
      },
      headline,
    );
  }

  test(run: Run, test: FailedTest): string {
    return this.list.add(
      {
        kind: 'junit-case',
        title: oneLine(`JUnit case ${test.case.name}`, TITLE_CHARS),
        url: objectUrl(this.#sites, run.job.bucket, test.document.source.object),
        source: test.document.source,
        lines: test.case.lines,
        quote: test.case.quote,
      },
      test.document.bytes,
    );
  }

  /** The run as the record says it that it was read from. */
  run(run: Run): string {
    return this.list.add(
      {
        kind: 'run',
        title: `run ${run.build}: ${run.state}`,
        url: runUrl(this.#sites, run),
        source: run.source,
        lines: null,
        quote: run.record,
      },
      run.record,
    );
  }

  /** A row's history, quoted by its name; the counts are in the title. */
  row(grid: Grid, row: Row, counts: string): string {
    return this.list.add(
      {
        kind: 'grid-row',
        title: `${counts} in the grid`,
        url: gridUrl(this.#sites, grid.dashboard, grid.tab, row.name),
        source: { service: 'testgrid', bucket: null, object: `${grid.dashboard}#${grid.tab}#${row.name}` },
        lines: null,
        quote: row.name,
      },
      row.name,
    );
  }

  /** A cell's message; null when the cell says nothing. */
  cell(grid: Grid, row: Row, column: number): string | null {
    const { message, short } = cellText(row, column);
    const build = grid.columns[column]?.build;
    const quote = message === '' ? short : message;
    if (quote === '' || build === undefined) return null;
    return this.list.add(
      {
        kind: 'grid-cell',
        title: `grid cell of run ${build}`,
        url: gridUrl(this.#sites, grid.dashboard, grid.tab, row.name),
        source: { service: 'testgrid', bucket: null, object: `${grid.dashboard}#${grid.tab}#${row.name}`, build },
        lines: null,
        quote,
      },
      `${row.name}\n${message}\n${short}`,
    );
  }

  /** The commits between a good and a bad run, quoted from the latter's metadata. */
  commits(first: Commit, last: Commit, { good, bad }: EndNames): string {
    return this.list.add(
      {
        kind: 'commit-range',
        title: `${first.repository}: ${last.sha.slice(0, 9)} (${good}) to ${first.sha.slice(0, 9)} (${bad})`,
        url: compareUrl(first.repository, last.sha, first.sha),
        source: first.source,
        lines: null,
        quote: first.quote,
      },
      first.text,
    );
  }

  /** A known issue by a line of it, its title included. */
  issue(issue: KnownIssue, line: string): string {
    return this.list.add(
      {
        kind: 'known-issue',
        title: oneLine(`${issue.id} (${stateWords(issue)}): ${issue.title}`, TITLE_CHARS),
        url: issue.url,
        source: { service: issue.tracker, bucket: null, object: issue.id },
        lines: null,
        quote: line,
      },
      `${issue.title}\n${issue.text}\n${issue.tests.join('\n')}`,
    );
  }

  point(run: Run): RunPoint {
    return {
      build: run.build,
      time: run.started === null ? null : new Date(run.started).toISOString(),
      url: runUrl(this.#sites, run),
    };
  }
}

/** What people call a log: the build log, or the log of a step. */
function logName(run: Run, object: string): string {
  const path = object.startsWith(`${run.path}/`) ? object.slice(run.path.length + 1) : object;
  const step = /^artifacts\/[^/]+\/([^/]+)\/build-log\.txt$/.exec(path)?.[1];
  return step === undefined ? path : `log of step ${step}`;
}
