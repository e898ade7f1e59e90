// npm run bench:mcp: fifty clients at once on the HTTP server for a minute: errors, times, and the server's memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';

const CLIENTS = 50;
const SECONDS = 60;
const SAMPLES = 6;
const WHYRED = join(import.meta.dirname, '../../bin/whyred.js');

const world = createWorld({ seed: 1, now: Date.now() });
const ci = await serveWorld(world);
const child = spawn(process.execPath, [WHYRED, 'mcp', '--http', '--port', '0', '--no-cache', '--ci-url', ci.url], {
  stdio: ['ignore', 'inherit', 'pipe'],
});
const [said] = (await once(createInterface(child.stderr), 'line')) as [string];
const url = /http:\S+/.exec(said)?.[0] ?? '';

const questions = world.scenarios.map(({ question }) => question);
const times: number[] = [];
let errors = 0;
const end = performance.now() + SECONDS * 1000;

async function work(index: number): Promise<void> {
  const client = new Client({ name: `client-${index}`, version: '0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  for (let i = index; performance.now() < end; i += 1) {
    const began = performance.now();
    try {
      const question = questions[i % questions.length] ?? '';
      const result = await client.callTool({ name: 'diagnose', arguments: { question } }, undefined, {
        timeout: 60_000,
      });
      if (result.isError === true) errors += 1;
    } catch {
      errors += 1;
    }
    times.push(performance.now() - began);
  }
  await client.close();
}

const rss = (): number =>
  Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1] ?? 0) / 1024);
const memory: number[] = [rss()];
const sampler = setInterval(() => memory.push(rss()), (SECONDS * 1000) / SAMPLES);
await Promise.all(Array.from({ length: CLIENTS }, (_, i) => work(i)));
clearInterval(sampler);
times.sort((a, b) => a - b);
const at = (q: number): number => Math.round(times[Math.floor(q * (times.length - 1))] ?? 0);
console.log(`${CLIENTS} clients, ${SECONDS} s: ${times.length} calls of diagnose, ${errors} errors`);
console.log(
  `ms: median ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)} (server, clients and the made-up CI share this machine)`,
);
console.log(`resident memory of the server, MiB, every ${SECONDS / SAMPLES} s: ${memory.join(', ')}`);
child.kill();
await once(child, 'exit');
await ci.close();
