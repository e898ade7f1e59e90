// The Web API without its transport: a token, a method and arguments in, the body of the answer out.
import { Args } from './args.ts';
import { CONNECTIONS } from './limits.ts';
import { AGENT } from './methods/agent.ts';
import { CHAT } from './methods/chat.ts';
import { CONVERSATIONS } from './methods/conversations.ts';
import { FILES } from './methods/files.ts';
import type { Methods } from './methods/scope.ts';
import { VIEWS } from './methods/views.ts';
import { Refusal } from './refusal.ts';
import type { Fields } from './schema.ts';
import type { World } from './world.ts';

const OTHERS: Methods = {
  'api.test': { scopes: [], run: () => ({}) },
  'auth.test': {
    scopes: [],
    run: ({ team, bot, app }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      team_id: team.id,
      user: app.name,
      user_id: bot.userId,
      bot_id: bot.botId,
      app_id: app.id,
      is_enterprise_install: false,
    }),
  },
};

/** Every method that the stand-in knows. */
export const METHODS: Methods = { ...OTHERS, ...CHAT, ...AGENT, ...CONVERSATIONS, ...VIEWS, ...FILES };

/** Methods that work with the app's token, not with the bot's. */
const OPEN = 'apps.connections.open';

/** What a call is told: `ok` with what it asked for, or why not. `connections` are those of Socket Mode now. */
export function call(world: World, token: string | undefined, method: string, fields: Fields, connections = 0): Fields {
  try {
    checkToken(world, token, method);
    if (method === OPEN) return { ok: true, url: connectionUrl(world, connections) };
    const known = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    if (!known) throw new Refusal('unknown_method', { req_method: method });
    checkScopes(world, known.scopes);
    return { ok: true, ...known.run(world, new Args(fields)) };
  } catch (error) {
    if (error instanceof Refusal) return error.body;
    throw error;
  }
}

function checkToken(world: World, token: string | undefined, method: string): void {
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (token !== world.tokens.bot && token !== world.tokens.app) throw new Refusal('invalid_auth');
  if ((method === OPEN) !== (token === world.tokens.app)) throw new Refusal('not_allowed_token_type');
  if (world.revoked) throw new Refusal('token_revoked');
}

function checkScopes({ scopes: granted }: World, needed: readonly string[]): void {
  if (granted === null || needed.length === 0 || needed.some((scope) => granted.has(scope))) return;
  throw new Refusal('missing_scope', { needed: needed[0], provided: Array.from(granted).join(',') });
}

function connectionUrl(world: World, connections: number): string {
  if (connections >= CONNECTIONS) throw new Refusal('too_many_websockets');
  world.count += 1;
  return `${world.origin.replace('http', 'ws')}/link/?ticket=${world.count}&app_id=${world.app.id}`;
}
