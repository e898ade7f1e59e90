import { afterEach, describe, expect, it } from 'vitest';
import { responses } from '../../src/assistant/responses.ts';
import { serve, type TestServer } from '../support/server.ts';

const open: TestServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function turnOver(events: readonly object[]): Promise<unknown> {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`event: x\ndata: ${JSON.stringify(event)}\n\n`);
    response.end();
  });
  open.push(server);
  const model = responses({ model: 'm', apiKey: '', baseUrl: server.url });
  return model.turn({
    messages: [
      { role: 'system', content: 's' },
      { role: 'user', content: 'q' },
      { role: 'assistant', content: '', calls: [{ id: 'c', name: 'find_jobs', args: '{}' }] },
      { role: 'tool', callId: 'c', content: 'r' },
    ],
    tools: [{ name: 'find_jobs', description: '', parameters: { type: 'object' } }],
    maxOutputTokens: 10,
    signal: new AbortController().signal,
  });
}

const base = { id: 'r', status: 'completed', usage: { input_tokens: 5, output_tokens: 6 } };

describe('the Responses API', () => {
  it('gives text and calls', async () => {
    const output = [
      { type: 'message', content: [{ type: 'output_text', text: 'hello' }] },
      { type: 'function_call', call_id: 'c1', name: 'give_answer', arguments: '{"claims":[]}' },
    ];

    expect(await turnOver([{ type: 'response.completed', response: { ...base, output } }])).toEqual({
      text: 'hello',
      calls: [{ id: 'c1', name: 'give_answer', args: '{"claims":[]}' }],
      finish: 'stop',
      usage: { input: 5, output: 6, estimated: false },
    });
  });

  it('tells a refusal and an answer that was cut at its length', async () => {
    const refusal = [{ type: 'message', content: [{ type: 'refusal', refusal: 'no' }] }];

    expect(await turnOver([{ type: 'response.completed', response: { ...base, output: refusal } }])).toMatchObject({
      finish: 'refused',
    });
    expect(
      await turnOver([{ type: 'response.incomplete', response: { ...base, status: 'incomplete', output: [] } }]),
    ).toMatchObject({ finish: 'length' });
  });

  it('is a bad response when the stream ends early, and unavailable when it gives up', async () => {
    await expect(turnOver([])).rejects.toMatchObject({ problem: 'bad response' });
    await expect(turnOver([{ type: 'response.failed', response: { ...base, output: [] } }])).rejects.toMatchObject({
      problem: 'unavailable',
    });
  });
});
