// What a run failed with, by itself alone: its logs and tests, or where they are gone its column of the grid.
import { EvidenceList } from '../ci/evidence.ts';
import type { Failure } from '../ci/failure.ts';
import type { Run } from '../ci/run.ts';
import type { Locus } from '../ci/verdict.ts';
import type { ColumnFinding } from '../grids/findings.ts';
import type { Grid } from '../grids/grid.ts';
import { signatureOf, type Signature } from '../logs/signature.ts';
import type { CiSystem } from '../sources/ports.ts';
import { decide } from './decide.ts';
import { ownSignals } from './explain.ts';
import { findFailures, type Diagnosis } from './failures.ts';
import type { Gaps } from './gaps.ts';
import { failuresInGrid } from './grid-failures.ts';
import { Quotes } from './quote.ts';
import { readRun } from './read-run.ts';
import { signatureOfFailure } from './similar.ts';

/** A cell's message that says less is no name of a failure. */
const TELLING_CHARS = 12;

export interface OwnFailure {
  readonly failure: Failure;
  /** By what its log, its test or its cell says; null where none says why. */
  readonly signature: Signature | null;
}

export interface OwnDiagnosis {
  /** The cause first, without what failed because of it. */
  readonly failures: readonly OwnFailure[];
  readonly locus: Locus;
  /** True when the run has left the bucket, or never left anything there. */
  readonly isGone: boolean;
}

/** A run as its grid shows it. */
export interface InGrid {
  readonly grid: Grid;
  readonly column: ColumnFinding | null;
}

const NOTHING: Diagnosis = {
  cause: null,
  failures: [],
  tests: { failed: [], stages: [], total: 0, known: false },
  classes: [],
  reason: null,
  beside: [],
};

/** @param isGone true when it is known that the run has left the bucket: it is not asked for */
export async function lookInto(
  ci: CiSystem,
  run: Run,
  inGrid: InGrid | null,
  gaps: Gaps,
  isGone: boolean,
): Promise<OwnDiagnosis> {
  const quotes = new Quotes(new EvidenceList(), ci.system.sites);
  const facts = isGone ? null : await readRun(ci, run, gaps);
  const isThere = facts !== null && (facts.artifacts.length > 0 || facts.log !== null);
  const diagnosis = isThere ? await findFailures(ci, facts, quotes, gaps) : NOTHING;
  const isUntold = !diagnosis.cause && diagnosis.tests.failed.length === 0;
  const cells = inGrid && isUntold ? failuresInGrid(inGrid.grid, run.build, quotes) : [];
  const own: OwnFailure[] =
    cells.length > 0
      ? cells.map(({ failure, said }) => ({
          failure,
          signature: said.length >= TELLING_CHARS ? signatureOf(said) : null,
        }))
      : diagnosis.failures.map((failure) => ({ failure, signature: signatureOfFailure(failure) }));
  const told = own.map(({ failure }) => failure);
  const { locus } = decide({
    ...ownSignals(run, told, diagnosis, quotes),
    column: inGrid?.column ?? null,
    series: { kind: 'job', of: 'the job', results: [], evidence: [] },
    passedBefore: false,
    stopped: false,
    over: null,
  });
  return { failures: own.filter(({ failure }) => !failure.secondary), locus, isGone: !isThere };
}
