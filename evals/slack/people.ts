// What people in the workspace do: say and change things, click, call commands, open App Home, stop an answer.
import { Args } from './args.ts';
import type { Deliveries, Delivery } from './delivery.ts';
import { actionOf, commandOf, elementIn, eventOf, eventsOf, shortcutOf, subscriptionOf, viewOf } from './events.ts';
import { change, post, remove } from './messages.ts';
import { openModal, replaceView } from './methods/views.ts';
import { checkView } from './payloads.ts';
import { answerIn } from './respond.ts';
import { isFields, type Fields } from './schema.ts';
import { findMessage, nextTs, threadKey, type Message, type MessageChange, type View, type World } from './world.ts';

/** What is said beside the text. */
export interface Saying {
  readonly threadTs?: string;
  /** Said by this other app: `bot_id` is told. */
  readonly botId?: string;
  readonly subtype?: string;
}

/** The message that was said, and when the app has been told of it. */
export interface Said {
  readonly ts: string;
  readonly told: Promise<readonly Delivery[]>;
}

/** What somebody typed as Slack keeps it: addresses become links. */
const linked = (text: string): string =>
  text.replace(/<[^<>]*>|https?:\/\/[^\s<>|]+/g, (found) =>
    found.startsWith('<') ? found : `<${found.replaceAll('&', '&amp;')}>`,
  );

export class People {
  readonly #world: World;
  readonly #deliveries: Deliveries;
  readonly #subscriptions: ReadonlySet<string>;
  #toldOf: Promise<Delivery>[] = [];

  constructor(world: World, deliveries: Deliveries, subscriptions: ReadonlySet<string>) {
    this.#world = world;
    this.#deliveries = deliveries;
    this.#subscriptions = subscriptions;
    world.onMessage = (what) => {
      this.#hear(what);
    };
  }

  /** Says something; a text with `<@bot>` mentions it, and the app hears of it twice, as from Slack. */
  say(user: string, channel: string, text: string, { threadTs, botId, subtype }: Saying = {}): Said {
    const who = { user, botId: botId ?? null, subtype: subtype ?? null };
    let ts = '';
    const told = this.#telling(() => {
      ts = post(this.#world, { channel, text: linked(text), threadTs, ...who }).ts;
    });
    return { ts, told };
  }

  /** Says something with the bot mentioned first. */
  mention(user: string, channel: string, text: string, saying: Saying = {}): Said {
    return this.say(user, channel, `<@${this.#world.bot.userId}> ${text}`, saying);
  }

  /** Changes what was said. */
  edit(channel: string, ts: string, text: string): Said {
    const message = this.#message(channel, ts);
    const told = this.#telling(() => {
      change(this.#world, message, () => {
        message.text = linked(text);
        message.edited = nextTs(this.#world);
      });
    });
    return { ts, told };
  }

  /** Takes back what was said. */
  unsay(channel: string, ts: string): Said {
    const message = this.#message(channel, ts);
    return {
      ts,
      told: this.#telling(() => {
        remove(this.#world, message);
      }),
    };
  }

  /** Opens the app's tab. */
  openHome(user: string, channel: string, tab: 'home' | 'messages' = 'home'): Promise<Delivery> {
    return this.#event({ type: 'app_home_opened', user, channel, tab, event_ts: nextTs(this.#world) });
  }

  /** Presses Stop beside an answer that is being written. */
  stop(user: string, channel: string, threadTs: string): Promise<Delivery> {
    const streaming = Array.from(this.#world.messages.values())
      .filter((one) => one.channel === channel && one.threadTs === threadTs && one.stream?.state === 'streaming')
      .map(({ ts }) => ts);
    return this.#event({
      type: 'agent_session_stopped',
      channel,
      user,
      thread_ts: threadTs,
      streaming_message_ts: streaming,
      event_ts: nextTs(this.#world),
    });
  }

  /** Sends any event, whatever it is; as it is, without asking for a subscription. */
  event(event: Fields): Promise<Delivery> {
    return this.#deliveries.tell(eventOf(this.#world, event));
  }

  /** Calls a slash command; what the ack says is shown as Slack shows it. */
  async command(user: string, channel: string, command: string, text = ''): Promise<Delivery> {
    const delivery = await this.#deliveries.tell(commandOf(this.#world, user, channel, command, text));
    const answer = delivery.attempts.at(-1)?.answer;
    const fields = typeof answer === 'string' ? { text: answer } : (answer ?? {});
    if (delivery.acked && Object.keys(fields).length > 0) answerIn(this.#world, channel, user, new Args(fields));
    return delivery;
  }

  /** Uses a shortcut: the global one, or that of a message. */
  shortcut(
    user: string,
    callbackId: string,
    on?: { readonly channel: string; readonly ts: string },
  ): Promise<Delivery> {
    const message = on && this.#message(on.channel, on.ts);
    return this.#deliveries.tell(shortcutOf(this.#world, user, callbackId, message));
  }

  /** Clicks on the element with this action; `value` is what was chosen where it is not a button's own. */
  press(
    user: string,
    place: { channel: string; ts: string } | View,
    actionId: string,
    value?: Fields,
  ): Promise<Delivery> {
    const where = 'rootId' in place ? place : this.#message(place.channel, place.ts);
    const blocks = 'rootId' in where ? (where.payload['blocks'] as Fields[]) : where.blocks;
    const found = elementIn(blocks, actionId);
    if (!found) throw new Error(`nothing to press: ${actionId}`);
    const { text, value: own } = found.element;
    const chosen = value ?? { ...(text ? { text } : {}), ...(own ? { value: own } : {}) };
    return this.#deliveries.tell(actionOf(this.#world, user, where, { ...found, value: chosen }));
  }

  /** Sends a modal, with what was filled in by block and action; it closes unless the ack says otherwise. */
  async submit(view: View, values: Fields = {}): Promise<Delivery> {
    const delivery = await this.#deliveries.tell(viewOf(this.#world, view, 'view_submission', values));
    if (delivery.acked) this.#follow(view, delivery.attempts.at(-1)?.answer ?? null);
    return delivery;
  }

  /** Closes a modal; the app is told if it asked to be. */
  async dismiss(view: View): Promise<Delivery | null> {
    view.state = 'closed';
    if (view.payload['notify_on_close'] !== true) return null;
    return this.#deliveries.tell(viewOf(this.#world, view, 'view_closed'));
  }

  #follow(view: View, answer: Fields | string | null): void {
    const fields = isFields(answer) ? answer : {};
    const shown = isFields(fields['view']) ? fields['view'] : null;
    switch (fields['response_action']) {
      case 'errors':
        view.errors = isFields(fields['errors']) ? fields['errors'] : {};
        break;
      case 'update':
        if (shown) replaceView(this.#world, view, checkView(shown, 'modal'));
        break;
      case 'push':
        if (shown) openModal(this.#world, view.user, checkView(shown, 'modal'));
        break;
      case 'clear':
        for (const one of this.#world.modals) if (one.rootId === view.rootId) one.state = 'closed';
        break;
      default:
        view.state = 'closed';
    }
  }

  #message(channel: string, ts: string): Message {
    const message = findMessage(this.#world, channel, ts);
    if (!message) throw new Error(`no message ${threadKey(channel, ts)}`);
    return message;
  }

  /** Tells the app of a change, if it subscribed to that. */
  #hear(what: MessageChange): void {
    for (const event of eventsOf(this.#world, what))
      if (this.#subscriptions.has(subscriptionOf(event))) this.#toldOf.push(this.event(event));
  }

  #event(event: Fields): Promise<Delivery> {
    if (!this.#subscriptions.has(subscriptionOf(event)))
      throw new Error(`the app is not subscribed to ${subscriptionOf(event)}`);
    return this.event(event);
  }

  /** All that the app is told of one change. */
  #telling(act: () => void): Promise<readonly Delivery[]> {
    this.#toldOf = [];
    act();
    return Promise.all(this.#toldOf);
  }
}
