// What tests of the bot share: one bot a test, closed at its end, and what it has answered.
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { answersIn, plainText } from '../../evals/slack/look.ts';
import type { Message } from '../../evals/slack/world.ts';
import { startTestBot, type BotFixture, type BotSetup } from './bot.ts';
import { startDemo, type Demo } from './demo.ts';

export const JOB = 'ci-kubernetes-e2e-gce-network';
export const QUESTION = `why is ${JOB} red?`;
const DONE = /verified|Stopped|nothing was diagnosed|could not answer/;

export interface Bots {
  readonly demo: () => Demo;
  start(more?: Partial<BotSetup>): Promise<BotFixture>;
  /** Closed at the end of the test, the last one first. */
  keep(one: { close(): Promise<void> }): void;
}

export function useBots(): Bots {
  const open: { close(): Promise<void> }[] = [];
  let demo: Demo | undefined;
  const started = (): Demo => {
    if (!demo) throw new Error('the demo world is not there yet');
    return demo;
  };
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => started().server.close());
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  return {
    demo: started,
    keep: (one) => void open.push(one),
    start: async (more = {}) => {
      const fixture = await startTestBot({ ciUrl: started().server.url, now: () => started().world.now, ...more });
      open.push(fixture);
      return fixture;
    },
  };
}

/** The bot's messages of a thread, once the last of them is an answer and nothing waits any more. */
export async function answered(fixture: BotFixture, thread: string, channel?: string): Promise<Message[]> {
  const { slack, store } = fixture;
  const found = (): Message[] => answersIn(slack.world, channel ?? slack.places.alerts, thread);
  const last = (): string => found().map(plainText).at(-1) ?? '';
  await expect.poll(last, { timeout: 15_000 }).toMatch(DONE);
  await slack.settled();
  await expect.poll(() => store.pending(), { timeout: 10_000 }).toBe(0);
  return found();
}

/** Everything that anybody said, those that one person sees included. */
export const saidIn = ({ slack }: BotFixture): string[] => [...slack.world.messages.values()].map(plainText);
