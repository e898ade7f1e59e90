// A model server that speaks the real wire (Chat Completions, streamed as SSE) and does what a script says: what stands in
// for a model wherever none may be asked. Every request it gets is kept, so that what went out can be looked at.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** What the script is shown of a request. */
export interface Asked {
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | null;
    readonly tool_call_id?: string;
  }[];
  readonly tools: readonly { readonly function: { readonly name: string } }[];
  /** How many requests of this conversation came before: those whose messages begin alike. */
  readonly turn: number;
  /** The whole body as it came. */
  readonly body: string;
}

/** What it does: says or calls something, or breaks in some way. */
export type Reply =
  | { readonly kind: 'say'; readonly text: string; readonly finish?: 'stop' | 'length' | 'content_filter' }
  | {
      readonly kind: 'call';
      readonly calls: readonly { readonly name: string; readonly args: string; readonly id?: string }[];
    }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut'; readonly text: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'slow'; readonly ms: number; readonly then: Reply };

export type Script = (asked: Asked) => Reply;

export interface ModelServer {
  /** For `OPENAI_BASE_URL`. */
  readonly url: string;
  readonly requests: Asked[];
  /** What it does from now on. */
  play(script: Script): void;
  close(): Promise<void>;
}

/** Deltas are split this small, so that names and arguments come in pieces as they do. */
const PIECE = 7;

export async function serveModel(first: Script): Promise<ModelServer> {
  let script = first;
  const requests: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { messages = [], tools = [] } = JSON.parse(body) as Partial<Asked>;
      const turn = messages.filter(({ role }) => role === 'tool').length;
      const asked: Asked = { messages, tools, turn, body };
      requests.push(asked);
      void reply(script(asked), response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    play: (next) => {
      script = next;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function reply(what: Reply, response: ServerResponse, body: string): Promise<void> {
  switch (what.kind) {
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, what.ms));
      await reply(what.then, response, body);
      return;
    case 'hang':
      return;
    case 'reset':
      response.socket?.destroy();
      return;
    case 'status':
      response.writeHead(what.status, { 'content-type': 'application/json', ...what.headers });
      response.end(JSON.stringify({ error: { message: 'provider text that nobody repeats', type: 'x' } }));
      return;
    case 'cut':
      begin(response);
      for (const piece of pieces(what.text)) send(response, { content: piece });
      response.destroy();
      return;
    case 'say':
      begin(response);
      for (const piece of pieces(what.text)) send(response, { content: piece });
      end(response, what.finish ?? 'stop', body, what.text);
      return;
    case 'call':
      begin(response);
      what.calls.forEach(({ name, args, id }, index) => {
        send(response, {
          tool_calls: [{ index, id: id ?? `call_${index}`, type: 'function', function: { name, arguments: '' } }],
        });
        for (const piece of pieces(args)) send(response, { tool_calls: [{ index, function: { arguments: piece } }] });
      });
      end(response, 'tool_calls', body, JSON.stringify(what.calls));
  }
}

const pieces = (text: string): string[] => text.match(new RegExp(`[^]{1,${PIECE}}`, 'g')) ?? [];

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send(response, { role: 'assistant', content: '' });
}

const BASE = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'scripted' };

const write = (response: ServerResponse, chunk: object): boolean =>
  response.write(`data: ${JSON.stringify({ ...BASE, ...chunk })}\n\n`);

function send(response: ServerResponse, delta: object): void {
  write(response, { choices: [{ index: 0, delta, finish_reason: null }] });
}

function end(response: ServerResponse, finish: string, body: string, said: string): void {
  write(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  const usage = { prompt_tokens: Math.ceil(body.length / 4), completion_tokens: Math.ceil(said.length / 4) };
  write(response, { choices: [], usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens } });
  response.end('data: [DONE]\n\n');
}
