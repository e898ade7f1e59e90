// whyred slack
import { runBot } from '../bot.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';

export const slack: Command = {
  name: 'slack',
  usage: 'slack',
  summary: 'the Slack bot, over Socket Mode or HTTP; docs/slack.md sets it up',
  run: (call, io) => {
    if (call.words.length > 0) throw new UsageError('slack takes options only');
    return runBot(call, io, true);
  },
};
