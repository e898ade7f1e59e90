// Streams: messages that grow by chunks until they are stopped, or until five minutes after their start.
import { TIMES } from './limits.ts';
import type { Fields } from './schema.ts';
import type { Message, Stream, StreamPart, World } from './world.ts';

/** A stream that has nothing yet. */
export const newStream = (world: World, mode: 'timeline' | 'plan'): Stream => ({
  startedAt: world.clock(),
  mode,
  parts: [],
  state: 'streaming',
});

/** Whether it still takes chunks; one that is too old is told so from here on. */
export function isStreaming(world: World, stream: Stream): boolean {
  if (stream.state === 'streaming' && world.clock() - stream.startedAt > TIMES.stream) stream.state = 'expired';
  return stream.state === 'streaming';
}

/** Ends every stream that runs, as Slack does when they get too old. */
export function expireStreams(world: World): void {
  for (const { stream } of world.messages.values()) if (stream?.state === 'streaming') stream.state = 'expired';
}

/** Takes chunks in: text grows, a task is one by its id, a plan has one title. */
export function takeChunks(stream: Stream, chunks: readonly Fields[]): void {
  for (const chunk of chunks) {
    switch (chunk['type']) {
      case 'markdown_text': {
        const last = stream.parts.at(-1);
        if (last?.kind === 'markdown') last.text += String(chunk['text']);
        else stream.parts.push({ kind: 'markdown', text: String(chunk['text']) });
        break;
      }
      case 'task_update':
        takeTask(stream, chunk);
        break;
      case 'plan_update': {
        const plan = stream.parts.find((part) => part.kind === 'plan');
        if (plan) plan.title = String(chunk['title']);
        else stream.parts.push({ kind: 'plan', title: String(chunk['title']) });
        break;
      }
      case 'blocks':
        stream.parts.push({ kind: 'blocks', blocks: chunk['blocks'] as Fields[] });
    }
  }
}

/** An update says what changed: details, output and sources that it does not name stay. */
function takeTask(stream: Stream, chunk: Fields): void {
  const update = Object.fromEntries(Object.entries(chunk).filter(([name]) => name !== 'type'));
  const known = stream.parts.find((part) => part.kind === 'task' && part.task['id'] === update['id']);
  if (known?.kind === 'task') known.task = { ...known.task, ...update };
  else stream.parts.push({ kind: 'task', task: update });
}

const rich = (text: unknown): Fields => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

const card = ({ id, title, status, details, output, sources }: Fields): Fields => ({
  type: 'task_card',
  task_id: id,
  title,
  status,
  ...(details ? { details: rich(details) } : {}),
  ...(output ? { output: rich(output) } : {}),
  ...(sources ? { sources } : {}),
});

/** The blocks that a stream shows: tasks one by one, or all in a plan where the first of them stands. */
export function blocksOf({ mode, parts }: Stream): readonly Fields[] {
  const tasks = parts.flatMap((part) => (part.kind === 'task' ? [card(part.task)] : []));
  const title = parts.find((part) => part.kind === 'plan')?.title;
  let planned = false;
  return parts.flatMap((part: StreamPart): readonly Fields[] => {
    switch (part.kind) {
      case 'markdown':
        return [{ type: 'markdown', text: part.text }];
      case 'blocks':
        return part.blocks;
      case 'plan':
      case 'task':
        if (mode === 'timeline') return part.kind === 'task' ? [card(part.task)] : [];
        if (planned) return [];
        planned = true;
        return [{ type: 'plan', title: title ?? 'Plan', tasks }];
    }
  });
}

/** The text of a stream, without its tasks. */
export const textOf = ({ parts }: Stream): string =>
  parts.flatMap((part) => (part.kind === 'markdown' ? [part.text] : [])).join('\n\n');

/** Shows in the message what its stream has. */
export function show(message: Message, more: readonly Fields[] = []): void {
  if (!message.stream) return;
  message.blocks = [...blocksOf(message.stream), ...more];
  message.text = textOf(message.stream);
}
