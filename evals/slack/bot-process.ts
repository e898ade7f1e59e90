// The bot as a process of its own, to be killed: everything it needs comes by its arguments.
import { HTTPReceiver } from '@slack/bolt';
import pLimit from 'p-limit';
import { openAssistant } from '../../src/assistant/open.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { startBot } from '../../src/slack/bot.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { createSources } from '../../src/sources/sources.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { TOOLS } from '../../tools/index.ts';

const [ciUrl = '', slackApiUrl = '', token = '', signingSecret = '', path = ''] = process.argv.slice(2);
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
const bot = await startBot({
  receiver: new HTTPReceiver({ signingSecret }),
  token,
  store: openSqlite(path),
  assistant: await openAssistant({ mcp, config: null }),
  sources,
  clock: Date.now,
  teams: new Set(),
  channels: new Set(),
  rates: { user: 100_000, channel: 100_000, all: 100_000 },
  log: () => undefined,
  port: 0,
  slackApiUrl,
});
process.send?.({ port: bot.port });
