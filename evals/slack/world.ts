// The world of a made-up workspace: who is there, what was said, what is open. State alone; methods and people change it.
import type { Fields } from './schema.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly teamId: string;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly deleted: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  /** Shared with another workspace (Slack Connect). */
  readonly shared: boolean;
  archived: boolean;
}

/** What a stream has got, in the order it came. */
export type StreamPart =
  | { readonly kind: 'markdown'; text: string }
  | { readonly kind: 'task'; task: Fields }
  | { readonly kind: 'plan'; title: string }
  | { readonly kind: 'blocks'; readonly blocks: readonly Fields[] };

export interface Stream {
  readonly startedAt: number;
  readonly mode: 'timeline' | 'plan';
  readonly parts: StreamPart[];
  state: 'streaming' | 'stopped' | 'expired';
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly botId: string | null;
  readonly threadTs: string | null;
  readonly subtype: string | null;
  /** Seen by one user alone. */
  readonly ephemeralFor: string | null;
  /** What `chat.postMessage` was told of links and media: null when it was told nothing. */
  readonly unfurlLinks: boolean | null;
  readonly unfurlMedia: boolean | null;
  readonly files: readonly string[];
  readonly reactions: Map<string, Set<string>>;
  /** Cards under the message, by the link they are of. */
  readonly unfurls: Map<string, Fields>;
  readonly stream: Stream | null;
  text: string;
  blocks: readonly Fields[];
  attachments: readonly Fields[];
  metadata: Fields | null;
  edited: string | null;
}

export interface View {
  readonly id: string;
  readonly user: string;
  readonly rootId: string;
  payload: Fields;
  hash: string;
  state: 'open' | 'closed';
  /** What the app answered to a submission, by block. */
  errors: Fields;
}

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly alt: string | null;
  title: string;
  bytes: Buffer | null;
  completed: boolean;
}

export interface Session {
  status: string;
  title: string | null;
  readonly history: string[];
}

/** A `trigger_id` or a `response_url`: what it is for, and until when. */
export interface Ticket {
  readonly user: string;
  readonly channel: string | null;
  readonly message: string | null;
  readonly madeAt: number;
  uses: number;
}

export interface World {
  /** Milliseconds; everything here that has a time has it from this. */
  readonly clock: () => number;
  readonly team: { readonly id: string; readonly domain: string; readonly name: string };
  readonly app: { readonly id: string; readonly name: string };
  readonly bot: { readonly userId: string; readonly botId: string };
  readonly tokens: { readonly bot: string; readonly app: string };
  /** Scopes of the bot's token; null lets it do everything. */
  readonly scopes: ReadonlySet<string> | null;
  /** Hosts whose links are the app's to unfurl. */
  readonly unfurlDomains: readonly string[];
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  /** In the order they were posted, by `channel:ts`. */
  readonly messages: Map<string, Message>;
  /** Answers of threads, oldest first, by `channel:ts` of their roots. */
  readonly answers: Map<string, Set<Message>>;
  /** Published App Home views, by user. */
  readonly homes: Map<string, View>;
  readonly modals: View[];
  readonly uploads: Map<string, Upload>;
  /** Agent sessions and the statuses of threads, by `channel:thread`. */
  readonly sessions: Map<string, Session>;
  readonly statuses: Map<string, { readonly text: string; readonly loading: readonly string[]; readonly at: number }>;
  /** Suggested prompts, by `channel:thread` or `channel:`. */
  readonly prompts: Map<string, { readonly title: string | null; readonly prompts: readonly Fields[] }>;
  readonly titles: Map<string, string>;
  readonly triggers: Map<string, Ticket>;
  readonly responseUrls: Map<string, Ticket>;
  /** Cards for links that stand in a composer, by `unfurl_id`. */
  readonly previews: Map<string, Fields>;
  /** The bot's token works no more. */
  revoked: boolean;
  /** Where the server is; empty while there is none. */
  origin: string;
  /** Told of messages, so that events can be made of them. */
  onMessage: (change: MessageChange) => void;
  /** The last number given out, and the last timestamp in microseconds. */
  count: number;
  lastTs: number;
}

export type MessageChange =
  | { readonly kind: 'posted' | 'deleted'; readonly message: Message }
  | { readonly kind: 'changed'; readonly message: Message; readonly before: Fields };

/** What a world may be made with. */
export interface Setup {
  readonly clock: () => number;
  readonly scopes?: readonly string[];
  readonly unfurlDomains?: readonly string[];
}

/** The domains that issue F unfurls. */
const DOMAINS = ['prow.ci.openshift.org', 'prow.k8s.io', 'testgrid.k8s.io'];

/** A workspace with a bot in it and nobody else. */
export function newWorld({ clock, scopes, unfurlDomains = DOMAINS }: Setup): World {
  const world: World = {
    clock,
    team: { id: 'T000000001', domain: 'kube-ci', name: 'Kube CI' },
    app: { id: 'A000000001', name: 'whyred' },
    bot: { userId: 'U000000001', botId: 'B000000001' },
    tokens: { bot: 'xoxb-stand-in', app: 'xapp-stand-in' },
    scopes: scopes ? new Set(scopes) : null,
    unfurlDomains,
    users: new Map(),
    channels: new Map(),
    messages: new Map(),
    answers: new Map(),
    homes: new Map(),
    modals: [],
    uploads: new Map(),
    sessions: new Map(),
    statuses: new Map(),
    prompts: new Map(),
    titles: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    previews: new Map(),
    revoked: false,
    origin: '',
    onMessage: () => undefined,
    count: 1,
    lastTs: 0,
  };
  addUser(world, { id: world.bot.userId, name: 'whyred', realName: 'whyred', isBot: true });
  return world;
}

/** An id that nothing else has. */
export function nextId(world: World, letter: string): string {
  world.count += 1;
  return `${letter}${String(world.count).padStart(9, '0')}`;
}

/** A timestamp later than all before it, unique in the workspace. */
export function nextTs(world: World): string {
  world.lastTs = Math.max(Math.floor(world.clock() * 1000), world.lastTs + 1);
  const digits = String(world.lastTs);
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** Adds somebody; says their id. */
export function addUser(world: World, user: Partial<User> & { readonly name: string }): string {
  const id = user.id ?? nextId(world, 'U');
  const defaults = {
    realName: user.name.charAt(0).toUpperCase() + user.name.slice(1),
    teamId: world.team.id,
    isBot: false,
    isGuest: false,
    deleted: false,
  };
  world.users.set(id, { ...defaults, ...user, id });
  return id;
}

/** What a channel is made with: the bot is in it unless `bot` is false. */
export interface NewChannel {
  readonly name: string;
  readonly kind?: 'public' | 'private';
  readonly members?: readonly string[];
  readonly bot?: boolean;
  readonly shared?: boolean;
}

/** Adds a channel; says its id. */
export function addChannel(world: World, channel: NewChannel): string {
  const id = nextId(world, 'C');
  const members = new Set([...(channel.members ?? []), ...(channel.bot === false ? [] : [world.bot.userId])]);
  const { name, kind = 'public', shared = false } = channel;
  world.channels.set(id, { id, name, kind, members, shared, archived: false });
  return id;
}

/** The conversation of somebody with the bot; made when it is not there yet. */
export function directChannel(world: World, user: string): string {
  for (const channel of world.channels.values())
    if (channel.kind === 'im' && channel.members.has(user)) return channel.id;
  const id = nextId(world, 'D');
  const members = new Set([user, world.bot.userId]);
  world.channels.set(id, { id, name: '', kind: 'im', members, shared: false, archived: false });
  return id;
}

/** The message with this timestamp. */
export const findMessage = (world: World, channel: string, ts: string): Message | undefined =>
  world.messages.get(threadKey(channel, ts));

export const threadKey = (channel: string, thread: string | null | undefined): string => `${channel}:${thread ?? ''}`;
