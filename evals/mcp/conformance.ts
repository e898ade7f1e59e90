// npm run conformance: the protocol's own suite on our HTTP door: on our server what needs no fixed names, and on a
// fixture with the names it wants, which shows that the door passes all of it on. Fetches the suite from npm.
import { spawn } from 'node:child_process';
import { createFixture } from './fixture.ts';
import { overHttp, serveDemo } from './serve.ts';

const SUITE = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
const REVISION = '2025-11-25';

/** Scenarios that our own server meets without any tool, resource or prompt of a fixed name. */
const STRUCTURAL = [
  'server-initialize',
  'server-session-lifecycle',
  'server-sse-multiple-streams',
  'ping',
  'tools-list',
  'tools-call-error',
  'resources-list',
  'prompts-list',
  'completion-complete',
  'dns-rebinding-protection',
];

/** What is not met, and why. */
const NOT_OURS: Readonly<Record<string, string>> = {
  'tools-call-sampling':
    'asks the client in the middle of a call: a stateless server cannot, and sampling is deprecated',
  'tools-call-elicitation':
    'asks the client in the middle of a call: a stateless server cannot; candidates are given instead',
  'elicitation-sep1034-defaults': 'elicitation, as above',
  'elicitation-sep1330-enums': 'elicitation, as above',
  'resources-subscribe': 'nothing here changes while it is looked at: no subscriptions',
  'resources-unsubscribe': 'as above',
  'server-sse-polling': 'no resumable streams: a call is short and can be asked again (pending in the suite)',
  'json-schema-2020-12': 'wants a tool of a fixed name with $defs (pending in the suite)',
};

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', ['--yes', '--package', SUITE, 'conformance', 'server', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.on('error', reject);
    child.on('exit', () => resolve(out));
  });
}

/** Scenario → passed, from the lines of the suite's summary. */
const outcomes = (out: string): Map<string, boolean> =>
  new Map(Array.from(out.matchAll(/^([✓✗]) ([\w-]+): \d+ passed/gm), ([, mark, name = '']) => [name, mark === '✓']));

const demo = await serveDemo();
const fixture = await overHttp(createFixture, demo.sources);
let failed = 0;
console.log(`our server, ${REVISION}:`);
for (const scenario of STRUCTURAL) {
  const out = await run(['--url', demo.own.url, '--scenario', scenario]);
  const isSkipped = /SKIPPED/.test(out);
  const passed = /Passed: (\d+)\/\1, 0 failed/.test(out);
  if (!passed && !isSkipped) failed += 1;
  console.log(`  ${isSkipped ? 'skipped by the suite' : passed ? 'pass' : 'FAIL'} ${scenario}`);
}
console.log(`our HTTP door before a fixture, all of ${REVISION}:`);
for (const [name, passed] of outcomes(await run(['--url', fixture.url, '--requirements', REVISION]))) {
  const reason = NOT_OURS[name];
  if (!passed && reason === undefined) failed += 1;
  console.log(
    `  ${passed ? 'pass' : reason === undefined ? 'FAIL' : 'not met'} ${name}${passed ? '' : `: ${reason ?? ''}`}`,
  );
}
await fixture.close(100);
await demo.stop();
console.log(failed === 0 ? 'no scenario failed that should be met' : `${failed} scenarios failed`);
process.exitCode = failed === 0 ? 0 : 1;
