// Failures of watched channels: each has one thread, whatever number of runs it is seen in. What is remembered of it, and
// the message at the head of its thread that tells how it stands.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FailureThread, Store } from '../../store/port.ts';
import { againView, headView, type ShownRun, type Standing } from '../views/failure.ts';
import type { MessageView } from '../views/view.ts';
import { inTurn } from '../in-turn.ts';
import type { Outbox } from '../outbox.ts';
import type { Web } from '../web.ts';

/** A failure as a run shows it. */
export interface SeenFailure {
  readonly job: string;
  /** The same for what is the same failure of the job. */
  readonly key: string;
  readonly run: ShownRun;
}

const Run = z.object({ build: z.string(), url: z.string(), at: z.number().nullable() });

/** What the head of a thread is made of, beside what the thread itself says. */
const Head = z.object({
  ts: z.string(),
  view: z.object({ text: z.string(), blocks: z.array(z.looseObject({})) }),
  /** The runs it was seen in; the newest of very many. */
  builds: z.array(z.string()),
  last: Run,
  green: Run.nullable(),
});
type Head = z.output<typeof Head>;

export interface Failure {
  readonly thread: FailureThread;
  readonly head: Head;
}

/** Where the setting of a channel is that it is watched. */
export const WATCH = 'watch';
const HEAD = 'head';
const BUILDS = 200;
const scopeOf = (channel: string, key: string): string => `failure:${channel}:${key}`;

/** The key of a failure: its job, and its signature or, where it has none, what failed. */
export const failureKey = (job: string, signature: string): string =>
  createHash('sha256').update(`${job}\n${signature}`).digest('hex').slice(0, 32);

export interface FailuresOptions {
  readonly store: Store;
  readonly web: Web;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface Failures {
  find(channel: string, key: string): Promise<Failure | null>;
  /** The first message of a failure that is new in a channel, made of its answer. */
  firstView(seen: SeenFailure, answer: MessageView): MessageView;
  /** Remembers a failure whose answer has been given. */
  open(seen: SeenFailure, said: { channel: string; thread: string; ts: string; view: MessageView }): Promise<void>;
  /**
   * One more run of a failure: a line in its thread unless it is muted, and the count in its head.
   * @param id the same when it is told again
   * @returns false when it is muted
   */
  again(thread: FailureThread, seen: SeenFailure, id: string, signal: AbortSignal): Promise<boolean>;
  /** What people say of it, shown in its head; false when there is no such failure. */
  say(channel: string, key: string, said: Partial<Pick<FailureThread, 'mutedUntil' | 'tracked'>>): Promise<boolean>;
  /** It is over, shown in its head. */
  recovered(thread: FailureThread, green: ShownRun): Promise<void>;
  /** All failures of the channels that are watched, the one seen last first. */
  watched(): Promise<FailureThread[]>;
}

export function createFailures({ store, web, outbox, clock }: FailuresOptions): Failures {
  const turn = inTurn();
  const find = async (channel: string, key: string): Promise<Failure | null> => {
    const thread = await store.failureThread(channel, key);
    const head = await store.setting(scopeOf(channel, key), HEAD);
    return thread && head !== null ? { thread, head: Head.parse(JSON.parse(head)) } : null;
  };
  const keep = async ({ thread, head }: Failure): Promise<void> => {
    await store.keepSetting(scopeOf(thread.channel, thread.key), HEAD, JSON.stringify(head));
    await store.keepFailureThread(thread);
  };
  /** Makes of a failure what it becomes and shows that; nobody else changes it meanwhile. */
  const become = (channel: string, key: string, next: (now: Failure) => Failure | Promise<Failure>): Promise<boolean> =>
    turn(`${channel}:${key}`, async () => {
      const known = await find(channel, key);
      if (!known) return false;
      const failure = await next(known);
      await keep(failure);
      await web.update(channel, failure.head.ts, headView(failure.head.view, standingOf(failure), key));
      return true;
    });

  return {
    find,
    firstView: ({ key, run }, answer) =>
      headView(answer, { occurrences: 1, mutedUntil: null, tracked: null, last: run, green: null }, key),
    open: ({ job, key, run }, { channel, thread: ts, ts: answerTs, view }) => {
      const now = clock();
      const fresh = { occurrences: 1, firstSeen: now, lastSeen: now, recovered: null, mutedUntil: null, tracked: null };
      const blocks = view.blocks.map((block) => ({ ...block }));
      return keep({
        thread: { channel, key, ts, job, ...fresh },
        head: { ts: answerTs, view: { text: view.text, blocks }, builds: [run.build], last: run, green: null },
      });
    },
    again: async ({ channel, key }, { job, run }, id, signal) => {
      let isMuted = false;
      await become(channel, key, async ({ thread, head }) => {
        isMuted = (thread.mutedUntil ?? 0) > clock();
        if (head.builds.includes(run.build)) return { thread, head };
        const next = {
          thread: { ...thread, occurrences: thread.occurrences + 1, lastSeen: clock(), recovered: null },
          head: { ...head, builds: [...head.builds, run.build].slice(-BUILDS), last: run, green: null },
        };
        // Posted before it is counted: a crash in between posts nothing twice and counts it then.
        const line = { channel, thread: thread.ts, ...againView(job, standingOf(next)) };
        if (!isMuted) await outbox.postOnce(`again:${id}`, line, signal);
        return next;
      });
      return !isMuted;
    },
    say: (channel, key, said) => become(channel, key, ({ thread, head }) => ({ thread: { ...thread, ...said }, head })),
    recovered: async ({ channel, key }, green) => {
      await become(channel, key, ({ thread, head }) => ({
        thread: { ...thread, recovered: green.at ?? clock() },
        head: { ...head, green },
      }));
    },
    watched: async () => {
      const channels = (await store.settings(WATCH)).map(({ scope }) => scope.replace(/^channel:/, ''));
      const threads = await Promise.all(channels.map((channel) => store.failureThreads(channel)));
      return threads.flat().sort((a, b) => b.lastSeen - a.lastSeen);
    },
  };
}

const standingOf = ({ thread, head }: Failure): Standing => ({
  occurrences: thread.occurrences,
  mutedUntil: thread.mutedUntil,
  tracked: thread.tracked,
  last: head.last,
  green: head.green,
});
