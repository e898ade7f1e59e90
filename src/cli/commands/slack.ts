// whyred slack
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';

export const slack: Command = {
  name: 'slack',
  usage: 'slack',
  summary: 'the Slack bot, over Socket Mode or HTTP; docs/slack.md sets it up',
  run: async (call, io) => {
    if (call.words.length > 0) throw new UsageError('slack takes options only');
    // Loaded for it alone: all other commands start sooner and smaller.
    const { runBot } = await import('../bot.ts');
    return runBot(call, io, true);
  },
};
