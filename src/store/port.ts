// What is kept between one event and the next: small, so that another engine can stand behind it.
import type { HistoryStore } from './history.ts';

/** An event of a chat, as it came, before anything was done for it. */
export interface NewEvent {
  /** All that names it: a second event that shares one of them is the same event delivered again. */
  readonly keys: readonly string[];
  /** Events of one scope (a thread, or a channel) are worked off one after another, in the order they came. */
  readonly scope: string;
  readonly body: string;
}

export interface StoredEvent {
  readonly id: number;
  readonly scope: string;
  readonly body: string;
  /** How often it was begun, this time included. */
  readonly tries: number;
  /** How often its worker did not end it: the process died, or stood still. */
  readonly deaths: number;
  /** Milliseconds since the epoch. */
  readonly received: number;
}

/** An event as one worker took it: whoever takes it later has a higher number of tries. */
export type Taken = Pick<StoredEvent, 'id' | 'tries'>;

/** How a message that must be posted once stands: meant to be posted, or posted under a timestamp of the chat. */
export interface Post {
  readonly key: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly ts: string | null;
  /** When it was first meant to be posted, ms since the epoch. */
  readonly since: number;
}

/** The thread of a failure in a watched channel. */
export interface FailureThread {
  readonly channel: string;
  /** Job and signature. */
  readonly key: string;
  readonly ts: string;
  readonly job: string;
  readonly occurrences: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Null while it fails. */
  readonly recovered: number | null;
  readonly mutedUntil: number | null;
  /** Where it is known to be tracked, as a person said; null where nobody did. */
  readonly tracked: string | null;
}

export interface Feedback {
  readonly id: string;
  readonly channel: string;
  readonly user: string;
  readonly good: boolean;
  readonly reason: string | null;
  readonly question: string;
  /** The answer's document as JSON. */
  readonly answer: string;
  readonly at: number;
}

/** Keeps events for the worker inside this process. Every method commits before it resolves; times as for the store. */
export interface EventStore {
  /** Keeps an event to be worked off; false when it is one that was kept before. */
  accept(event: NewEvent, now: number): Promise<boolean>;
  /**
   * Takes the next event whose scope nothing is being done for, for `leaseMs`: when the lease ends and it was neither
   * finished nor extended, it is taken again. Null when there is none now.
   */
  claim(now: number, leaseMs: number): Promise<StoredEvent | null>;
  /** Lengthens the lease of an event that is being worked on; false when it has been taken by another since. */
  extend(event: Taken, until: number): Promise<boolean>;
  /** The event is done with; nothing happens when it has been taken by another since. */
  finish(event: Taken, now: number): Promise<void>;
  /** The event is tried again at `at`; nothing happens when it has been taken by another since. */
  postpone(event: Taken, at: number): Promise<void>;
  /** Events that wait or are worked on; for tests and metrics. */
  pending(): Promise<number>;
  /** When the oldest of them was kept; null when there is none. */
  oldest(): Promise<number | null>;
}

/** Every method commits before it resolves. Times are ms since the epoch, given by the caller. */
export interface Store {
  /** Notes that a message is going to be posted; the note there was, if there was one, and whether there was none. */
  intend(post: Omit<Post, 'ts'>): Promise<Post & { readonly isNew: boolean }>;
  /** Notes that it has been posted. */
  posted(key: string, ts: string): Promise<void>;

  failureThread(channel: string, key: string): Promise<FailureThread | null>;
  failureThreads(channel: string): Promise<FailureThread[]>;
  keepFailureThread(thread: FailureThread): Promise<void>;

  /** A setting of a channel, a user or the bot; null where there is none. */
  setting(scope: string, name: string): Promise<string | null>;
  settings(name: string): Promise<{ scope: string; value: string }[]>;
  keepSetting(scope: string, name: string, value: string | null): Promise<void>;

  keepFeedback(feedback: Feedback): Promise<void>;
  feedback(): Promise<Feedback[]>;

  readonly history: HistoryStore;

  /** Forgets what is older: events that are done, the keys they were known by, posts. */
  forget(before: number): Promise<void>;
  close(): Promise<void>;
}
