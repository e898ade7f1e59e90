// whyred ask "<question>"
import { writeAnswer } from '../answering.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { openSources } from '../options.ts';

export const ask: Command = {
  name: 'ask',
  usage: 'ask "<question>"',
  summary: 'why is a job failing? A job name, some of its words, a URL or org/repo#123',
  run: ({ words, values }, io) => {
    const question = words.join(' ').trim();
    if (question === '') throw new UsageError('ask what? Give a job, some of its words, a URL or org/repo#123.');
    return writeAnswer(question, openSources(values, io), io, values.json === true);
  },
};
