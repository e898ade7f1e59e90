// whyred feedback export
import { jsonLine } from '../../answer/json.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { openStore } from '../store.ts';

export const feedback: Command = {
  name: 'feedback',
  usage: 'feedback export',
  summary: 'what people said of answers, a case for evals a line of JSON; without who said it',
  run: async ({ words, values }, io) => {
    if (words.join(' ') !== 'export') throw new UsageError('feedback takes export');
    const store = await openStore(values, io);
    try {
      for (const { good, reason, question, answer, at } of await store.feedback())
        io.stdout.write(
          jsonLine({
            label: good ? 'right' : 'wrong',
            reason,
            question,
            answer: JSON.parse(answer) as unknown,
            at: new Date(at).toISOString(),
          }),
        );
      return EXIT.answered;
    } finally {
      await store.close();
    }
  },
};
