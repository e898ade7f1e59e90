// npm run test:image: runs the steps of the Dockerfile in clean folders, then starts what they made as a container would be:
// any user, a tree that cannot be written, no network. It answers, is alive and ready, and ends when it is told to.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './image/build.ts';
import { runIn } from './image/container.ts';
import { readDockerfile } from './image/dockerfile.ts';

const root = join(import.meta.dirname, '..');
const QUESTION = 'Why is e2e-aws-ovn-fips failing?';
/** Lines of an output. */
const SHOWN = 8;
const OPS = 'http://127.0.0.1:9464';
const MCP = [
  'mcp',
  '--http',
  '--host',
  '0.0.0.0',
  '--allow-host',
  'whyred',
  '--tokens',
  '/tmp/tokens',
  '--ops',
  '9464',
];
/** Starts the server, asks at the operator's door until it is ready, and has it end. */
const SERVE = `echo 'test: a-token-of-no-use-to-anybody' > /tmp/tokens
"$@" & server=$!
node -e '
const ask = (path) => fetch("${OPS}" + path).then(async (answer) => answer.status + " " + (await answer.text()).split("\\n")[0]);
const until = Date.now() + 20_000;
while (Date.now() < until && !(await ask("/readyz").catch(() => "")).startsWith("200")) await new Promise((done) => setTimeout(done, 100));
for (const path of ["/healthz", "/readyz", "/metrics"]) console.log(path + ": " + (await ask(path)));
' --input-type=module
kill -TERM $server; wait $server; echo "SIGTERM: exit $?"`;

const failures: string[] = [];
function expectIn(what: string, { status, output }: { status: number; output: string }, ...wanted: string[]): void {
  const missing = wanted.filter((text) => !output.includes(text));
  if (status !== 0 || missing.length > 0) failures.push(`${what}: exit ${status}, without ${missing.join(', ')}`);
  console.log(`\n${what}\n${output.split('\n').slice(0, SHOWN).join('\n').trimEnd().replaceAll(/^/gm, '  ')}`);
}

if (process.getuid?.() !== 0 || process.platform !== 'linux') {
  console.log('skipped: what a container engine does takes root on Linux');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'whyred-image-'));
try {
  const image = build(readDockerfile(join(root, 'Dockerfile')), root, folder, process.execPath);
  const { entrypoint, user, volumes } = image.stage;
  if (['root', '0'].includes(user.split(':')[0] ?? '')) failures.push('the image runs as root');
  // OpenShift gives each namespace users of its own, all of group 0.
  const uid = 1_000_000_000 + randomInt(1_000_000);
  const confined = { uid, gid: 0, writable: [...volumes, '/tmp'] };
  const run = (command: readonly string[]): ReturnType<typeof runIn> => runIn(image, command, confined);

  const place =
    'echo "uid $(id -u) of group $(id -g)"; touch bin/written 2>&1; echo networks: $(sed -n "s/:.*//p" /proc/net/dev)';
  expectIn('who and where', run(['sh', '-c', place]), `uid ${uid} of group 0`, 'Read-only file system', 'networks: lo');
  expectIn('whyred demo', run([...entrypoint, 'demo', QUESTION]), 'RED  periodic-ci');
  const served = run(['sh', '-c', SERVE, 'sh', ...entrypoint, ...MCP]);
  expectIn('whyred mcp --http', served, '/healthz: 200', '/readyz: 200', '/metrics: 200', 'SIGTERM: exit 0');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures.length === 0 ? '\nthe image is fine' : `\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
