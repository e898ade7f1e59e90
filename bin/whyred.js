#!/usr/bin/env node
// Runs the source unbuilt in a checkout, and the built files in the published package.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`whyred needs Node 22.18 or newer; this is ${process.version}. In a checkout: npx whyred\n`);
  process.exit(2);
}
const source = new URL('../src/cli/main.ts', import.meta.url);
const { lastWords, logStream, main } = await import(
  existsSync(source) ? source.href : new URL('../dist/src/cli/main.js', import.meta.url).href
);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
const { stdin, stdout, stderr, env } = process;
process.on('uncaughtException', (error) => {
  logStream({ env, stderr, clock: Date.now }, 'error').write(lastWords(error));
  process.exit(1);
});
// A reader that goes away (`| head`) ends the output, it is no error.
stdout.on('error', () => process.exit(0));
const pipes = { input: stdin, output: stdout };
process.exitCode = await main(process.argv.slice(2), {
  pipes,
  stdout,
  stderr,
  env,
  clock: Date.now,
  signal: stop.signal,
});
