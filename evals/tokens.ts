// npm run tokens: what the tools cost a model, and what one call of diagnose saves it from reading. Over the demo world
// and, where there is recorded data beside the project, the recorded runs; through a real client over stdio.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { shownTool, wireTool } from '../src/mcp/wire.ts';
import { serveWorld } from '../src/sources/demo/serve.ts';
import { createWorld } from '../src/sources/demo/world.ts';
import { TOOLS } from '../tools/index.ts';
import { recordedData, startMirror } from './mirror.ts';

/** Four characters a token, the rule of thumb of the field. */
const tokensOf = (value: unknown): number =>
  Math.round((typeof value === 'string' ? value : JSON.stringify(value)).length / 4);
const WHYRED = join(import.meta.dirname, '../bin/whyred.js');
const RECORDED_RUNS = 120;

interface Cost {
  readonly text: number;
  readonly data: number;
  readonly ms: number;
  /** What the run left (logs, JUnit, metadata; as stored, some of it compressed), in tokens. */
  readonly raw: number;
}

function printTools(): void {
  console.log(`${'tool'.padEnd(24)}${'shown'.padStart(7)}${'with output'.padStart(13)}`);
  let [shown, all] = [0, 0];
  for (const tool of TOOLS) {
    const [seen, whole] = [tokensOf(shownTool(tool)), tokensOf(wireTool(tool))];
    shown += seen;
    all += whole;
    console.log(`${tool.name.padEnd(24)}${String(seen).padStart(7)}${String(whole).padStart(13)}`);
  }
  console.log(`${`${TOOLS.length} tools`.padEnd(24)}${String(shown).padStart(7)}${String(all).padStart(13)}`);
}

/** Asks each question in one call of diagnose. */
async function ask(url: string, questions: readonly string[]): Promise<Cost[]> {
  const client = new Client({ name: 'tokens', version: '0' });
  const args = [WHYRED, 'mcp', '--no-cache', '--ci-url', url];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  const costs: Cost[] = [];
  for (const question of questions) {
    const began = performance.now();
    const result = await client.callTool({ name: 'diagnose', arguments: { question } });
    const ms = performance.now() - began;
    const [first] = result.content as { text?: string }[];
    if (result.isError === true) continue;
    costs.push({
      text: tokensOf(first?.text ?? ''),
      data: tokensOf(result.structuredContent ?? {}),
      ms,
      raw: await leftBy(client, result.structuredContent as { job?: string; build?: string | null }),
    });
  }
  await client.close();
  return costs;
}

async function leftBy(client: Client, { job, build }: { job?: string; build?: string | null }): Promise<number> {
  if (job === undefined || build == null) return 0;
  const run = await client.callTool({ name: 'get_run', arguments: { run: `${job}/${build}`, limit: 200 } });
  const { artifacts = [] } = (run.structuredContent ?? {}) as { artifacts?: { bytes: number }[] };
  return Math.round(artifacts.reduce((sum, { bytes }) => sum + bytes, 0) / 4);
}

function printCosts(name: string, asked: number, costs: readonly Cost[]): void {
  const quantile = (of: (cost: Cost) => number, q: number): number => {
    const sorted = costs.map(of).sort((a, b) => a - b);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0);
  };
  console.log(`\ndiagnose on ${name}: ${costs.length} of ${asked} questions answered in one call`);
  const row = (label: string, of: (cost: Cost) => number): void =>
    console.log(
      `  ${label.padEnd(34)} median ${String(quantile(of, 0.5)).padStart(7)}   p95 ${String(quantile(of, 0.95)).padStart(8)}`,
    );
  row('tokens, text', ({ text }) => text);
  row('tokens, data', ({ data }) => data);
  row('tokens, both', ({ text, data }) => text + data);
  row('tokens of what the run left', ({ raw }) => raw);
  row('ms', ({ ms }) => ms);
}

printTools();
const world = createWorld({ seed: 1, now: Date.now() });
const demo = await serveWorld(world);
const asked = world.scenarios.map(({ question }) => question);
printCosts('the demo world', asked.length, await ask(demo.url, asked));
await demo.close();

const shared = recordedData();
if (shared === null) console.log('\nrecorded runs: skipped, there is no recorded data beside the project');
else {
  const lines = readFileSync(join(shared, 'data/prow/builds.jsonl'), 'utf8').trim().split('\n');
  const runs = lines.map((line) => JSON.parse(line) as { url: string; steps?: Record<string, { passed: boolean }> });
  const red = runs.filter(({ steps = {} }) => Object.values(steps).some(({ passed }) => !passed)).map(({ url }) => url);
  const every = Math.max(1, Math.floor(red.length / RECORDED_RUNS));
  const chosen = red.filter((_, i) => i % every === 0);
  const mirror = await startMirror(shared);
  printCosts('recorded failed runs', chosen.length, await ask(mirror.url, chosen));
  await mirror.stop();
}
