// A scripted model without a wire: the same characters behind the port itself, for volumes.
import { ModelError, type Model, type ModelRequest, type Turn } from '../../src/assistant/model.ts';
import type { Asked, Reply, Script } from './server.ts';

/** @param sent is shown each request as it would have gone out */
export const inProcess = (script: Script, sent: (body: string) => void): Model => ({
  name: 'scripted',
  turn: (request) => {
    const asked = askedOf(request);
    sent(asked.body);
    return Promise.resolve(turnOf(script(asked), asked.body));
  },
});

function askedOf({ messages, tools }: ModelRequest): Asked {
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    tools: tools.map(({ name }) => ({ function: { name } })),
    turn: messages.filter(({ role }) => role === 'tool').length,
    body: JSON.stringify({ messages, tools }),
  };
}

function turnOf(reply: Reply, body: string): Turn {
  const usage = { input: Math.ceil(body.length / 4), output: 0, estimated: true };
  switch (reply.kind) {
    case 'slow':
      return turnOf(reply.then, body);
    case 'say':
      return { text: reply.text, calls: [], finish: reply.finish === 'content_filter' ? 'refused' : 'stop', usage };
    case 'call': {
      const calls = reply.calls.map(({ name, args, id }, i) => ({ id: id ?? `call_${i}`, name, args }));
      return { text: '', calls, finish: 'stop', usage };
    }
    default:
      throw new ModelError('unavailable', 'scripted');
  }
}
