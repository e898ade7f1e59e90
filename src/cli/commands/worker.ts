// whyred worker
import { runBot } from '../bot.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { databaseUrl } from '../store.ts';

export const worker: Command = {
  name: 'worker',
  usage: 'worker',
  summary: 'answers what whyred slack receives; as many processes as there is to do, on the database of DATABASE_URL',
  run: (call, io) => {
    if (call.words.length > 0) throw new UsageError('worker takes options only');
    if (databaseUrl(call.values, io) === undefined)
      throw new UsageError('worker needs DATABASE_URL: on SQLite whyred slack answers by itself');
    return runBot(call, io, false);
  },
};
