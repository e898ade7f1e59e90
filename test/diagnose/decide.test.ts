import { describe, expect, it } from 'vitest';
import { decide, type Signals } from '../../src/diagnose/decide.ts';
import type { Series, SeriesResult } from '../../src/diagnose/series.ts';
import { classOf } from '../../src/logs/classes.ts';
import type { SeenClass } from '../../src/diagnose/failures.ts';

/** Newest first: `F` failed, `P` passed, `K` flaky. */
const results = (text: string): SeriesResult[] =>
  Array.from(text, (char, i) => ({
    failed: char === 'F',
    flaky: char === 'K',
    point: { build: String(text.length - i), time: null, url: '' },
  }));
const seen = (line: string): SeenClass[] => {
  const found = classOf(line);
  return found ? [{ class: found, evidence: 'E1' }] : [];
};
const test = { failed: 1, retried: 0, total: 80, evidence: ['E2'] };
type Given = Partial<Omit<Signals, 'series'>> & { runs?: string; of?: Series['kind'] };
const signals = (overrides: Given): Signals => {
  const { runs = 'FPPPPPPPPPPPPPPPPPPP', of: kind = 'job', ...rest } = overrides;
  return {
    step: null,
    tests: { failed: 0, retried: 0, total: 0, evidence: [] },
    stages: [],
    reason: null,
    classes: [],
    column: null,
    passedBefore: true,
    stopped: false,
    over: null,
    hasProof: true,
    ...rest,
    series: { kind, of: kind === 'job' ? 'the job' : `${kind} X`, results: results(runs), evidence: ['E9'] },
  };
};
const step = (name: string): Signals['step'] => ({ name, evidence: ['E3'] });

describe('the locus', () => {
  it.each<[string, Given, string]>([
    [
      'a lease that ci-operator waited for',
      { reason: { text: 'executing_graph:step_failed:utilizing_lease', evidence: 'E1' } },
      'ci infrastructure',
    ],
    [
      'an image build',
      { reason: { text: 'executing_graph:step_failed:building_image_from_source', evidence: 'E1' } },
      'build/config',
    ],
    [
      'a test step inside a lease',
      {
        reason: { text: 'executing_graph:step_failed:utilizing_lease:executing_multi_stage_test', evidence: 'E1' },
        step: step('e2e-test'),
      },
      'unknown',
    ],
    [
      'a quota',
      { classes: seen('level=error msg=AddressLimitExceeded: too many'), step: step('ipi-install-install') },
      'ci infrastructure',
    ],
    ['an install step', { step: step('telco5g-cluster-setup') }, 'cluster install'],
    [
      'a bootstrap that failed',
      { classes: seen('level=fatal msg="Bootstrap failed to complete"'), step: step('ipi-install-install') },
      'cluster install',
    ],
    ['a step that gets a machine', { step: step('ofcir-acquire') }, 'ci infrastructure'],
    ['gathering alone', { step: step('gather-extra') }, 'ci infrastructure'],
    ['a compile error', { classes: seen('pkg/a.go:1:2: undefined: x') }, 'build/config'],
    ['a time limit alone', { classes: seen('Process did not finish before 2h0m0s timeout') }, 'unknown'],
    ['a network error alone: it may be anybody’s', { classes: seen('dial tcp 1.2.3.4:443: i/o timeout') }, 'unknown'],
    ['nothing known', {}, 'unknown'],
    ['a cluster the runner could not bring up', { stages: [{ name: 'Up', evidence: 'E4' }] }, 'cluster install'],
    ['one failed test, once', { tests: test }, 'unknown'],
  ])('of %s', (_, given, locus) => {
    expect(decide(signals(given)).locus).toBe(locus);
  });

  it('of a test that fails again and again is the product, of one that comes and goes the test', () => {
    expect(decide(signals({ tests: test, of: 'test', runs: 'FFFFPPPPPPPPPPPPPPPP' })).locus).toBe('product');
    expect(decide(signals({ tests: test, of: 'test', runs: 'FPPPFPPPKPPPPFPPPPPP' })).locus).toBe('test');
  });

  it.each(['step', 'job'] as const)('is never the test for how often its %s fails: any test fails that', (of) => {
    const comesAndGoes = decide(signals({ tests: test, of, runs: 'FPPPFPPPFPPPPFPPPPPP' }));

    expect(comesAndGoes).toMatchObject({ locus: 'unknown', recurrence: 'undecided' });
    expect(decide(signals({ tests: test, of, runs: 'FFFFF' })).locus).not.toBe('test');
  });

  it('names the test whose rate it is', () => {
    const { reasons } = decide(signals({ tests: test, of: 'test', runs: 'FPPPFPPPFPPPPFPPPPPP' }));

    expect(reasons[0]?.text).toContain('Test X fails now and then: failed in 4 of 20 runs');
  });

  it('of many tests at once is what they share', () => {
    const column = { class: 'mass failure' as const, tests: { ran: 120, usual: 120, failed: 45 } };

    expect(decide(signals({ tests: { ...test, failed: 45 }, column })).locus).toBe('product');
    expect(
      decide(signals({ tests: { ...test, failed: 45 }, column, classes: seen('pod evicted: node is not ready') }))
        .locus,
    ).toBe('ci infrastructure');
  });
});

describe('the recurrence', () => {
  it.each<[string, Given, string]>([
    ['a failure that is over', { over: 'E7' }, 'recovered'],
    ['passes, then failures', { runs: 'FFFFPPPPPPPPPPPPPPPPPPPP' }, 'regression'],
    ['a test that comes and goes', { of: 'test', runs: 'FPPPFPPPFPPPPFPPPPPP' }, 'known flake'],
    [
      'a test that failed and passed in the run',
      { tests: { failed: 0, retried: 1, total: 9, evidence: [] } },
      'known flake',
    ],
    ['a first failure', {}, 'new'],
    ['a test that has never passed, in a job that has', { of: 'test', runs: 'FFFFF', tests: test }, 'new'],
    ['a job that has never passed', { runs: 'FFFFF', passedBefore: false }, 'undecided'],
    ['infrastructure, twice in a row', { runs: 'FFPPPPPPPP', step: step('ofcir-acquire') }, 'outage'],
    [
      'code that does not build, twice in a row',
      { runs: 'FFPPPPPPPP', classes: seen('error TS2304: x') },
      'regression',
    ],
    ['a job that stopped after it', { stopped: true }, 'undecided'],
  ])('of %s', (_, given, recurrence) => {
    expect(decide(signals(given)).recurrence).toBe(recurrence);
  });
});

describe('the confidence', () => {
  it('is nothing without proof, and nothing where both answers abstain', () => {
    expect(decide(signals({ hasProof: false, step: step('ipi-install-install') })).confidence).toBe(0);
    expect(decide(signals({ stopped: true })).confidence).toBe(0);
  });

  it('is that of the weaker half, and every reason cites what it rests on', () => {
    const { confidence, reasons } = decide(
      signals({ step: step('telco5g-cluster-setup'), runs: 'FFFFPPPPPPPPPPPPPPPPPPPP' }),
    );

    expect(confidence).toBe(0.75);
    expect(reasons.map(({ evidence }) => evidence)).toEqual([['E3'], ['E9']]);
  });
});
