// A model behind OpenAI's Responses API: stateless, nothing is stored there.
import type OpenAI from 'openai';
import type { Response, ResponseInputItem, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { ModelError, type Message, type Model, type ModelCall, type Turn } from './model.ts';
import { createClient, within, type OpenAiOptions } from './openai.ts';

/** @param client for tests; made of the options by default */
export function responses(options: OpenAiOptions, client: OpenAI = createClient(options)): Model {
  return {
    name: options.model,
    turn: ({ messages, tools, maxOutputTokens, signal }) =>
      within(signal, async (stopped) => {
        const stream = await client.responses.create(
          {
            model: options.model,
            input: messages.flatMap(wireItems),
            tools: tools.map(({ name, description, parameters }) => ({
              type: 'function',
              name,
              description,
              parameters: parameters as Record<string, unknown>,
              strict: false,
            })),
            max_output_tokens: maxOutputTokens,
            store: false,
            stream: true,
          },
          { signal: stopped },
        );
        return turnOf(await lastOf(stream));
      }),
  };
}

async function lastOf(stream: AsyncIterable<ResponseStreamEvent>): Promise<Response> {
  for await (const event of stream) {
    if (event.type === 'response.completed' || event.type === 'response.incomplete') return event.response;
    if (event.type === 'response.failed' || event.type === 'error')
      throw new ModelError('unavailable', 'it gave up its answer');
  }
  throw new ModelError('bad response', 'the stream was cut off');
}

function turnOf({ output, usage, status, incomplete_details }: Response): Turn {
  const calls = output.flatMap((item): ModelCall[] =>
    item.type === 'function_call' ? [{ id: item.call_id, name: item.name, args: item.arguments }] : [],
  );
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const text = parts.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
  const isRefused = parts.some(({ type }) => type === 'refusal') || incomplete_details?.reason === 'content_filter';
  return {
    text,
    calls,
    finish: isRefused ? 'refused' : status === 'incomplete' ? 'length' : 'stop',
    usage: { input: usage?.input_tokens ?? 0, output: usage?.output_tokens ?? 0, estimated: usage === undefined },
  };
}

function wireItems(message: Message): ResponseInputItem[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'developer', content: message.content }];
    case 'user':
      return [{ role: 'user', content: message.content }];
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.callId, output: message.content }];
    case 'assistant':
      return [
        ...(message.content === '' ? [] : [{ role: 'assistant' as const, content: message.content }]),
        ...message.calls.map(({ id, name, args }): ResponseInputItem => ({
          type: 'function_call',
          call_id: id,
          name,
          arguments: args,
        })),
      ];
  }
}
