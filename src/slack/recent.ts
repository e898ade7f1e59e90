// What a person asked last, for their own App Home: nobody sees what others asked elsewhere.
import { z } from 'zod';
import type { AssistantAnswer } from '../assistant/answer.ts';
import type { Store } from '../store/port.ts';

const Asked = z.object({
  question: z.string(),
  /** The job and what it does; null where nothing was diagnosed. */
  verdict: z.string().nullable(),
  channel: z.string(),
  thread: z.string(),
  at: z.number(),
});
export type Asked = z.output<typeof Asked>;

const NAME = 'asked';
const KEPT = 8;
const QUESTION_CHARS = 150;
const scopeOf = (user: string): string => `user:${user}`;

/** The last questions of a person, newest first. */
export async function recentOf(user: string, store: Store): Promise<Asked[]> {
  const kept = await store.setting(scopeOf(user), NAME);
  return kept === null ? [] : z.array(Asked).parse(JSON.parse(kept));
}

/** Remembers a question with its verdict. */
export async function rememberAsked(
  { user, answer, ...place }: { user: string; answer: AssistantAnswer; channel: string; thread: string; at: number },
  store: Store,
): Promise<void> {
  const { job, state, recurrence } = answer.first.data as Readonly<Record<string, string | undefined>>;
  const verdict = answer.first.isError || job === undefined ? null : `${job}: ${state ?? ''}, ${recurrence ?? ''}`;
  const asked = { question: answer.question.slice(0, QUESTION_CHARS), verdict, ...place };
  const others = (await recentOf(user, store)).filter(
    ({ thread, question }) => thread !== asked.thread || question !== asked.question,
  );
  await store.keepSetting(scopeOf(user), NAME, JSON.stringify([asked, ...others].slice(0, KEPT)));
}
