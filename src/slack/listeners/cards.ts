// A card under a link to a job or a run: what it is about in two lines, from the rules alone.
import type { App } from '@slack/bolt';
import { verify } from '../../answer/verify.ts';
import { parseAddress } from '../../ci/address.ts';
import { clip, safeText } from '../../ci/text.ts';
import { investigate } from '../../diagnose/investigate.ts';
import { link, richText, section, text } from '../rich-text.ts';
import { workOf, type Bot } from './bot.ts';

const CARDS = 3;
const SUMMARY_CHARS = 120;

export function registerCards(app: App, bot: Bot): void {
  app.event('link_shared', async ({ event, context }) => {
    // A link that is still being written belongs to nobody's channel yet.
    if (event.source === 'composer') return;
    const systems = bot.sources.systems.map(({ system }) => system);
    const urls = event.links
      .map(({ url }) => url)
      .filter((url) => ['run', 'job', 'tab'].includes(parseAddress(url, systems)?.kind ?? ''))
      .slice(0, CARDS);
    const { signal, isOver } = workOf(context);
    if (isOver) return;
    const cards = await Promise.all(urls.map(async (url) => ({ url, card: await cardOf(url, signal, bot) })));
    const known = cards.flatMap(({ url, card }) => (card ? [[url, card] as const] : []));
    if (known.length > 0) await bot.web.unfurl(event.channel, event.message_ts, Object.fromEntries(known));
  });
}

/** The card of an address; null when nothing can be said, which is then said by its absence. */
async function cardOf(url: string, signal: AbortSignal, { sources, clock, health }: Bot): Promise<object | null> {
  try {
    const { investigation } = verify(await investigate(url, { sources: sources.fork(signal), clock }));
    const { verdict, subject } = investigation;
    if (!verdict || subject.job === null) return null;
    const head = `${verdict.state.toUpperCase()} · ${verdict.locus} · ${verdict.recurrence}`;
    return {
      blocks: [
        richText(
          section(
            link(subject.url, safeText(subject.job)),
            text(`  ${head}\n${clip(safeText(verdict.summary), SUMMARY_CHARS)}`),
          ),
        ),
      ],
    };
  } catch (error) {
    health.failed(error, clock());
    return null;
  }
}
