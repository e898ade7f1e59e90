// A scenario: a question about one job and, for tests and evals only, the truth about it.

export interface Truth {
  state: 'failing' | 'passing' | 'stale';
  /** null when nothing fails. */
  locus: 'ci infrastructure' | 'cluster install' | 'product' | 'test' | 'build/config' | 'unknown' | null;
  recurrence: 'regression' | 'known flake' | 'new' | 'outage' | 'recovered' | 'undecided' | null;
  cause: {
    step?: string;
    /** The test's name in JUnit; the end of its row name in TestGrid. */
    test?: string;
    /** Part of the log line that says why. */
    line?: string;
    /** Path below the run's folder of what holds the line, in the newest failing run. */
    artifact?: string;
  } | null;
  /** Build ids. */
  firstFailing?: string;
  lastPassing?: string;
  commits?: { from: string; to: string; culprit?: string };
}

export interface Scenario {
  id: string;
  title: string;
  question: string;
  job: string;
  bucket: string;
  /** Folder of the job's runs: `logs/<job>`, or `pr-logs/pull/<org>_<repo>/<pr>/<job>`. */
  path: string;
  dashboard: string;
  tab: string;
  truth: Truth;
}
