// whyred worker
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { databaseUrl } from '../store.ts';

export const worker: Command = {
  name: 'worker',
  usage: 'worker',
  summary: 'answers what whyred slack receives; as many processes as there is to do, on the database of DATABASE_URL',
  run: async (call, io) => {
    if (call.words.length > 0) throw new UsageError('worker takes options only');
    if (databaseUrl(call.values, io) === undefined)
      throw new UsageError('worker needs DATABASE_URL: on SQLite whyred slack answers by itself');
    // Loaded for it alone: all other commands start sooner and smaller.
    const { runBot } = await import('../bot.ts');
    return runBot(call, io, false);
  },
};
