// Who may talk to the server at all: the Host and the Origin of a request, before anything of it is read.
import type { RequestHandler } from 'express';

export interface GuardOptions {
  /** Host names the server answers to, without a port, in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Origins of web pages that may ask; none by default. */
  readonly origins: ReadonlySet<string>;
}

/** A host name or an address, and a port: nothing that only a URL would have, such as a user. */
const HOST = /^([a-z0-9._-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?$/;

/**
 * Refuses with 403 a Host that is not ours (DNS rebinding) and every Origin that is neither our own nor listed (pages of
 * other sites; the SDK checks none). A client that is no browser sends no Origin.
 */
export function guard({ hosts, origins }: GuardOptions): RequestHandler {
  return (request, response, next) => {
    const { origin, host: place = '' } = request.headers;
    const host = HOST.exec(place.toLowerCase())?.[1];
    const isFine = origin === undefined || origin === `http://${place}` || origins.has(origin);
    if (host !== undefined && hosts.has(host) && isFine) {
      next();
      return;
    }
    response.status(403).json(rpcError(-32000, 'this host or origin is not allowed'));
  };
}

/** An error before any request of the protocol was understood. */
export const rpcError = (code: number, message: string): object => ({
  jsonrpc: '2.0',
  error: { code, message },
  id: null,
});
