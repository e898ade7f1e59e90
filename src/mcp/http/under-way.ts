// Calls under way, so that a cancellation that comes as a request of its own finds the one it means. Only for as long
// as they run, and only in this process: elsewhere a client's going away ends its call all the same.
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

type Receiver = Pick<Transport, 'onmessage'>;

export class UnderWay {
  readonly #calls = new Map<string, Receiver>();

  /** Notes the requests in a body; call the result once they are over. */
  enter(session: string, body: unknown, transport: Receiver): () => void {
    if (session === '') return () => undefined;
    const keys = messagesIn(body).flatMap(({ id }) => (id === undefined ? [] : [keyOf(session, id)]));
    for (const key of keys) this.#calls.set(key, transport);
    return () => {
      for (const key of keys) if (this.#calls.get(key) === transport) this.#calls.delete(key);
    };
  }

  /** True when the body is a cancellation of a call under way, which has been told. */
  cancel(session: string, body: unknown): boolean {
    const [message, another] = messagesIn(body);
    if (!message || another || message.method !== 'notifications/cancelled') return false;
    const call = this.#calls.get(keyOf(session, message.params?.['requestId']));
    call?.onmessage?.(body as JSONRPCMessage);
    return call !== undefined;
  }
}

interface Message {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
}

const messagesIn = (body: unknown): Message[] =>
  (Array.isArray(body) ? body : [body]).filter(
    (message): message is Message => typeof message === 'object' && message !== null,
  );

/** Ids 1 and "1" are two. */
const keyOf = (session: string, id: unknown): string => `${session}\n${typeof id} ${String(id)}`;
