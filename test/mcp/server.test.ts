import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { createMcpServer } from '../../src/mcp/server.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { connectMcp, mcpOptions, resultOf, type McpFixture } from '../support/mcp.ts';
import { serve, type TestServer } from '../support/server.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
let demo: Demo;
let mcp: McpFixture;
beforeAll(async () => {
  demo = await startDemo();
  mcp = await connectMcp(demo.server.url, () => demo.world.now);
});
afterAll(async () => {
  await mcp.close();
  await demo.server.close();
});

describe('the server', () => {
  it('names itself and tells a model how to use it, briefly', () => {
    expect(mcp.client.getServerVersion()).toMatchObject({ name: 'whyred' });
    const instructions = mcp.client.getInstructions() ?? '';
    expect(instructions).toContain('diagnose');
    expect(instructions.length / 4).toBeLessThan(250);
  });

  it('lists the same tools in the same order each time', async () => {
    const [first, second] = [await mcp.client.listTools(), await mcp.client.listTools()];

    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it('tells a client that asks for it what it is doing', async () => {
    const said: string[] = [];

    await mcp.client.callTool({ name: 'diagnose', arguments: { question: `Why is ${JOB} red?` } }, undefined, {
      onprogress: ({ message }) => said.push(message ?? ''),
    });

    expect(said).toEqual(['finding the job', expect.stringMatching(/^reading run \d+$/), 'reading logs and tests']);
  });

  it('answers a tool that does not exist with those that do', async () => {
    const { text, isError } = await mcp.call('delete_everything');

    expect(isError).toBe(true);
    expect(text).toContain('diagnose');
  });

  it('gives an account of each call', async () => {
    mcp.reports.length = 0;

    await mcp.call('get_job_history', { job: JOB });
    await mcp.call('get_job_history', { job: 7 });

    expect(mcp.reports.map(({ tool, outcome }) => [tool, outcome])).toEqual([
      ['get_job_history', 'ok'],
      ['get_job_history', 'error'],
    ]);
  });
});

describe('resources', () => {
  it('are templates with descriptions, and the page of the grid', async () => {
    const { resourceTemplates } = await mcp.client.listResourceTemplates();
    const { resources } = await mcp.client.listResources();

    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'whyred://job/{job}',
      'whyred://run/{bucket}/{+path}',
      'whyred://log/{bucket}/{+path}',
      'whyred://grid/{dashboard}/{tab}',
    ]);
    expect(resources.map(({ uri }) => uri)).toEqual(['ui://whyred/grid']);
  });

  it('that a tool links to can be read', async () => {
    const { links } = await mcp.call('diagnose', { question: `Why is ${JOB} red?` });

    const { contents } = await mcp.client.readResource({ uri: links[0] ?? '' });

    expect(contents.map(({ mimeType }) => mimeType)).toEqual(['text/plain', 'image/png']);
    const [, png] = contents;
    const bytes = Buffer.from(png && 'blob' in png ? png.blob : '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  });

  it('give lines of a log, its summary, a run, and the history of a job', async () => {
    const { links: run } = await mcp.call('get_run', { run: JOB });
    const { links: log } = await mcp.call('summarize_log', { log: JOB });
    const textAt = async (uri = ''): Promise<string> => {
      const { contents } = await mcp.client.readResource({ uri });
      const [first] = contents;
      return first && 'text' in first ? first.text : '';
    };

    expect(await textAt(run[0])).toContain('tests failed');
    expect(await textAt(log[0])).toMatch(/^gs:.+: \d+ lines/);
    expect(await textAt(`${log[0] ?? ''}#L3-L5`)).toContain('lines 3 to 5 of');
    expect(await textAt(`whyred://job/${JOB}`)).toContain('in a row');
  });

  it.each([
    'whyred://nothing/x',
    'whyred://run/other-bucket/logs/a/1',
    'whyred://log/kubernetes-ci-logs/logs/../x/1/build-log.txt',
    'whyred://log/kubernetes-ci-logs/logs/a/1/build-log.txt#L0x',
    'whyred://grid/a/b/c',
    'whyred://job/%E0%A4%A',
    'file:///etc/passwd',
    `whyred://job/${'x'.repeat(5_000)}`,
  ])('refuse %s with what there is', async (uri) => {
    await expect(mcp.client.readResource({ uri })).rejects.toThrow(/Not done: /);
  });
});

describe('prompts', () => {
  it('have descriptions for all arguments, and take them', async () => {
    const { prompts } = await mcp.client.listPrompts();

    expect(prompts.map(({ name }) => name)).toEqual([
      'explain-failure',
      'is-this-flaky',
      'on-call-handover',
      'triage-dashboard',
    ]);
    for (const { description, arguments: args = [] } of prompts) {
      expect(description).not.toBe('');
      for (const argument of args) expect(argument.description).toBeTruthy();
    }
    const { messages } = await mcp.client.getPrompt({ name: 'explain-failure', arguments: { job: JOB } });
    expect(messages[0]?.content).toMatchObject({ type: 'text', text: expect.stringContaining(JOB) as string });
  });

  it('say what they need', async () => {
    await expect(mcp.client.getPrompt({ name: 'is-this-flaky', arguments: { job: JOB } })).rejects.toThrow(/test/);
    await expect(mcp.client.getPrompt({ name: 'none' })).rejects.toThrow(/explain-failure/);
  });

  it('are completed with names of jobs, dashboards and tabs', async () => {
    const ask = async (name: string, value: string, known: Record<string, string> = {}): Promise<string[]> => {
      const ref = { type: 'ref/resource' as const, uri: 'whyred://grid/{dashboard}/{tab}' };
      const answer = await mcp.client.complete({ ref, argument: { name, value }, context: { arguments: known } });
      return answer.completion.values;
    };

    expect(await ask('job', 'ci-kubernetes-e2e-gce-n')).toContain(JOB);
    expect(await ask('dashboard', '4.22 blocking')).toContain('redhat-openshift-ocp-release-4.22-blocking');
    expect(await ask('tab', 'gce', { dashboard: 'sig-release-master-blocking' })).toContain('gce-network');
    expect(await ask('hours', '2')).toEqual([]);
  });
});

describe('sources that do not answer', () => {
  const open: TestServer[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  async function over(answer: Parameters<typeof serve>[0]): Promise<{ server: TestServer; fixture: McpFixture }> {
    const server = await serve(answer);
    open.push(server);
    return { server, fixture: await connectMcp(server.url, () => demo.world.now) };
  }

  it('are an error that tells no upstream text, path or stack', async () => {
    const { fixture } = await over((_, response) => response.writeHead(403).end('<html>secret /srv/path stack'));

    for (const [name, args] of [
      ['diagnose', { question: JOB }],
      ['get_dashboard_health', { dashboard: 'a' }],
      ['find_jobs', { words: 'aws' }],
    ] as const) {
      const { text, isError } = await fixture.call(name, args);
      if (isError) expect(text).toContain('Next: ');
      expect(text).not.toMatch(/secret|srv|stack|html/);
    }
    await fixture.close();
  });

  it('are let go of when the call is cancelled: no connection stays', async () => {
    const connected = new Set<Socket>();
    const begun = Promise.withResolvers<undefined>();
    const { fixture } = await over(({ socket }) => {
      connected.add(socket);
      socket.once('close', () => connected.delete(socket));
      begun.resolve(undefined);
    });
    const stop = new AbortController();

    const call = fixture.client.callTool({ name: 'get_job_history', arguments: { job: JOB } }, undefined, {
      signal: stop.signal,
    });
    await begun.promise;
    stop.abort('enough');

    await expect(call).rejects.toThrow();
    await expect.poll(() => connected.size).toBe(0);
    expect(fixture.reports.at(-1)?.outcome).toBe('cancelled');
    await fixture.close();
  });

  it('go on for another call that wants the same thing', async () => {
    const asked = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    const { fixture } = await over((_, response) => {
      asked.resolve(undefined);
      void released.promise.then(() => response.writeHead(404).end());
    });
    const stop = new AbortController();
    const args = { name: 'get_dashboard_health', arguments: { dashboard: 'some-dashboard' } };

    const first = fixture.client.callTool(args, undefined, { signal: stop.signal });
    const second = fixture.client.callTool(args);
    await asked.promise;
    stop.abort('enough');
    await expect(first).rejects.toThrow();
    released.resolve(undefined);

    expect(resultOf(await second).text).toContain('dashboard');
    await fixture.close();
  });
});

describe('a connection that ends', () => {
  it('ends what it has begun', async () => {
    const connected = new Set<Socket>();
    const begun = Promise.withResolvers<undefined>();
    const slow = await serve(({ socket }) => {
      connected.add(socket);
      socket.once('close', () => connected.delete(socket));
      begun.resolve(undefined);
    });
    const options = mcpOptions(slow.url, () => 0);
    const server = createMcpServer(options);
    const client = new Client({ name: 'test', version: '0' });
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await server.connect(theirs);
    await client.connect(ours);

    const call = client.callTool({ name: 'find_jobs', arguments: { words: 'aws' } });
    await begun.promise;
    await client.close();

    await expect(call).rejects.toThrow();
    await expect.poll(() => connected.size).toBe(0);
    await options.sources.close();
    await slow.close();
  });
});
