// npm run inspect: the official Inspector's command line lists and calls every tool of ours, over stdio and HTTP, and
// finds nothing to complain of. Fetches the Inspector from npm.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { TOOLS } from '../../tools/index.ts';
import { serveDemo } from './serve.ts';

const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';
const WHYRED = join(import.meta.dirname, '../../bin/whyred.js');
const JOB = 'ci-kubernetes-e2e-gce-network';
const GRID = 'sig-release-master-blocking#gce-network';
const DASHBOARD = 'sig-release-master-blocking';

/** Arguments that each tool takes on the demo world. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  diagnose: [`question=Why is ${JOB} red?`],
  find_jobs: ['words=4.22 aws'],
  get_job_history: [`job=${JOB}`],
  get_run: [`run=${JOB}`],
  decode_grid: [`job=${GRID}`],
  classify_failures: [`job=${GRID}`],
  compare_runs: [`run=${JOB}`],
  summarize_log: [`log=${JOB}`],
  search_logs: [`log=${JOB}`, 'pattern=FAIL'],
  read_log: [`log=${JOB}`, 'tail=5'],
  find_similar_failures: [`run=${JOB}`, 'limit=4'],
  get_dashboard_health: [`dashboard=${DASHBOARD}`],
  get_metrics: [`job=${GRID}`],
  summarize_failures: [`of=["${DASHBOARD}"]`],
};

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function inspect(target: readonly string[], options: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', ['--yes', '--package', INSPECTOR, 'mcp-inspector', '--cli', ...target, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, out, err }));
  });
}

const demo = await serveDemo();
const targets = {
  stdio: [process.execPath, WHYRED, 'mcp', '--no-cache', '--ci-url', demo.ciUrl],
  http: [demo.own.url, '--transport', 'http'],
};
let findings = 0;
for (const [name, target] of Object.entries(targets)) {
  const check = async (what: string, options: readonly string[]): Promise<void> => {
    const { code, out, err } = await inspect(target, options);
    const complaints = err.split('\n').filter((line) => /error|warn|finding|problem/i.test(line));
    const isFine = code === 0 && complaints.length === 0 && !/"isError":\s*true/.test(out);
    if (!isFine) findings += 1;
    console.log(
      `${name.padEnd(6)}${isFine ? 'ok  ' : 'FAIL'} ${what}${isFine ? '' : `: exit ${code} ${complaints.join(' ')}`}`,
    );
  };
  await check('tools/list --strict', ['--method', 'tools/list', '--strict']);
  for (const { name: tool } of TOOLS) {
    const given = (ARGUMENTS[tool] ?? []).flatMap((pair) => ['--tool-arg', pair]);
    await check(`tools/call ${tool}`, ['--method', 'tools/call', '--tool-name', tool, ...given]);
  }
  await check('resources/templates/list', ['--method', 'resources/templates/list']);
  await check('resources/read', ['--method', 'resources/read', '--uri', `whyred://job/${JOB}`]);
  await check('prompts/list', ['--method', 'prompts/list']);
}
await demo.stop();
console.log(findings === 0 ? 'nothing found' : `${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;
