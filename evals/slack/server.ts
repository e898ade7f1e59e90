// Slack's side of HTTP: the Web API, addresses for uploads and answers, files, and the page that shows the conversation.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './api.ts';
import type { CallFault, CallSeen, Faults } from './faults.ts';
import type { Pace } from './pace.ts';
import { readable, type Call, type Recorder } from './record.ts';
import { renderConversation } from './render/page.ts';
import { respond } from './respond.ts';
import type { Fields } from './schema.ts';
import { fieldsOf, tokenOf, uploadOf } from './wire.ts';
import type { World } from './world.ts';

export interface Served {
  readonly world: World;
  readonly faults: Faults<CallSeen, CallFault>;
  readonly recorder: Recorder;
  readonly pace: Pace;
  readonly connections: () => number;
}

/** The server, which does not listen yet. */
export function slackServer(served: Served): Server {
  return createServer((request, response) => {
    handle(served, request, response).catch((error: unknown) => {
      // A mistake of the stand-in, not of the app: said aloud to whoever called.
      if (!response.headersSent) response.writeHead(500);
      response.end(error instanceof Error ? error.stack : String(error));
    });
  });
}

async function handle(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://stand-in');
  const [, place = '', name = ''] = pathname.split('/');
  if (request.method === 'GET') {
    show(served.world, place, name, response);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  switch (place) {
    case 'upload': {
      const bytes = uploadOf(type, body);
      const seen = { method: 'upload', args: { id: name, bytes: bytes.length } };
      await answer(served, response, seen, () => {
        const upload = served.world.uploads.get(name);
        if (upload) upload.bytes = bytes;
        return { ok: upload !== undefined };
      });
      return;
    }
    case 'respond':
    case 'api': {
      const fields = fieldsOf(type, body);
      if (!fields) {
        send(response, 200, { ok: false, error: type.includes('json') ? 'invalid_json' : 'invalid_form_data' });
        return;
      }
      const method = place === 'api' ? name : 'response_url';
      await answer(served, response, { method, args: readable(fields) }, () =>
        place === 'respond'
          ? respond(served.world, name, fields)
          : call(served.world, tokenOf(request.headers.authorization, fields), name, fields, served.connections()),
      );
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

/** Does what was asked, with the fault that waits for it. */
async function answer(served: Served, response: ServerResponse, seen: CallSeen, effect: () => Fields): Promise<void> {
  const retryAfter = served.pace.retryAfter(seen);
  const fault: CallFault | null = retryAfter === null ? served.faults.next(seen) : { kind: 'rate-limit', retryAfter };
  const record: Call = { ...seen, at: served.world.clock(), fault, reply: null };
  served.recorder.calls.push(record);
  switch (fault?.kind) {
    case 'delay':
      await sleep(fault.ms);
      break;
    case 'rate-limit':
      record.reply = { ok: false, error: 'ratelimited' };
      send(response, 429, record.reply, { 'retry-after': `${fault.retryAfter}` });
      return;
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.body ?? 'upstream error');
      return;
    case 'error':
      record.reply = { ok: false, error: fault.error };
      send(response, 200, record.reply);
      return;
    case 'reset':
    case 'hang':
      if (fault.when === 'after') effect();
      if (fault.kind === 'reset') response.socket?.resetAndDestroy();
      return;
  }
  record.reply = effect();
  const granted = served.world.scopes;
  const status = seen.method === 'response_url' && record.reply['ok'] === false ? 404 : 200;
  send(response, status, record.reply, granted ? { 'x-oauth-scopes': Array.from(granted).join(',') } : {});
}

function send(response: ServerResponse, status: number, body: Fields, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

function show(world: World, place: string, name: string, response: ServerResponse): void {
  const file = place === 'files' ? world.uploads.get(name)?.bytes : undefined;
  if (file) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
  else if (place === '')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(renderConversation(world));
  else response.writeHead(404).end();
}
