import { describe, expect, it } from 'vitest';
import { readCiOperator } from '../../src/logs/ci-operator.ts';
import { Lines } from '../../src/logs/lines.ts';

const read = (...lines: string[]): ReturnType<typeof readCiOperator> =>
  readCiOperator(new Lines(Buffer.from(lines.join('\n'))));

describe('ci-operator’s log', () => {
  it.each([
    ['the old plain format', '2021/04/17 20:51:00 Step e2e-gcp-ipi-install-install failed after 48m20s.'],
    [
      'the old logrus format',
      'time="2021-11-29T20:51:00Z" level=error msg="Step e2e-gcp-ipi-install-install failed after 48m20s."',
    ],
    [
      'the coloured format',
      '\u001b[31mERRO\u001b[0m[2022-06-21T16:12:42Z] Step e2e-gcp-ipi-install-install failed after 48m20s.    ',
    ],
  ])('names a failed step in %s', (_, line) => {
    expect(read('x', line)?.steps).toEqual([
      { name: 'e2e-gcp-ipi-install-install', passed: false, took: '48m20s', line: 2 },
    ]);
  });

  it('gives the steps in their order, the verdict, the reason and the payload', () => {
    const log = read(
      'INFO[2026-01-01T00:00:00Z] ci-operator version v20260101-abc',
      'INFO[2026-01-01T00:00:01Z] Using explicitly provided pull-spec for release latest (registry/ocp/release:4.22.0-0.nightly-2026-01-01-000000)',
      'INFO[2026-01-01T00:10:00Z] Step e2e-conf succeeded after 10s.',
      'INFO[2026-01-01T00:20:00Z] Step e2e-test failed after 1h2m3.5s.',
      'ERRO[2026-01-01T00:30:00Z]   * could not run steps: step e2e failed: "e2e" test steps failed',
      "INFO[2026-01-01T00:30:01Z] Reporting job state 'failed' with reason 'executing_graph:step_failed:utilizing_lease'",
    );

    expect(log?.steps.map(({ name, passed, took }) => [name, passed, took])).toEqual([
      ['e2e-conf', true, '10s'],
      ['e2e-test', false, '1h2m3.5s'],
    ]);
    expect(log?.reason).toEqual({ text: 'executing_graph:step_failed:utilizing_lease', line: 6 });
    expect(log?.verdict?.line).toBe(5);
    expect(log?.payload?.text).toBe('4.22.0-0.nightly-2026-01-01-000000');
  });

  it('is not any other log', () => {
    expect(read('hello', 'Step by step')).toBeNull();
  });
});
