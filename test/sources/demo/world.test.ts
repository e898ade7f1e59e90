// The world as a whole: the same from the same seed, standing still at its present.
import { describe, expect, it } from 'vitest';
import { createWorld, DEMO_NOW } from '../../../src/sources/demo/world.ts';
import { get, jsonOf, runsOf, scenario, textOf, world } from './support.ts';

const PATHS = [
  '/testgrid/api/v1/dashboards',
  '/testgrid/sig-release-master-blocking/table?tab=gce-network',
  '/testgrid/redhat-openshift-ocp-release-4.22-informing/summary',
  '/deck/prowjobs.js',
  '/deck/pr-history/?org=example-org&repo=widget&pr=1234',
];

describe('the demo world', () => {
  it('answers with the same bytes for the same seed', () => {
    const again = createWorld({ seed: 7 });
    const log = `/gcs/kubernetes-ci-logs/logs/${scenario('injection').job}/${runsOf(scenario('injection'))[0]?.ID ?? ''}/build-log.txt`;
    for (const path of [...PATHS, log]) {
      expect(get(path).status, path).toBe(200);
      expect(get(path, {}, again).body.equals(get(path).body), path).toBe(true);
    }
  });

  it('is another world for another seed, with the same scenarios', () => {
    const other = createWorld({ seed: 8 });
    expect(get('/deck/prowjobs.js', {}, other).body.equals(get('/deck/prowjobs.js').body)).toBe(false);
    expect(other.scenarios.map(({ id }) => id)).toEqual(world.scenarios.map(({ id }) => id));
    expect(other.scenarios[0]?.truth.firstFailing).not.toBe(world.scenarios[0]?.truth.firstFailing);
  });

  it('stands still at a fixed instant unless told, its newest runs ended within the hour before', () => {
    expect(world.now).toBe(DEMO_NOW);
    const moved = createWorld({ seed: 7, now: DEMO_NOW + 3_600_000 });
    expect(moved.now).toBe(DEMO_NOW + 3_600_000);
    for (const told of world.scenarios.filter(({ truth }) => truth.state !== 'stale')) {
      const [newest] = runsOf(told);
      const ended = Date.parse(newest?.Started ?? '') + (newest?.Duration ?? 0) / 1e6;
      expect(ended, told.id).toBeLessThan(DEMO_NOW);
      expect(ended, told.id).toBeGreaterThan(DEMO_NOW - 3_600_000);
    }
  });

  it('gives every run a build id that holds its start', () => {
    for (const told of world.scenarios) {
      for (const { ID, Started } of runsOf(told)) {
        expect(ID).toMatch(/^\d{19}$/);
        expect(Number((BigInt(ID) >> 22n) + 1288834974657n)).toBe(Date.parse(Started));
      }
    }
  });

  it('lists the tabs of every dashboard, each with a table', () => {
    const { dashboards } = jsonOf('/testgrid/api/v1/dashboards') as { dashboards: { name: string }[] };
    expect(dashboards.length).toBeGreaterThanOrEqual(5);
    for (const { name } of dashboards) {
      const { dashboard_tabs } = jsonOf(`/testgrid/api/v1/dashboards/${name}/tabs`) as {
        dashboard_tabs: { name: string }[];
      };
      for (const tab of dashboard_tabs)
        expect(get(`/testgrid/${name}/table?tab=${encodeURIComponent(tab.name)}`).status).toBe(200);
    }
  });

  it('answers what it does not know in the form of each service', () => {
    expect(get('/testgrid/no-such-dashboard/table?tab=x').status).toBe(404);
    expect(textOf('/gcs/kubernetes-ci-logs/no/such/object')).toContain('<Code>NoSuchKey</Code>');
    expect(jsonOf('/gcs/storage/v1/b/kubernetes-ci-logs/o/none')).toMatchObject({ error: { code: 404 } });
    expect(jsonOf('/gcs/storage/v1/b/no-such-bucket/o')).toMatchObject({ error: { code: 404 } });
    const { job } = scenario('healthy');
    expect(get(`/deck/job-history/gs/kubernetes-ci-logs/logs/${job}`).status).toBe(404);
    expect(get('/deck/%E0%A4%A').status).toBe(400);
    expect(world.answer('POST', new URL('http://demo/deck/prowjobs.js'), {}).status).toBe(405);
  });

  it('never lets a truth out over the wire', () => {
    for (const path of PATHS) expect(textOf(path)).not.toMatch(/recurrence|"locus"|known flake|"truth"/);
  });
});
