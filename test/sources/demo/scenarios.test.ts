// The scenarios: each truth is borne out by what the services say.
import { describe, expect, it } from 'vitest';
import { get, jsonOf, list, runsOf, scenario, tableOf, textOf, world } from './support.ts';

const failed = (result: string): boolean => result.toUpperCase() === 'FAILURE';

describe.each(world.scenarios.map((told) => [told.id, told] as const))('scenario %s', (_, told) => {
  const { truth, bucket, path } = told;
  const runs = runsOf(told);
  const newestRed = runs.find(({ Result }) => failed(Result)) ?? runs[0];
  const folder = `${path}/${newestRed?.ID ?? ''}`;

  it('has the state it claims', () => {
    expect(runs.length).toBeGreaterThanOrEqual(20);
    expect(failed(runs[0]?.Result ?? '')).toBe(truth.state !== 'passing');
    const quietDays = (world.now - Date.parse(runs[0]?.Started ?? '')) / 86_400_000;
    expect(quietDays > 10).toBe(truth.state === 'stale');
  });

  it('has the line that says why in the artifact it names', () => {
    const { line, artifact } = truth.cause ?? {};
    if (line === undefined || artifact === undefined) return;
    const lines = textOf(`/gcs/${bucket}/${folder}/${artifact}`).split('\n');
    expect(lines.some((text) => text.includes(line))).toBe(true);
  });

  it('starts where it says it does', () => {
    const { firstFailing, lastPassing } = truth;
    if (firstFailing === undefined) return;
    const at = runs.findIndex(({ ID }) => ID === firstFailing);
    expect(failed(runs[at]?.Result ?? '')).toBe(true);
    expect(runs[at + 1]?.ID).toBe(lastPassing);
    expect(runs[at + 1]?.Result).toBe('SUCCESS');
    const newestFailing = runs.findIndex(({ Result }) => failed(Result));
    expect(runs.slice(newestFailing, at + 1).every(({ Result }) => failed(Result))).toBe(true);
  });

  it('has the step and the test it blames in the JUnit of the run and in the table', () => {
    const { step, test } = truth.cause ?? {};
    const rows = tableOf(told).tests.map(({ name }) => name);
    if (test !== undefined) {
      expect(rows.some((name) => name.endsWith(`.${test}`))).toBe(true);
      const xml = list(bucket, { prefix: `${folder}/`, matchGlob: `${folder}/**junit_{01,e2e}*.xml` }).items ?? [];
      expect(textOf(`/gcs/${bucket}/${xml[0]?.name ?? ''}`)).toContain(test.replaceAll('"', '&#34;'));
    }
    if (step !== undefined) {
      expect(rows.some((name) => name.endsWith(`-${step} container test`))).toBe(true);
      const target = told.job.slice(told.job.indexOf('e2e-'));
      expect(jsonOf(`/gcs/${bucket}/${folder}/artifacts/${target}/${step}/finished.json`)).toMatchObject({
        passed: false,
      });
    }
  });

  it('keeps metadata that agrees with job history', () => {
    for (const { ID, Result, Started, Duration, SpyglassLink } of runs.slice(0, 3)) {
      const base = SpyglassLink.replace('/view/gs/', '/gcs/');
      const started = Date.parse(Started) / 1000;
      expect(jsonOf(`${base}/started.json`)).toMatchObject({ timestamp: started });
      expect(jsonOf(`${base}/finished.json`)).toMatchObject({ timestamp: started + Duration / 1e9, result: Result });
      expect(jsonOf(`${base}/prowjob.json`)).toMatchObject({ spec: { job: told.job }, status: { build_id: ID } });
    }
  });
});

describe('the scenarios', () => {
  it('say which commit or payload the first bad run came with', () => {
    const { truth, bucket, path } = scenario('kubernetes-regression');
    const commitOf = (build = ''): unknown =>
      (jsonOf(`/gcs/${bucket}/${path}/${build}/started.json`) as Record<string, unknown>)['repo-commit'];
    expect(commitOf(truth.firstFailing)).toBe(truth.commits?.to);
    expect(commitOf(truth.lastPassing)).toBe(truth.commits?.from);
    const payload = scenario('openshift-regression');
    const log = textOf(`/gcs/${payload.bucket}/${payload.path}/${payload.truth.firstFailing ?? ''}/build-log.txt`);
    expect(log).toContain(`registry.ci.openshift.org/ocp/release:${payload.truth.commits?.to ?? '?'}`);
  });

  it('let durations grow before the time limit is reached', () => {
    const hours = runsOf(scenario('timeout')).map(({ Duration }) => Duration / 3.6e12);
    expect((hours[5] ?? 0) - (hours[25] ?? 0)).toBeGreaterThan(0.5);
  });

  it('write a flaky test into JUnit as failed and passed', () => {
    const { bucket, path, truth } = scenario('green-but-flaky');
    const newest = runsOf(scenario('green-but-flaky'))[0]?.ID ?? '';
    const xml = textOf(`/gcs/${bucket}/${path}/${newest}/artifacts/junit_01.xml`);
    expect(xml.split(`name="${truth.cause?.test ?? '?'}"`)).toHaveLength(3);
    expect(xml.match(/<failure /g)).toHaveLength(1);
  });

  it('count in the log of the mass failure what its JUnit counts', () => {
    const told = scenario('mass-failure');
    const log = textOf(
      `/gcs/${told.bucket}/${told.path}/${runsOf(told)[0]?.ID ?? ''}/${told.truth.cause?.artifact ?? ''}`,
    );
    expect(log).toMatch(/^error: 45 fail, 75 pass, \d+ skip/m);
    expect(log.match(/^failed: \(/gm)).toHaveLength(45);
  });

  it('leave the log of a lost pod without its end, and sometimes leave none', () => {
    const told = scenario('node-lost');
    const [newest, second] = runsOf(told);
    expect(textOf(`/gcs/${told.bucket}/${told.path}/${newest?.ID ?? ''}/build-log.txt`)).not.toContain('Ginkgo ran');
    expect(get(`/gcs/${told.bucket}/${told.path}/${second?.ID ?? ''}/build-log.txt`).status).toBe(404);
  });

  it('write logs of the size of real ones', () => {
    const told = scenario('openshift-regression');
    const folder = `/gcs/${told.bucket}/${told.path}/${runsOf(told)[0]?.ID ?? ''}`;
    const lines = textOf(`${folder}/${told.truth.cause?.artifact ?? ''}`).split('\n').length;
    expect(lines).toBeGreaterThan(3000);
    expect(
      textOf(`${folder}/artifacts/e2e-aws-ovn-serial/ipi-install-install/build-log.txt`).split('\n').length,
    ).toBeGreaterThan(500);
  });
});
