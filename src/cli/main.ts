// The command line: reads the arguments, runs one command, turns errors into words and an exit code.
import { parseArgs } from 'node:util';
import { safeText } from '../ci/text.ts';
import { ConfigError } from '../sources/config.ts';
import { SourceError, SourcesUnreachable } from '../sources/errors.ts';
import { StoreUnreachable } from '../store/errors.ts';
import type { Call, Command } from './command.ts';
import { ask } from './commands/ask.ts';
import { chat } from './commands/chat.ts';
import { dashboard } from './commands/dashboard.ts';
import { digest } from './commands/digest.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { feedback } from './commands/feedback.ts';
import { grid } from './commands/grid.ts';
import { history } from './commands/history.ts';
import { jobs } from './commands/jobs.ts';
import { known } from './commands/known.ts';
import { lines } from './commands/lines.ts';
import { log } from './commands/log.ts';
import { mcp } from './commands/mcp.ts';
import { run } from './commands/run.ts';
import { search } from './commands/search.ts';
import { slack } from './commands/slack.ts';
import { store } from './commands/store.ts';
import { sync } from './commands/sync.ts';
import { worker } from './commands/worker.ts';
import { EXIT, ServiceConfigError, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { logStream } from './json-log.ts';
import { SHARED_OPTIONS } from './options.ts';
import { withSecretFiles } from './secret-files.ts';
import { startTracing } from './tracing.ts';

export { logStream };

const COMMANDS: readonly Command[] = [
  ask,
  chat,
  run,
  jobs,
  history,
  grid,
  dashboard,
  digest,
  sync,
  exportCommand,
  log,
  search,
  lines,
  known,
  mcp,
  slack,
  worker,
  store,
  feedback,
  doctor,
  demo,
];

const OPTIONS = {
  ...SHARED_OPTIONS,
  serve: { type: 'boolean' },
  port: { type: 'string' },
  ops: { type: 'string' },
  seed: { type: 'string' },
  file: { type: 'string' },
  png: { type: 'string' },
  svg: { type: 'string' },
  rows: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  since: { type: 'string' },
  budget: { type: 'string' },
  baseline: { type: 'string', multiple: true },
  context: { type: 'string' },
  max: { type: 'string' },
  'ignore-case': { type: 'boolean', short: 'i' },
  cursor: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  tail: { type: 'string' },
  around: { type: 'string' },
  http: { type: 'boolean' },
  'no-model': { type: 'boolean' },
  store: { type: 'string' },
  replace: { type: 'boolean' },
  keep: { type: 'string' },
  host: { type: 'string' },
  tokens: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  rate: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'allow-origin': { type: 'string', multiple: true },
} as const;

function help(): string {
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length)) + 2;
  return [
    'whyred: why is this CI job red? Answers with proof, for Kubernetes and OpenShift CI.',
    '',
    'Usage',
    ...COMMANDS.map(({ usage, summary }) => `  whyred ${usage.padEnd(width)}${summary}`),
    '',
    'Options',
    '  --json             the answer as JSON',
    '  --ci-url <url>     ask a mirror at <url>/testgrid, /gcs and /deck (WHYRED_CI_URL)',
    '  --config <file>    more CI systems, known issues (WHYRED_CONFIG)',
    '  --cache-dir <dir>  where finished runs are kept (WHYRED_CACHE_DIR)',
    '  --no-cache         fetch everything anew, keep nothing',
    '  --no-model         for ask and chat: the rules answer, though WHYRED_MODEL names a model',
    '  --since <24h|7d|date>, --until <time>, --limit <runs>, for digest',
    '  --format <text|markdown|html|json>',
    '  --since, --limit <runs of a job>, --keep <180d>         for sync',
    '  --png, --svg <file>, --rows <n>, --file <table.json>   for grid',
    '  --format <csv|jsonl|parquet>, --out <file>, --since <24h|7d|date>, --file   for export',
    '  --budget <tokens>, --baseline <passing log>...         for log',
    '  --context, --max <n>, --ignore-case, --cursor <c>       for search',
    '  --from, --to, --tail, --around, --context <n>          for lines',
    '  --http, --host, --port, --tokens <file>, --rate <n>,   for mcp',
    '  --allow-host <name>..., --allow-origin <origin>...',
    '  --port <n>                                             for slack, worker',
    '  --store <file> (WHYRED_STORE; or DATABASE_URL)         what is kept: for slack, worker, feedback, sync, history, ask, run, digest, mcp',
    '  --from <file>, --to <url> (DATABASE_URL), --replace    for store copy',
    '  --ops <[host:]port> (WHYRED_OPS)                       for mcp --http, slack, worker',
    '  --serve, --port <n>, --seed <n>                        for demo',
    '',
    `Exit codes: ${EXIT.answered} answered, ${EXIT.usage} usage, ${EXIT.notFound} not found or ambiguous, ${EXIT.unreachable} sources unreachable, ${EXIT.config} a service is not set up`,
    '',
  ].join('\n');
}

/** Runs the command line `args`; resolves with the exit code and never throws. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    const [name = 'help', ...rest] = args;
    const { values, positionals: words } = parseArgs({ args: rest, options: OPTIONS, allowPositionals: true });
    const command = COMMANDS.find((known) => known.name === name);
    if (['help', '--help', '-h'].includes(name) || values.help === true) {
      io.stdout.write(help());
      return EXIT.answered;
    }
    if (!command) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
    const call: Call = { words, values };
    const prepared = { ...io, env: withSecretFiles(io.env), stderr: logStream(io, 'info') };
    const tracing = await startTracing(io);
    return await command.run(call, prepared).finally(() => tracing?.stop());
  } catch (error) {
    return explain(error, { stderr: logStream(io, 'error') });
  }
}

/** What is said of an error that nothing caught: where it was, and never its message, which may hold anything. */
export function lastWords(error: unknown): string {
  const { name, stack = '' } = error instanceof Error ? error : new Error();
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  return `whyred: a mistake of ours that nothing caught: ${[safeText(name), ...frames].join('\n')}\n`;
}

function explain(error: unknown, { stderr }: Pick<Io, 'stderr'>): number {
  if (error instanceof ConfigError || error instanceof ServiceConfigError) {
    stderr.write(`whyred: ${error.message}\n${error.mistakes.map((mistake) => `  - ${mistake}\n`).join('')}`);
    return error instanceof ConfigError ? EXIT.usage : EXIT.config;
  }
  if (error instanceof UsageError || isParseArgsError(error)) {
    const text = error instanceof UsageError ? error.message : (error.message.split('. ')[0] ?? '');
    stderr.write(`whyred: ${safeText(text)}; whyred help lists what there is\n`);
    return EXIT.usage;
  }
  if (error instanceof StoreUnreachable) {
    stderr.write(`whyred: ${error.message}\n`);
    return EXIT.unreachable;
  }
  if (error instanceof SourcesUnreachable) {
    stderr.write('whyred: nothing that could answer was reached\n');
    for (const { service, message } of error.errors) stderr.write(`  - ${service}: ${safeText(message)}\n`);
    stderr.write('whyred doctor says which sources can be reached; try again when they are back.\n');
    return EXIT.unreachable;
  }
  if (error instanceof SourceError) {
    stderr.write(
      `whyred: ${error.service}: ${safeText(error.message)}\n  whyred doctor says which sources can be reached.\n`,
    );
    return error.problem === 'cancelled' ? EXIT.failed : EXIT.unreachable;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`whyred: a mistake of ours: ${safeText(told)}\n`);
  return EXIT.failed;
}

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
