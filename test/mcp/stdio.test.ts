import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../support/demo.ts';

const WHYRED = join(import.meta.dirname, '../../bin/whyred.js');
const CALLS = 60;
let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());

describe('the server over standard input and output', () => {
  it('writes nothing but JSON-RPC under load, and ends when its input ends (N-10)', async () => {
    const child = spawn(process.execPath, [WHYRED, 'mcp', '--ci-url', demo.server.url, '--no-cache'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test' },
    });
    const answered = new Set<unknown>();
    const wrong: string[] = [];
    createInterface(child.stdout).on('line', (line) => {
      try {
        const message = JSON.parse(line) as { jsonrpc?: unknown; id?: unknown };
        if (message.jsonrpc !== '2.0') wrong.push(line);
        if (message.id !== undefined) answered.add(message.id);
      } catch {
        wrong.push(line);
      }
    });
    const send = (message: object): boolean => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const call = (id: number, name: string, args: object): boolean =>
      send({ id, method: 'tools/call', params: { name, arguments: args, _meta: { progressToken: id } } });

    const clientInfo = { name: 'test', version: '0' };
    send({ id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } });
    send({ method: 'notifications/initialized' });
    for (let i = 1; i <= CALLS; i += 1) {
      const scenario = demo.world.scenarios[i % demo.world.scenarios.length];
      if (i % 5 === 0) call(i, 'get_job_history', { job: 7, 'a\u0000': '\u001b[2J' });
      else if (i % 7 === 0) send({ id: i, method: 'no/such', params: {} });
      else call(i, 'diagnose', { question: scenario?.question ?? '' });
    }
    child.stdin.write('this is no JSON\n{"jsonrpc":"2.0"}\n');
    await expect.poll(() => answered.size, { timeout: 15_000 }).toBe(CALLS + 1);
    child.stdin.end();
    const [code] = (await once(child, 'exit')) as [number | null];

    expect(wrong).toEqual([]);
    expect(code).toBe(0);
  });
});
