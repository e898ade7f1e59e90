// Rows of tables as the port's values, the same on every engine.
import type { FailureThread, Feedback, Post } from './port.ts';

export type Row = Readonly<Record<string, unknown>>;

export const postOf = ({ key, channel, thread, ts, since }: Row): Post => ({
  key: key as string,
  channel: channel as string,
  thread: thread as string | null,
  ts: ts as string | null,
  since: since as number,
});

export const threadOf = (row: Row): FailureThread => ({
  channel: row['channel'] as string,
  key: row['key'] as string,
  ts: row['ts'] as string,
  job: row['job'] as string,
  occurrences: row['occurrences'] as number,
  firstSeen: row['first_seen'] as number,
  lastSeen: row['last_seen'] as number,
  recovered: row['recovered'] as number | null,
  mutedUntil: row['muted_until'] as number | null,
  tracked: row['tracked'] as string | null,
});

export const feedbackOf = (row: Row): Feedback => ({
  id: row['id'] as string,
  channel: row['channel'] as string,
  user: row['person'] as string,
  good: row['good'] === 1,
  reason: row['reason'] as string | null,
  question: row['question'] as string,
  answer: row['answer'] as string,
  at: row['at'] as number,
});
