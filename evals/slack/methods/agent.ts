// What agents have beyond messages: streams, sessions with a status and a Stop button, statuses and prompts of threads.
import type { Args } from '../args.ts';
import { CHARACTERS, ITEMS } from '../limits.ts';
import { asJson, change, named, post } from '../messages.ts';
import { checkBlocks, checkChunks } from '../payloads.ts';
import { badArguments, Refusal } from '../refusal.ts';
import { isFields, list, oneOf, problemsOf, shape, text, type Fields } from '../schema.ts';
import { isStreaming, show, takeChunks, textOf } from '../streams.ts';
import { threadKey, type Channel, type Message, type Stream, type World } from '../world.ts';
import { checkFiles, metadataOf } from './content.ts';
import { channelOf, messageOf, openChannel, threadRoot, type Method, type Methods } from './scope.ts';

const STATUSES = ['active', 'processing', 'suspended', 'closed'];

/** Refuses what has problems. */
function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw badArguments(...problems);
}

/** What a call brings for a stream: `markdown_text`, chunks, both or nothing. */
function broughtBy(args: Args): readonly Fields[] {
  const markdown = args.maybe('markdown_text');
  if ((markdown?.length ?? 0) > CHARACTERS.markdown) throw new Refusal('msg_too_long');
  const given = args.list('chunks', 'invalid_chunks');
  const chunks = given ? checkChunks(given) : [];
  return [...(markdown ? [{ type: 'markdown_text', text: markdown }] : []), ...chunks];
}

/** Takes chunks in, or none of them where the message would get too long. */
function take(world: World, message: Message, stream: Stream, chunks: readonly Fields[]): void {
  const more = chunks.reduce(
    (sum, { type, text: one }) => sum + (type === 'markdown_text' ? String(one).length : 0),
    0,
  );
  if (textOf(stream).length + more > CHARACTERS.text) throw new Refusal('msg_too_long');
  for (const { type, blocks } of chunks) if (type === 'blocks') checkFiles(world, blocks as Fields[]);
  takeChunks(stream, chunks);
  show(message);
}

const startStream: Method = (world, args) => {
  const channel = openChannel(world, args);
  const thread = args.text('thread_ts') && threadRoot(world, channel, args);
  if (channel.kind !== 'im') {
    if (!args.has('recipient_team_id')) throw new Refusal('missing_recipient_team_id');
    if (!args.has('recipient_user_id')) throw new Refusal('missing_recipient_user_id');
  }
  const mode = args.maybe('task_display_mode') ?? 'timeline';
  if (mode !== 'timeline' && mode !== 'plan')
    throw badArguments('must be a valid enum value [json-pointer:/task_display_mode]');
  const chunks = broughtBy(args);
  const { userId: user, botId } = world.bot;
  const message = post(world, { channel: channel.id, user, botId, threadTs: thread, stream: mode });
  if (message.stream) take(world, message, message.stream, chunks);
  return { channel: channel.id, ts: message.ts };
};

/** A stream of the bot's that still runs. */
function running(world: World, channel: Channel, args: Args): { message: Message; stream: Stream } {
  const message = messageOf(world, channel, args.text('ts'));
  if (message.botId !== world.bot.botId) throw new Refusal('message_not_owned_by_app');
  const { stream } = message;
  if (!stream || !isStreaming(world, stream)) throw new Refusal('message_not_in_streaming_state');
  return { message, stream };
}

const appendStream: Method = (world, args) => {
  const channel = openChannel(world, args);
  const { message, stream } = running(world, channel, args);
  const chunks = broughtBy(args);
  if (chunks.length === 0) throw new Refusal('no_text');
  take(world, message, stream, chunks);
  return { channel: channel.id, ts: message.ts };
};

const stopStream: Method = (world, args) => {
  const channel = openChannel(world, args);
  const { message, stream } = running(world, channel, args);
  const chunks = broughtBy(args);
  const given = args.list('blocks', 'invalid_blocks_format');
  const blocks = given ? checkBlocks(given) : [];
  checkFiles(world, blocks);
  const metadata = metadataOf(args);
  take(world, message, stream, chunks);
  change(world, message, () => {
    stream.state = 'stopped';
    show(message, blocks);
    message.blocks = named(world, message.blocks);
    message.metadata = metadata ?? message.metadata;
  });
  const status = args.maybe('session_status');
  if (status !== undefined) setSession(world, channel, message.threadTs, status, undefined);
  return { channel: channel.id, ts: message.ts, message: asJson(world, message) };
};

function setSession(world: World, channel: Channel, thread: string | null, status: string, title?: string): Fields {
  refuse(problemsOf(oneOf(...STATUSES), status, '/status'));
  if (title !== undefined) refuse(problemsOf(text(CHARACTERS.sessionTitle), title, '/title'));
  const key = threadKey(channel.id, thread);
  const session = world.sessions.get(key) ?? { status, title: title ?? null, history: [] };
  session.status = status;
  session.history.push(status);
  world.sessions.set(key, session);
  return { status, agent_status: status, ...(session.title === null ? {} : { title: session.title }) };
}

const setStatus: Method = (world, args) => {
  const channel = openChannel(world, args, 'channel_id');
  const thread = args.text('thread_ts') && threadRoot(world, channel, args);
  return setSession(world, channel, thread, args.text('status'), args.maybe('title'));
};

const rename: Method = (world, args) => {
  const channel = openChannel(world, args, 'channel_id');
  const title = args.text('title');
  refuse(problemsOf(text(CHARACTERS.sessionTitle), title, '/title'));
  const session = world.sessions.get(threadKey(channel.id, args.maybe('thread_ts')));
  if (!session) throw new Refusal('session_not_found');
  session.title = title;
  return { title };
};

const threadStatus: Method = (world, args) => {
  const channel = channelOf(world, args, 'channel_id');
  args.text('thread_ts');
  const thread = threadRoot(world, channel, args);
  const status = args.maybe('status');
  if (status === undefined) throw badArguments('missing required field: status');
  const loading = args.list('loading_messages') ?? [];
  refuse(problemsOf(list(text(CHARACTERS.textObject), ITEMS.loadingMessages, 0), loading, '/loading_messages'));
  const key = threadKey(channel.id, thread);
  if (status === '') world.statuses.delete(key);
  else world.statuses.set(key, { text: status, loading: loading.map(String), at: world.clock() });
  return {};
};

const prompt = shape({ title: text(CHARACTERS.id), message: text(CHARACTERS.textObject) });

const setSuggestedPrompts: Method = (world, args) => {
  const channel = channelOf(world, args, 'channel_id');
  const prompts = args.list('prompts') ?? [];
  refuse(problemsOf(list(prompt, ITEMS.prompts), prompts, '/prompts'));
  world.prompts.set(threadKey(channel.id, args.maybe('thread_ts')), {
    title: args.maybe('title') ?? null,
    prompts: prompts.filter(isFields),
  });
  return {};
};

const setTitle: Method = (world, args) => {
  const channel = channelOf(world, args, 'channel_id');
  world.titles.set(threadKey(channel.id, args.text('thread_ts')), args.text('title'));
  return {};
};

const write = ['chat:write'];
const assistant = ['assistant:write', 'chat:write'];
export const AGENT: Methods = {
  'chat.startStream': { scopes: write, run: startStream },
  'chat.appendStream': { scopes: write, run: appendStream },
  'chat.stopStream': { scopes: write, run: stopStream },
  'agents.sessions.setStatus': { scopes: write, run: setStatus },
  'agents.sessions.rename': { scopes: write, run: rename },
  'assistant.threads.setStatus': { scopes: assistant, run: threadStatus },
  'assistant.threads.setSuggestedPrompts': { scopes: assistant, run: setSuggestedPrompts },
  'assistant.threads.setTitle': { scopes: assistant, run: setTitle },
};
