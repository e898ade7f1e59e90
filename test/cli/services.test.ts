// Services as operators run them: at their door, in their logs, and when they are told to stop.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answersIn, plainText } from '../../evals/slack/look.ts';
import { main } from '../../src/cli/main.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { describePostgres } from '../support/postgres.ts';
import { startService, startSlackService, type Service } from '../support/services.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const open: (() => Promise<unknown>)[] = [];
let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function startMcp(env: Record<string, string> = {}): Promise<Service> {
  const service = await startService(['mcp', '--http', '--no-cache'], { WHYRED_CI_URL: demo.server.url, ...env });
  open.push(() => service.stop());
  return service;
}

/** Each line of a log as the record it is. @throws SyntaxError for a line that is none */
const recordsIn = (log: string): Record<string, unknown>[] =>
  log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the operator’s door', () => {
  it('says that the process lives, that it takes work, and what it did, and nothing else', async () => {
    const mcp = await startMcp();

    expect(await mcp.ask('/healthz')).toEqual({ status: 200, text: 'alive\n' });
    expect(await mcp.ask('/readyz')).toEqual({ status: 200, text: 'ready\n' });
    expect((await mcp.ask('/metrics')).text).toMatch(/^whyred_ready 1$/m);
    expect((await mcp.ask('/mcp')).status).toBe(404);
    expect((await fetch(`${mcp.ops}/metrics`, { method: 'POST' })).status).toBe(405);
  });

  it.each(['here', '70000', 'localhost:', ':9464'])('is at no address such as %s', async (address) => {
    let log = '';
    const code = await main(['mcp', '--http', '--port', '0', '--no-cache', '--ops', address], {
      stdout: { write: () => undefined },
      stderr: { write: (text) => (log += text) },
      env: {},
      clock: Date.now,
      signal: AbortSignal.abort(),
    });
    expect({ code, log }).toMatchObject({ code: 2, log: expect.stringContaining('--ops is [host:]port') as string });
  });

  it('tells of a bot what was asked and what came of it', async () => {
    const bot = await startSlackService(demo);
    open.push(bot.close);
    const { slack } = bot;
    const { ana, alerts } = slack.places;
    const { ts } = slack.people.mention(ana, alerts, `why is ${JOB} red?`);
    const texts = (): string =>
      answersIn(slack.world, alerts, ts)
        .map((one) => plainText(one))
        .join();
    await expect.poll(texts, { timeout: 15_000 }).toContain('verified');

    const metrics = async (): Promise<string> => (await bot.ask('/metrics')).text;
    await expect.poll(metrics, { timeout: 5_000 }).toMatch(/^whyred_queue_events 0$/m);
    const text = await metrics();
    // Slack tells of a mention twice.
    expect(text).toMatch(/^whyred_events_total\{outcome="kept"\} [12]$/m);
    expect(text).toMatch(/^whyred_questions_total\{outcome="model"\} 1$/m);
    expect(text).toMatch(/^whyred_first_sign_seconds_count 1$/m);
    expect(text).toMatch(/^whyred_verdict_seconds_count 1$/m);
    expect(text).toMatch(/^whyred_model_turns_total\{outcome="ok"\} [1-9]/m);
    expect(text).toMatch(/^whyred_slack_calls_total\{method="chat.postMessage",outcome="ok"\} [1-9]/m);
    expect(text).toMatch(/^whyred_mcp_calls_total\{tool="diagnose",outcome="ok"\} 1$/m);
    expect(text).toMatch(/^whyred_queue_oldest_seconds 0$/m);
  });
});

describe('WHYRED_LOG=json', () => {
  it('has the bot write records alone, and no secret and nothing that people wrote in them', async () => {
    const bot = await startSlackService(demo, { WHYRED_LOG: 'json' });
    const { slack } = bot;
    const { ana, alerts } = slack.places;
    slack.faults.add({ kind: 'error', error: 'invalid_blocks' }, { times: 3 });
    slack.people.mention(ana, alerts, `why is ${JOB} red? canary-7731`);
    await expect.poll(bot.log, { timeout: 10_000 }).toContain('invalid_blocks');
    await bot.close();

    for (const record of recordsIn(bot.log()))
      expect(record).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        level: expect.stringMatching(/^(?:info|error)$/) as string,
        what: expect.stringMatching(/./) as string,
      });
    for (const secret of [...Object.values(slack.world.tokens), 'canary-7731', 'a-key-of-no-use'])
      expect(bot.log()).not.toContain(secret);
  });

  it('has a command that cannot start say why in a record', async () => {
    let log = '';
    const code = await main(['slack'], {
      stdout: { write: () => undefined },
      stderr: { write: (text) => (log += text) },
      env: { WHYRED_LOG: 'json', SLACK_BOT_TOKEN_FILE: '/nowhere/at/all' },
      clock: () => 0,
      signal: new AbortController().signal,
    });

    expect(code).toBe(78);
    expect(recordsIn(log)).toEqual([
      {
        time: '1970-01-01T00:00:00.000Z',
        level: 'error',
        what: 'secrets cannot be read\n  - the file that SLACK_BOT_TOKEN_FILE names cannot be read',
      },
    ]);
  });
});

/** Until a tool is at work. */
const working = (service: Service): Promise<void> =>
  expect
    .poll(async () => (await service.ask('/metrics')).text, { interval: 5, timeout: 5_000 })
    .toMatch(/^whyred_mcp_calls_now\{state="working"\} 1$/m);

describe('a service that is told to stop', () => {
  it('ends the call that is under way, says that it takes no more, and ends well', async () => {
    const mcp = await startMcp();
    const url = /MCP at (\S+)/.exec(mcp.log())?.[1] ?? '';
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const params = { name: 'diagnose', arguments: { question: JOB } };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const calling = fetch(url, { method: 'POST', headers, body });
    await working(mcp);

    const stopped = mcp.stop();

    expect((await mcp.ask('/readyz')).status).toBe(503);
    expect(await (await calling).text()).toContain('claims');
    expect(await stopped).toBe(0);
  });

  it('answers the question that it has begun', async () => {
    const bot = await startSlackService(demo);
    open.push(bot.close);
    const { slack } = bot;
    const { ana, alerts } = slack.places;
    const { ts } = slack.people.mention(ana, alerts, `why is ${JOB} red?`);
    await working(bot);

    expect(await bot.stop()).toBe(0);
    const texts = answersIn(slack.world, alerts, ts).map((one) => plainText(one));
    expect(texts).toEqual([expect.stringContaining('product · regression')]);
  });
});

describePostgres('on PostgreSQL', (postgres) => {
  it('the bot keeps what a worker answers, and both tell the same of the queue', async () => {
    const DATABASE_URL = await postgres().database();
    const bot = await startSlackService(demo, { DATABASE_URL });
    open.push(bot.close);
    const { slack } = bot;
    const { ana, alerts } = slack.places;
    const { ts } = slack.people.mention(ana, alerts, `why is ${JOB} red?`);
    const queued = async (service: Service): Promise<string> => (await service.ask('/metrics')).text;
    await expect.poll(() => queued(bot), { timeout: 10_000 }).toMatch(/^whyred_queue_events [12]$/m);

    const worker = await startService(['worker', '--no-cache'], {
      WHYRED_CI_URL: demo.server.url,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.world.tokens.bot,
      DATABASE_URL,
    });
    open.unshift(() => worker.stop());

    const texts = (): string =>
      answersIn(slack.world, alerts, ts)
        .map((one) => plainText(one))
        .join();
    await expect.poll(texts, { timeout: 15_000 }).toContain('verified');
    await expect.poll(() => queued(bot), { timeout: 10_000 }).toMatch(/^whyred_queue_events 0$/m);
    expect(await queued(worker)).toMatch(/^whyred_questions_total\{outcome="rules"\} 1$/m);
    expect(await queued(bot)).toMatch(/^whyred_questions_total\{outcome="rules"\} 0$/m);
  }, 60_000);
});
