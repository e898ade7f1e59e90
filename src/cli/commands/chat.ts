// whyred chat
import { createInterface, type Interface } from 'node:readline/promises';
import { safeText } from '../../ci/text.ts';
import type { AssistantAnswer } from '../../assistant/answer.ts';
import { Conversation } from '../../assistant/conversation.ts';
import type { Assistant } from '../../assistant/open.ts';
import { assistantText, quoteLines } from '../../assistant/text.ts';
import { assistantOver, modelOf } from '../assistant.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, progressOn, widthOf, type Io } from '../io.ts';
import { openSources } from '../options.ts';
import { openPast } from '../past.ts';

const HELP = [
  'Ask about a job, a run URL, org/repo#123, or go on about the last one ("since when?", "and in 4.22?").',
  '  /evidence 3   opens the third footnote of the last answer',
  '  /quit         ends; Ctrl-C stops an answer, and ends when there is none',
].join('\n');
const PROMPT = '› ';
const ALL_LINES = 200;

export const chat: Command = {
  name: 'chat',
  usage: 'chat',
  summary: 'a conversation about CI failures; every answer with its proof',
  run: async ({ words, values }, io) => {
    const { pipes } = io;
    if (words.length > 0 || !pipes) throw new UsageError('chat takes options only');
    const config = modelOf(values, io);
    const sources = openSources(values, io);
    const { past, close } = await openPast(values, io);
    const assistant = await assistantOver(sources, config, io, { past });
    const isTerminal = io.stdout.isTTY === true;
    const lines = createInterface({
      input: pipes.input,
      output: isTerminal ? pipes.output : undefined,
      prompt: PROMPT,
    });
    try {
      const { dim } = paintFor(io);
      const who = config === null ? 'no model is configured: the rules answer' : `with ${safeText(config.model.name)}`;
      io.stdout.write(`${dim(`whyred, ${who}. /help tells more.`)}\n`);
      await talk(lines, assistant, io);
      return EXIT.answered;
    } finally {
      lines.close();
      await assistant.close();
      await sources.close();
      await close();
    }
  },
};

async function talk(lines: Interface, assistant: Assistant, io: Io): Promise<void> {
  const conversation = new Conversation();
  let last: AssistantAnswer | null = null;
  let stop: AbortController | null = null;
  lines.on('SIGINT', () => (stop ? stop.abort() : lines.close()));
  io.signal.addEventListener('abort', () => lines.close());
  lines.prompt();
  for await (const line of lines) {
    const said = line.trim();
    if (said === '/quit' || said === '/exit') return;
    if (said === '/help') io.stdout.write(`${HELP}\n`);
    else if (said.startsWith('/')) io.stdout.write(`${evidenceText(said, last, io)}\n`);
    else if (said !== '') {
      stop = new AbortController();
      last = await answerTo(said, conversation, assistant, AbortSignal.any([stop.signal, io.signal]), io);
      stop = null;
    }
    lines.prompt();
  }
}

async function answerTo(
  question: string,
  conversation: Conversation,
  assistant: Assistant,
  signal: AbortSignal,
  io: Io,
): Promise<AssistantAnswer> {
  const progress = progressOn(io);
  try {
    const answer = await assistant.ask(question, conversation, { signal, progress: progress.say });
    progress.end();
    const text = signal.aborted
      ? 'Stopped.\n'
      : assistantText(answer, { paint: paintFor(io), width: widthOf(io), links: false });
    io.stdout.write(`\n${text}\n`);
    return answer;
  } finally {
    progress.end();
  }
}

/** What `/evidence 3` opens: the whole piece, with its link. */
function evidenceText(said: string, last: AssistantAnswer | null, io: Io): string {
  const number = /^\/evidence (\d{1,2})$/.exec(said)?.[1];
  if (number === undefined) return 'There is /evidence <number>, /help and /quit.';
  const piece = last?.evidence[Number(number) - 1];
  if (!piece) return `The last answer has ${last?.evidence.length ?? 0} footnotes.`;
  const paint = paintFor(io);
  const body = piece.quote ? quoteLines(piece, paint, widthOf(io), ALL_LINES).join('\n') : safeText(piece.text);
  return [paint.bold(safeText(piece.title)), ...(piece.url === null ? [] : [`  ${paint.dim(piece.url)}`]), body].join(
    '\n',
  );
}
