// What became of the questions that were asked while processes were killed: lost, doubled, left half said.
import { answersIn, duplicates, plainText } from './look.ts';
import type { Slack } from './stand-in.ts';

export interface Outcome {
  /** Questions that the app said it has. */
  readonly accepted: number;
  /** Those of them without an answer. */
  readonly lost: number;
  readonly doubled: number;
  /** Answers that still say that they are being worked on. */
  readonly unfinished: number;
  /** Answers that say that there is none. */
  readonly given: number;
}

const tsOf = (payload: Readonly<Record<string, unknown>>): string => (payload['event'] as { ts?: string }).ts ?? '';

/** @param asked timestamps of questions, each in a thread of its own */
export function outcomeOf(slack: Slack, channel: string, asked: readonly string[]): Outcome {
  const accepted = new Set(slack.deliveries.all.filter(({ acked }) => acked).map(({ told }) => tsOf(told.payload)));
  const answers = asked.map((ts) => ({
    ts,
    said: answersIn(slack.world, channel, ts).map((message) => plainText(message)),
  }));
  const count = (is: (answer: (typeof answers)[number]) => boolean): number => answers.filter(is).length;
  return {
    accepted: asked.filter((ts) => accepted.has(ts)).length,
    lost: count(({ ts, said }) => accepted.has(ts) && said.length === 0),
    doubled: count(({ said }) => said.length > 1) + duplicates(slack.world).length,
    unfinished: count(({ said }) => said.some((text) => text.includes('Looking into it'))),
    given: count(({ said }) => said.some((text) => text.includes('I could not answer'))),
  };
}
