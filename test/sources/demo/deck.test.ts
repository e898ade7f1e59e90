// Prow deck: history pages, current jobs, pull requests.
import { describe, expect, it } from 'vitest';
import { entriesOf, get, historyOf, jsonOf, olderOf, runsOf, scenario, textOf } from './support.ts';

const told = scenario('kubernetes-regression');

describe('job history', () => {
  it('shows twenty runs a page, newest first, and links to the older ones', () => {
    const first = textOf(historyOf(told));
    const entries = entriesOf(first);
    expect(entries).toHaveLength(20);
    const older = olderOf(first);
    expect(older).toBeDefined();
    const second = textOf(`${historyOf(told)}?buildId=${older ?? ''}`);
    expect(entriesOf(second)[0]?.ID).toBe(older);
    expect(olderOf(second)).toBeUndefined();
    const ids = runsOf(told).map(({ ID }) => ID);
    expect(new Set(ids).size).toBe(40);
    expect(ids).toEqual(ids.toSorted().reverse());
  });

  it('refuses a build id that is none', () => {
    expect(get(`${historyOf(told)}?buildId=newest`).status).toBe(400);
  });
});

interface ProwJobs {
  items: { metadata: Record<string, unknown>; spec: { job: string }; status: { state: string; startTime: string } }[];
}

describe('prowjobs.js', () => {
  it('lists the runs of the last two days as JSON, without the fields that are not wanted', () => {
    const { items } = jsonOf('/deck/prowjobs.js?omit=annotations,labels,decoration_config,pod_spec') as ProwJobs;
    const jobs = new Set(items.map(({ spec }) => spec.job));
    expect(jobs.size).toBeGreaterThan(25);
    expect(jobs.has(told.job)).toBe(true);
    expect(jobs.has(scenario('stale').job)).toBe(false);
    expect(items.every(({ metadata }) => !('labels' in metadata) && !('annotations' in metadata))).toBe(true);
    expect(items.filter(({ status }) => status.state === 'pending')).toHaveLength(1);
  });

  it('is a script that sets a variable when one is named', () => {
    const script = textOf('/deck/prowjobs.js?var=allBuilds');
    expect(script).toMatch(/^var allBuilds = \{"items":\[/);
    expect(script.endsWith(';')).toBe(true);
  });

  it('tells the dashboard and tab of Kubernetes jobs only', () => {
    const { items } = jsonOf('/deck/prowjobs.js') as ProwJobs;
    const annotations = (job: string): unknown => items.find(({ spec }) => spec.job === job)?.metadata['annotations'];
    expect(annotations(told.job)).toMatchObject({
      'testgrid-dashboards': told.dashboard,
      'testgrid-tab-name': told.tab,
    });
    expect(annotations(scenario('healthy').job)).not.toHaveProperty('testgrid-tab-name');
  });
});

describe('pr-history', () => {
  const html = textOf('/deck/pr-history/?org=example-org&repo=widget&pr=1234');

  it('has a column for each of the two commits and a row for each of the three jobs', () => {
    expect(html).toContain('<title>PR History: example-org/widget #1234</title>');
    expect(html.match(/<th class="[^"]*" colspan="1">/g)).toHaveLength(2);
    expect(
      html.match(/href="\/job-history\/gs\/kubernetes-ci-logs\/pr-logs\/directory\/pull-widget-\w+"/g),
    ).toHaveLength(3);
    expect(html.match(/run-failure"/g)).toHaveLength(2);
    expect(html.match(/run-success"/g)).toHaveLength(4);
  });

  it('links runs whose started.json names the base and the commit of the pull request', () => {
    const [, run = ''] = /run-failure"><a href="\/view\/gs\/([^"]+)"/.exec(html) ?? [];
    const started = jsonOf(`/gcs/${run}/started.json`) as { pull: string; repos: Record<string, string> };
    expect(started.pull).toBe('1234');
    expect(started.repos['example-org/widget']).toMatch(/^main:[0-9a-f]{40},1234:[0-9a-f]{40}$/);
    expect(get(`/deck/view/gs/${run}`).status).toBe(200);
  });

  it('says so when there are no runs', () => {
    expect(textOf('/deck/pr-history/?org=example-org&repo=widget&pr=99999')).toContain('No jobs have been run');
  });
});
