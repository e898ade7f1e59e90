// The part of the command that is about summaries: subscribe, list, unsubscribe, and one right now.
import { sendDigest } from '../digests/send.ts';
import { parseSubscription, subscriptionWords, type Subscription } from '../digests/subscription.ts';
import { subscribe, subscriptionsOf, unsubscribe } from '../digests/subscriptions.ts';
import type { Bot, Work } from './bot.ts';

interface Place {
  readonly channel: string;
  readonly user: string;
}

type Said = (rest: readonly string[], place: Place, bot: Bot, work: Work) => Promise<string | null>;

const NONE = 'This channel gets no summary: `/whyred subscribe <dashboard, jobs or pattern>` changes that.';
const LIST = '`/whyred unsubscribe <number>` ends one, `/whyred summary <number>` sends one now.';

/** By the first word: what is done, and what is said of it to the person; null where the channel sees it. */
export const SUMMARY_COMMANDS: ReadonlyMap<string, Said> = new Map<string, Said>([
  [
    'subscribe',
    async (rest, place, { store, clock }) => {
      const parsed = parseSubscription(rest);
      if (parsed.kind === 'mistake') return parsed.why;
      const made = await subscribe(store, parsed.asked, { ...place, now: clock() });
      return made
        ? `This channel gets a summary of ${subscriptionWords(made)}. ${LIST}`
        : 'This channel has as many subscriptions as it may have.';
    },
  ],
  [
    'subscriptions',
    async (_, { channel }, { store }) => {
      const all = await subscriptionsOf(store, channel);
      if (all.length === 0) return NONE;
      return [...all.map((one, i) => `${i + 1}. ${subscriptionWords(one)}`), LIST].join('\n');
    },
  ],
  [
    'unsubscribe',
    async ([place = ''], { channel }, { store }) => {
      const ended = await unsubscribe(store, channel, Number(place));
      return ended
        ? `This channel gets no summary of ${ended.what.join(', ')} any more.`
        : `There is no subscription ${place}: /whyred subscriptions lists them.`;
    },
  ],
  [
    'summary',
    async (rest, place, bot, { id, signal }) => {
      const subscription = await oneOf(rest, place, bot);
      if (!subscription) return 'Write `/whyred summary <number of a subscription, dashboard, jobs or pattern>`.';
      const work = { type: 'whyred_digest' as const, key: `digest:now:${id}`, subscription, isDaily: false };
      await sendDigest(work, bot, signal);
      return null;
    },
  ],
]);

/** The subscription of that number, or one that is made for this once. */
async function oneOf(
  rest: readonly string[],
  { channel, user }: Place,
  { store, clock }: Bot,
): Promise<Subscription | null> {
  const [first = ''] = rest;
  if (/^\d{1,2}$/.test(first)) return (await subscriptionsOf(store, channel))[Number(first) - 1] ?? null;
  const parsed = parseSubscription(rest);
  return parsed.kind === 'mistake' ? null : { ...parsed.asked, id: 'once', channel, user, since: clock() };
}
