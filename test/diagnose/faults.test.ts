import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { SourcesUnreachable } from '../../src/sources/errors.ts';
import { startDemo, type Demo } from '../support/demo.ts';

describe('an answer under faults', () => {
  let demo: Demo;
  let question = '';
  beforeAll(async () => {
    demo = await startDemo();
    question = demo.world.scenarios.find(({ id }) => id === 'openshift-regression')?.question ?? '';
  });
  afterEach(() => demo.server.fault(null));
  afterAll(() => demo.server.close());
  const job = 'why is periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-serial failing?';

  it('is still whole when one request in five is refused', async () => {
    demo.server.fault({ rate: 0.2, status: 503 });

    const { verdict, failures } = await demo.ask(question);

    expect(verdict?.recurrence).toBe('regression');
    expect(failures[0]?.step).toBe('openshift-e2e-test');
  });

  it('without TestGrid names the step and the gap', async () => {
    demo.server.fault({ rate: 1, status: 503, only: 'testgrid' });

    const { failures, gaps, since } = await demo.ask(job);

    expect(failures[0]?.step).toBe('openshift-e2e-test');
    expect(since?.in_a_row).toBe(5);
    expect(gaps.map(({ why }) => why).join()).toContain('unavailable: HTTP 503 after 4 tries');
  });

  it('without deck reads the runs from the bucket and says so', async () => {
    demo.server.fault({ rate: 1, status: 503, only: 'deck' });

    const { failures, gaps, since, subject } = await demo.ask(job);

    expect(subject.system).toBe('openshift');
    expect(failures[0]?.step).toBe('openshift-e2e-test');
    expect(since?.in_a_row).toBe(5);
    expect(gaps.map(({ effect }) => effect).join()).toContain('read from the bucket');
  });

  it('without GCS tells what the grid tells, with its cells as proof, and is less sure', async () => {
    demo.server.fault({ rate: 1, status: 503, only: 'gcs' });

    const { failures, gaps, evidence } = await demo.ask(job);

    expect(failures[0]?.step).toBe('openshift-e2e-test');
    expect(evidence.some(({ kind }) => kind === 'grid-cell')).toBe(true);
    expect(gaps.filter(({ what }) => what.includes('artifacts'))).not.toEqual([]);
  });

  it('without GCS tells the history of the failed test itself, not of its step, which fails with any test', async () => {
    demo.server.fault({ rate: 1, status: 503, only: 'gcs' });

    const { verdict, failures } = await demo.ask(job);

    expect(verdict?.reasons[1]?.text).toMatch(/^Test .* 5 failures in a row/);
    expect(failures.filter(({ since }) => since !== null).map(({ step }) => step)).toEqual([null]);
  });

  it('is none when nothing answers: each service is named', async () => {
    demo.server.fault({ rate: 1, status: 503 });

    const error: unknown = await demo.ask(job).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(SourcesUnreachable);
    expect(new Set((error as SourcesUnreachable).errors.map(({ service }) => service))).toEqual(
      new Set(['deck', 'gcs', 'testgrid']),
    );
  });

  it.each(['testgrid', 'deck', 'gcs'] as const)(
    'never says "nothing failed" when %s answers with HTML',
    async (only) => {
      demo.server.fault({ rate: 1, only, body: 'html' });

      const { verdict, failures, gaps } = await demo.ask(job);

      expect(verdict?.state).toBe('failing');
      expect(failures).not.toEqual([]);
      expect(gaps).not.toEqual([]);
    },
  );

  it.each(['testgrid', 'deck', 'gcs'] as const)(
    'never says "nothing failed" when %s answers with half a gzip',
    async (only) => {
      demo.server.fault({ rate: 1, only, body: 'truncated-gzip' });

      const { verdict, failures } = await demo.ask(job);

      expect(verdict?.state).toBe('failing');
      expect(failures).not.toEqual([]);
    },
  );
});
