// Made grids with known truth: jobs of the demo world's generator, served as TestGrid tables and decoded again.
import type { ColumnClass, RowClass } from '../../../src/grids/findings.ts';
import { decodeTable } from '../../../src/grids/decode.ts';
import type { Grid } from '../../../src/grids/grid.ts';
import { STATUS } from '../../../src/grids/status.ts';
import { DEMO_NOW } from '../../../src/sources/demo/clock.ts';
import { buildJob, type JobScript } from '../../../src/sources/demo/job.ts';
import type { BadTest, Complaint, Episode, Halt } from '../../../src/sources/demo/model.ts';
import { Random } from '../../../src/sources/demo/random.ts';
import { gce, INFORMING, nightly, OCP_INFORMING } from '../../../src/sources/demo/scenarios/script.ts';
import { suiteName, suiteOf } from '../../../src/sources/demo/suites.ts';
import { tableOf } from '../../../src/sources/demo/wire/testgrid.ts';
import { INSTALL_STEP } from '../../../src/sources/demo/workflow.ts';
import { BEHAVIOURS, passing, type Behaviour, type Did } from './behaviours.ts';

export interface MadeGrid {
  readonly grid: Grid;
  /** True class by row name, and by column. */
  readonly rows: ReadonlyMap<string, RowClass>;
  readonly columns: readonly ColumnClass[];
}

/** Shares of runs that are events, at most; each grid draws its own. */
const EVENTS: readonly (readonly [ColumnClass, number])[] = [
  ['install or ci failure', 0.15],
  ['mass failure', 0.05],
  ['aborted', 0.05],
  ['empty', 0.03],
];
const SPECIAL_SHARE = 0.5;

const COMPLAINT: Complaint = { message: 'timed out waiting for the condition', at: 'wait.go:222', said: [], stack: [] };
const NEVER_INSTALLED: Halt = { at: 'step', step: INSTALL_STEP, minutes: 41, exit: 4, log: ['level=fatal msg=failed'] };
const POD_LOST: Halt = { at: 'pod', minutes: 3, row: 'pod could not initialize', hasLog: false, events: [] };

/** The grid of a seed. `rates` are true flake rates to draw from. */
export function madeGrid(seed: number, rates: readonly number[]): MadeGrid {
  const random = new Random('made grid', seed);
  const base = random.chance(0.5)
    ? { ...nightly(`e2e-made-${seed}`), dashboard: OCP_INFORMING }
    : { ...gce(`made-${seed}`), dashboard: INFORMING };
  const script = { ...base, runs: random.int(40, 100), tests: random.int(50, 84), running: random.chance(0.3) };
  const columns = drawColumns(script.runs, script.running, random);
  const counted = columns.flatMap((name, index) => (name === 'normal' ? [index] : []));
  const { run: names } = suiteOf(script.layout, script.name, script.tests);
  const tests = new Map(names.map((name) => [name, drawBehaviour(counted.length, random, () => random.pick(rates))]));
  const halt = script.layout.kind === 'openshift' ? NEVER_INSTALLED : POD_LOST;
  const job = buildJob(withBehaviours(script, { columns, counted, tests, halt, random }), seed, DEMO_NOW);
  const table = blanked(JSON.parse(JSON.stringify(tableOf(job))) as Table, columns, job.name);
  const prefix = suiteName(script.layout);
  return {
    grid: decodeTable(table, { dashboard: job.dashboard, tab: job.tab }),
    rows: new Map([...tests].map(([name, { truth }]) => [`${prefix}.${name}`, truth])),
    columns,
  };
}

function drawColumns(runs: number, running: boolean, random: Random): ColumnClass[] {
  const shares = EVENTS.map(([name, most]) => [name, most * random.next()] as const);
  return Array.from({ length: runs }, (_, index) => {
    if (running && index === 0) return 'running';
    let luck = random.next();
    for (const [name, share] of shares) if ((luck -= share) < 0) return name;
    return 'normal';
  });
}

function drawBehaviour(runs: number, random: Random, rate: () => number): Behaviour {
  if (!random.chance(SPECIAL_SHARE)) return passing(runs);
  const draw = random.pick(BEHAVIOURS);
  for (let tries = 0; tries < 20; tries += 1) {
    const drawn = draw(runs, random, rate);
    if (drawn) return drawn;
  }
  return passing(runs);
}

interface Plan {
  readonly columns: readonly ColumnClass[];
  /** Indices of the runs that are no event, newest first. */
  readonly counted: readonly number[];
  readonly tests: ReadonlyMap<string, Behaviour>;
  readonly halt: Halt;
  readonly random: Random;
}

function withBehaviours(script: JobScript, { columns, counted, tests, halt, random }: Plan): JobScript {
  /** What a test did in the run, or in the next older one that counts. */
  const didAt = ({ did }: Behaviour, index: number): Did => {
    const place = counted.findIndex((other) => other >= index);
    return did[place < 0 ? did.length - 1 : place] ?? null;
  };
  const bad = (test: string, outcome: BadTest['outcome']): BadTest => ({ test, outcome, complaint: COMPLAINT });
  const episodes = columns.map((name, index): Episode => {
    if (name === 'install or ci failure') return { halt };
    if (name !== 'normal' && name !== 'mass failure') return {};
    const mass = name === 'mass failure' ? 0.25 + 0.35 * random.next() : 0;
    return {
      tests: [...tests].flatMap(([test, behaviour]) => {
        const did = didAt(behaviour, index);
        if (did === 'passed' && random.chance(mass)) return [bad(test, 'failed')];
        return did === 'failed' || did === 'flaky' ? [bad(test, did)] : [];
      }),
    };
  });
  const reports = Object.fromEntries(
    [...tests].map(([test, behaviour]) => [test, (index: number) => didAt(behaviour, index) !== null]),
  );
  return { ...script, episode: (index) => episodes[index] ?? {}, reports };
}

interface Table {
  tests: { name: string; statuses: { count: number; value: number }[]; messages: string[]; short_texts: string[] }[];
}

/** The generator knows no aborted runs: their columns are written as TestGrid has them, and those of empty runs. */
function blanked(table: Table, columns: readonly ColumnClass[], job: string): Table {
  const tests = table.tests.map((test) => {
    const codes = test.statuses.flatMap(({ count, value }) => new Array<number>(count).fill(value));
    const text = (texts: readonly string[]): string[] => {
      let at = 0;
      const byColumn = codes.map((code) => (code === STATUS.NO_RESULT ? '' : (texts[at++] ?? '')));
      return byColumn.filter((_, i) => kept[i] !== STATUS.NO_RESULT);
    };
    const kept = codes.map((code, i) => {
      if (columns[i] === 'empty') return STATUS.NO_RESULT;
      if (columns[i] === 'aborted') return test.name === `${job}.Overall` ? STATUS.CANCEL : STATUS.NO_RESULT;
      return code;
    });
    const statuses = kept.map((value) => ({ count: 1, value }));
    return { ...test, statuses, messages: text(test.messages), short_texts: text(test.short_texts) };
  });
  return { ...table, tests };
}
