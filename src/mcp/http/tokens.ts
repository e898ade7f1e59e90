// Bearer tokens: several, each with the name of who has it; compared without telling how much of one was right.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { OAuthTokenVerifier } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { LATEST_TIME } from '../../ci/run.ts';

export interface Token {
  readonly name: string;
  readonly digest: Buffer;
}

/** A token that is not worth having, or a line that is none. */
export class BadTokens extends Error {
  override readonly name = 'BadTokens';
}

const LINE = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})[:=\s]\s*(\S{24,512})$/;

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * The tokens of a text: `name: token`, one a line or divided by commas; `#` begins a comment. Only digests are kept.
 * @throws BadTokens without repeating any of the text
 */
export function parseTokens(text: string): Token[] {
  const lines = text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const tokens = lines.map((line, i) => {
    const [, name, secret] = LINE.exec(line) ?? [];
    if (name === undefined || secret === undefined)
      throw new BadTokens(`token ${i + 1} is not \`name: token\` with a token of at least 24 characters`);
    return { name, digest: digestOf(secret) };
  });
  if (new Set(tokens.map(({ name }) => name)).size < tokens.length)
    throw new BadTokens('two tokens have the same name');
  return tokens;
}

/** Verifies a token for the SDK's bearer middleware. All tokens are compared, in constant time each. */
export const verifierOf = (tokens: readonly Token[]): OAuthTokenVerifier => ({
  verifyAccessToken: (secret) => {
    const digest = digestOf(secret);
    const known = tokens.filter((token) => timingSafeEqual(token.digest, digest))[0];
    if (!known) return Promise.reject(new InvalidTokenError('unknown token'));
    // The middleware wants an end; a token here ends when it is taken out of the configuration.
    return Promise.resolve({ token: '', clientId: known.name, scopes: [], expiresAt: LATEST_TIME / 1000 });
  },
});
