// One property run: every view of a hostile answer rings nobody, links to nothing off the list, and is taken by Slack.
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import { wordsOf } from '../../src/slack/said.ts';
import { answerView, fullView } from '../../src/slack/views/answer.ts';
import { progressView } from '../../src/slack/views/progress.ts';
import { plainView, type MessageView } from '../../src/slack/views/view.ts';
import { Args } from './args.ts';
import { LISTED } from './hostile.ts';
import { CHARACTERS } from './limits.ts';
import { hostOf, liveIn } from './live.ts';
import { contentOf } from './methods/content.ts';
import { Refusal } from './refusal.ts';
import { newWorld } from './world.ts';

const world = newWorld({ clock: () => 0 });

export interface Breach {
  readonly view: string;
  readonly kind: 'mention' | 'link' | 'refused';
  readonly what: string;
}

export function breachesIn(answer: AssistantAnswer): Breach[] {
  const views: Readonly<Record<string, MessageView>> = {
    answer: answerView(answer, null),
    more: fullView(answer),
    progress: progressView([answer.question, ...answer.claims.map(({ text }) => text)]),
    question: plainView(`Asked: ${wordsOf(answer.question)}`),
  };
  return Object.entries(views).flatMap(([view, { text, blocks }]) => {
    // As it is on the wire.
    const sent = JSON.parse(JSON.stringify({ text, blocks })) as { text: string; blocks: object[] };
    const { mentions, links } = liveIn({ ...sent });
    const off = links.filter((link) => !LISTED.has(hostOf(link)));
    const refused = refusalOf(sent);
    return [
      ...mentions.map((what) => ({ view, kind: 'mention' as const, what })),
      ...off.map((what) => ({ view, kind: 'link' as const, what })),
      ...(refused === null ? [] : [{ view, kind: 'refused' as const, what: refused }]),
    ];
  });
}

/** Why Slack would not take the message, posted or as an update; null when it would. */
function refusalOf(message: { text: string; blocks: object[] }): string | null {
  try {
    contentOf(world, new Args(message), CHARACTERS.updatedText);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return JSON.stringify(error.body);
    throw error;
  }
}
