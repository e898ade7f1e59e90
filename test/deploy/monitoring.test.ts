import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { parse } from 'yaml';
import { answersIn, plainText } from '../../evals/slack/look.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { startService, startSlackService } from '../support/services.ts';
import { readQuery } from './promql.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}
interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const rules = (
  parse(read('deploy/monitoring/alerts.yaml')) as { spec: { groups: { rules: Rule[] }[] } }
).spec.groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('deploy/monitoring/dashboard.json')) as { panels: Panel[] };
const targets = panels.flatMap(({ targets: shown = [] }) => shown);

/** Labels that Prometheus puts on what it scrapes, and the one series it makes itself. */
const OF_PROMETHEUS = ['instance', 'job'];
const MADE_BY_PROMETHEUS = 'up';

interface Series {
  readonly help: string;
  /** Every value seen of each label. */
  readonly labels: Map<string, Set<string>>;
}

/** The metrics of a `/metrics` page by name. */
function metricsIn(...pages: readonly string[]): Map<string, Series> {
  const help = new Map<string, string>();
  const found = new Map<string, Series>();
  for (const line of pages.flatMap((page) => page.split('\n'))) {
    const [, about = '', words = ''] = /^# HELP (\S+) (.*)$/.exec(line) ?? [];
    if (about !== '') help.set(about, words);
    const [, name = '', inside = ''] = /^([a-z]\w*)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === '') continue;
    const base = name.replace(/_(?:bucket|sum|count)$/, '');
    const series = found.get(name) ?? {
      help: help.get(name) ?? help.get(base) ?? '',
      labels: new Map<string, Set<string>>(),
    };
    for (const [, label = '', value = ''] of inside.matchAll(/(\w+)="([^"]*)"/g))
      series.labels.set(label, (series.labels.get(label) ?? new Set()).add(value));
    found.set(name, series);
  }
  return found;
}

let demo: Demo;
let metrics: Map<string, Series>;
/** The bot and the MCP server, each after something went well and something did not. */
beforeAll(async () => {
  demo = await startDemo();
  const bot = await startSlackService(demo);
  const mcp = await startService(['mcp', '--http', '--no-cache'], { WHYRED_CI_URL: demo.server.url });
  try {
    const { slack } = bot;
    slack.faults.add({ kind: 'error', error: 'internal_error' }, { only: ({ method }) => method === 'chat.update' });
    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, `why is ${JOB} red?`);
    const texts = (): string =>
      answersIn(slack.world, slack.places.alerts, ts)
        .map((one) => plainText(one))
        .join();
    await vi.waitFor(() => expect(texts()).toContain('verified'), { timeout: 15_000 });
    const client = new Client({ name: 'test', version: '0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(/MCP at (\S+)/.exec(mcp.log())?.[1] ?? '')));
    await client.callTool({ name: 'diagnose', arguments: { question: JOB } });
    await client.callTool({ name: 'diagnose', arguments: { question: 'no-such-job-anywhere' } });
    await client.close();
    metrics = metricsIn((await bot.ask('/metrics')).text, (await mcp.ask('/metrics')).text);
  } finally {
    await bot.close();
    await mcp.stop();
  }
}, 60_000);
afterAll(() => demo.server.close());

/** What of a query is not in what the servers tell. */
function unknownIn(expr: string, legend = ''): string[] {
  const { selectors, grouping } = readQuery(expr.replaceAll('$__rate_interval', '5m'));
  const known = new Set(OF_PROMETHEUS);
  const unknown: string[] = [];
  for (const { metric, matchers } of selectors) {
    const series = metrics.get(metric);
    if (!series && metric !== MADE_BY_PROMETHEUS) unknown.push(metric);
    for (const label of series?.labels.keys() ?? []) known.add(label);
    for (const { label, op, value } of matchers) {
      if (OF_PROMETHEUS.includes(label)) continue;
      const values = series?.labels.get(label);
      if (!values) unknown.push(`${metric}{${label}}`);
      // What has not happened here is told of in the metric's help.
      for (const one of op.includes('~') ? value.split('|') : [value])
        if (values && !values.has(one) && !series?.help.includes(one)) unknown.push(`${metric}{${label}="${one}"}`);
    }
  }
  const shown = Array.from(legend.matchAll(/\{\{(\w+)\}\}/g), ([, label = '']) => label);
  return [...unknown, ...[...grouping, ...shown].filter((label) => !known.has(label))];
}

describe('what the alerts and the dashboard ask', () => {
  it('is all told by the real servers: each metric, label and value', () => {
    expect(targets.length).toBeGreaterThan(20);
    for (const { alert, expr } of rules) expect(unknownIn(expr), alert).toEqual([]);
    for (const { expr, legendFormat } of targets) expect(unknownIn(expr, legendFormat), expr).toEqual([]);
  });

  it('leaves no metric of ours out', () => {
    const asked = new Set(
      targets.flatMap(({ expr }) =>
        readQuery(expr.replaceAll('$__rate_interval', '5m')).selectors.map(({ metric }) => metric),
      ),
    );
    const ours = [...metrics.keys()].filter((name) => name.startsWith('whyred_') && !/_(?:sum|count)$/.test(name));
    expect(ours.filter((name) => !asked.has(name))).toEqual([]);
  });

  it.each([
    ['whyred_no_such_metric', ['whyred_no_such_metric']],
    ['whyred_questions_total{by="model"}', ['whyred_questions_total{by}']],
    ['whyred_questions_total{outcome="lost"}', ['whyred_questions_total{outcome="lost"}']],
    ['sum by (tool) (whyred_questions_total)', ['tool']],
  ])('would be found wrong in %s', (expr, wrong) => {
    expect(unknownIn(expr)).toEqual(wrong);
  });
});

describe('docs/operations.md', () => {
  const sections = Array.from(read('docs/operations.md').matchAll(/^### (Whyred\w+)$/gm), ([, name = '']) => name);

  it('has a section for each alert, which the alert links to, and for nothing else', () => {
    expect(sections).toEqual(rules.map(({ alert }) => alert));
    for (const { alert, annotations } of rules)
      expect(annotations.runbook_url).toMatch(new RegExp(`/docs/operations\\.md#${alert.toLowerCase()}$`));
  });
});
