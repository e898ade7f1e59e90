// Rows of tables as the port's values and back, the same on every engine.
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

/** In the order of the table's columns. */
export const threadRow = (thread: FailureThread): (string | number | null)[] => [
  thread.channel,
  thread.key,
  thread.ts,
  thread.job,
  thread.occurrences,
  thread.firstSeen,
  thread.lastSeen,
  thread.recovered,
  thread.mutedUntil,
  thread.tracked,
];

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

/** In the order of the table's columns. */
export const feedbackRow = ({
  id,
  channel,
  user,
  good,
  reason,
  question,
  answer,
  at,
}: Feedback): (string | number | null)[] => [id, channel, user, good ? 1 : 0, reason, question, answer, at];
