// A Slack to test against: Web API, Events API and Socket Mode of a made-up workspace on one local port.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Deliveries, type Transport } from './delivery.ts';
import type { Told } from './events.ts';
import { Faults, type CallFault, type CallSeen, type EventFault } from './faults.ts';
import { httpTransport } from './http-transport.ts';
import { RETRIES, TIMES } from './limits.ts';
import { Pace } from './pace.ts';
import { People } from './people.ts';
import { Recorder } from './record.ts';
import { renderConversation } from './render/page.ts';
import { slackServer } from './server.ts';
import { SocketMode } from './socket.ts';
import { expireStreams } from './streams.ts';
import { addChannel, addUser, directChannel, newWorld, type World } from './world.ts';

/** What the app of issue F subscribes to. */
const SUBSCRIPTIONS = [
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  'app_home_opened',
  'link_shared',
  'agent_session_stopped',
];

export interface Options {
  /** Milliseconds; the machine's clock, moved on by `advance`, unless it is given. */
  readonly clock?: () => number;
  /** The time in signatures: the machine's, as the app's own clock is. */
  readonly signedAt?: () => number;
  readonly signingSecret?: string;
  /** How long the app has for an ack, and the pauses before an event is sent again, in milliseconds. */
  readonly ackMs?: number;
  readonly retries?: readonly number[];
  readonly subscriptions?: readonly string[];
  /** Scopes of the bot's token; without them it may do everything. */
  readonly scopes?: readonly string[];
  readonly unfurlDomains?: readonly string[];
  /** Milliseconds between messages in one channel, sooner ones get a 429: a second as Slack asks for, none unless given. */
  readonly paceMs?: number;
}

/** People and places of the workspace it starts with. */
export interface Places {
  readonly ana: string;
  readonly ben: string;
  /** A guest, and somebody of another workspace. */
  readonly gus: string;
  readonly zoe: string;
  /** A public and a private channel with the bot, and a public one without it. */
  readonly alerts: string;
  readonly release: string;
  readonly random: string;
  /** Ana's conversation with the bot. */
  readonly anaDm: string;
}

export class Slack {
  readonly world: World;
  readonly places: Places;
  readonly people: People;
  readonly recorder = new Recorder();
  /** What goes wrong with calls of the Web API, and with events. */
  readonly faults = new Faults<CallSeen, CallFault>();
  readonly eventFaults = new Faults<Told, EventFault>();
  readonly deliveries: Deliveries;
  readonly socket: SocketMode;
  readonly signingSecret: string;
  readonly #server;
  readonly #options: Options;
  readonly #closing = new AbortController();
  #ahead = 0;
  #transport: Transport | null = null;

  private constructor(options: Options) {
    this.#options = options;
    this.signingSecret = options.signingSecret ?? 'stand-in-signing-secret';
    const clock = options.clock ?? (() => Date.now() + this.#ahead);
    const { scopes, unfurlDomains } = options;
    this.world = newWorld({ clock, ...(scopes ? { scopes } : {}), ...(unfurlDomains ? { unfurlDomains } : {}) });
    this.places = settle(this.world);
    const { signal } = this.#closing;
    this.deliveries = new Deliveries(() => this.#transport, this.eventFaults, {
      retries: options.retries ?? RETRIES,
      wait: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
      clock,
    });
    this.people = new People(this.world, this.deliveries, new Set(options.subscriptions ?? SUBSCRIPTIONS));
    const { world, faults, recorder } = this;
    const pace = new Pace(clock, options.paceMs ?? 0);
    this.#server = slackServer({ world, faults, recorder, pace, connections: () => this.socket.connections });
    this.socket = new SocketMode(this.#server, { appId: world.app.id, clock, ackMs: options.ackMs ?? TIMES.ack });
  }

  /** Starts it on a free port of this machine. */
  static async start(options: Options = {}): Promise<Slack> {
    const slack = new Slack(options);
    slack.#server.listen(0, '127.0.0.1');
    await once(slack.#server, 'listening');
    slack.world.origin = `http://127.0.0.1:${(slack.#server.address() as AddressInfo).port}`;
    return slack;
  }

  /** For `clientOptions.slackApiUrl`. */
  get apiUrl(): string {
    return `${this.world.origin}/api/`;
  }

  /** The page that shows the conversation. */
  get pageUrl(): string {
    return `${this.world.origin}/`;
  }

  /** Tells the app over HTTP from now on: where it listens, and how requests are to be spoiled. */
  overHttp(url: string, tamper?: (headers: Record<string, string>) => Record<string, string>): void {
    this.#transport = httpTransport({
      url,
      tamper,
      signingSecret: this.signingSecret,
      clock: this.world.clock,
      signedAt: this.#options.signedAt ?? Date.now,
      ackMs: this.#options.ackMs ?? TIMES.ack,
    });
  }

  /** Tells the app over Socket Mode from now on. */
  overSocket(): void {
    this.#transport = this.socket;
  }

  /** Tells the app nothing from now on. */
  silent(): void {
    this.#transport = null;
  }

  /** Moves the workspace's clock on: streams, triggers and statuses get older. */
  advance(ms: number): void {
    this.#ahead += ms;
  }

  /** Ends every stream, as five minutes would. */
  expireStreams(): void {
    expireStreams(this.world);
  }

  /** When the app has been told everything; what it does after its ack goes on. */
  settled(): Promise<void> {
    return this.deliveries.settled();
  }

  /** The conversation as one HTML page. */
  page(): string {
    return renderConversation(this.world);
  }

  async close(): Promise<void> {
    this.silent();
    this.deliveries.close();
    this.#closing.abort();
    await this.socket.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function settle(world: World): Places {
  const ana = addUser(world, { name: 'ana', realName: 'Ana Ortiz' });
  const ben = addUser(world, { name: 'ben', realName: 'Ben Okafor' });
  const gus = addUser(world, { name: 'gus', realName: 'Gus Lindt', isGuest: true });
  const zoe = addUser(world, { name: 'zoe', realName: 'Zoe Marsh', teamId: 'T999999999' });
  const members = [ana, ben, gus];
  const alerts = addChannel(world, { name: 'ci-alerts', members: [...members, zoe], shared: true });
  const release = addChannel(world, { name: 'release-team', kind: 'private', members });
  const random = addChannel(world, { name: 'random', members, bot: false });
  return { ana, ben, gus, zoe, alerts, release, random, anaDm: directChannel(world, ana) };
}
