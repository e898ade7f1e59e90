// The bot as a process of its own, to be killed: everything it needs comes by its arguments. It keeps things in a file of
// SQLite or a database of PostgreSQL, and receives, works, or does both.
import { HTTPReceiver } from '@slack/bolt';
import pLimit from 'p-limit';
import { openAssistant } from '../../src/assistant/open.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { startBot } from '../../src/slack/bot.ts';
import { receiverOf } from '../../src/slack/config.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { createSources } from '../../src/sources/sources.ts';
import { TOOLS } from '../../tools/index.ts';
import { openKept } from './kept.ts';

const [ciUrl = '', slackApiUrl = '', token = '', signingSecret = '', kept = '', role = 'both'] = process.argv.slice(2);
const sources = createSources({ config: parseConfig({}, ciUrl), cache: memoryCache(), clock: Date.now });
const prompts = readPrompts();
const mcp = {
  tools: TOOLS,
  sources,
  clock: Date.now,
  limit: pLimit(4),
  report: () => undefined,
  version: '0',
  prompts,
};
const receives = role !== 'work';
const bot = await startBot({
  receiver: receives
    ? new HTTPReceiver({ signingSecret })
    : receiverOf({ transport: { kind: 'none' }, token, teams: new Set(), channels: new Set() }),
  token,
  ...(await openKept(kept)),
  works: role !== 'receive',
  assistant: await openAssistant({ mcp, config: null }),
  sources,
  clock: Date.now,
  teams: new Set(),
  channels: new Set(),
  rates: { user: 100_000, channel: 100_000, all: 100_000 },
  log: () => undefined,
  port: receives ? 0 : null,
  slackApiUrl,
});
process.send?.({ port: bot.port });
