// A model behind Chat Completions, the API that every server speaks; streamed, so that a stop is one.
import type OpenAI from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions';
import { ModelError, type Message, type Model, type ModelCall, type ModelTool, type Turn } from './model.ts';
import { createClient, estimate, within, type OpenAiOptions } from './openai.ts';

/** @param client for tests; made of the options by default */
export function chatCompletions(options: OpenAiOptions, client: OpenAI = createClient(options)): Model {
  return {
    name: options.model,
    turn: ({ messages, tools, maxOutputTokens, signal }) =>
      within(signal, async (stopped) => {
        const stream = await client.chat.completions.create(
          {
            model: options.model,
            messages: messages.map(wireMessage),
            ...(tools.length > 0 ? { tools: tools.map(wireTool) } : {}),
            max_completion_tokens: maxOutputTokens,
            stream: true,
            stream_options: { include_usage: true },
          },
          { signal: stopped },
        );
        return collect(stream, JSON.stringify(messages));
      }),
  };
}

async function collect(stream: AsyncIterable<ChatCompletionChunk>, sent: string): Promise<Turn> {
  let text = '';
  let finish: string | null = null;
  let usage: ChatCompletionChunk['usage'] = null;
  const calls = new Map<number, { id: string; name: string; args: string }>();
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage;
    const [choice] = chunk.choices;
    finish = choice?.finish_reason ?? finish;
    text += choice?.delta.content ?? '';
    if (choice?.delta.refusal) finish = 'content_filter';
    for (const { index, id, function: part } of choice?.delta.tool_calls ?? []) {
      const call = calls.get(index) ?? { id: '', name: '', args: '' };
      calls.set(index, {
        id: call.id || (id ?? ''),
        name: call.name || (part?.name ?? ''),
        args: call.args + (part?.arguments ?? ''),
      });
    }
  }
  if (finish === null) throw new ModelError('bad response', 'the stream was cut off');
  const made = Array.from(calls, ([index, call]): ModelCall => ({ ...call, id: call.id || `call-${index}` }));
  return {
    text,
    calls: made,
    finish: finish === 'length' ? 'length' : finish === 'content_filter' ? 'refused' : 'stop',
    usage: usage
      ? { input: usage.prompt_tokens, output: usage.completion_tokens, estimated: false }
      : { input: estimate(sent), output: estimate(text + JSON.stringify(made)), estimated: true },
  };
}

function wireMessage(message: Message): ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
    case 'user':
      return message;
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.content };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.content,
        ...(message.calls.length > 0 ? { tool_calls: message.calls.map(wireCall) } : {}),
      };
  }
}

const wireCall = ({
  id,
  name,
  args,
}: ModelCall): { id: string; type: 'function'; function: { name: string; arguments: string } } => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});

/** Not strict: optional arguments stay optional. */
const wireTool = ({ name, description, parameters }: ModelTool): ChatCompletionTool => ({
  type: 'function',
  function: { name, description, parameters: parameters as Record<string, unknown>, strict: false },
});
