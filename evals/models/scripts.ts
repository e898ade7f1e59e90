// Scripts for evals: a script that keeps what the model wanted to say, so that it can be judged as if nobody had checked it.
import { readAnswer } from '../../src/assistant/claims.ts';
import type { Script } from './server.ts';

export interface Overheard {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** The script, and every claim it makes. */
export function overhear(script: Script): { script: Script; claims: Overheard[] } {
  const claims: Overheard[] = [];
  return {
    claims,
    script: (asked) => {
      const reply = script(asked);
      for (const { name, args } of reply.kind === 'call' ? reply.calls : []) {
        const read = name === 'give_answer' ? readAnswer(args) : null;
        if (read && 'answer' in read) claims.push(...read.answer.claims);
      }
      return reply;
    },
  };
}
