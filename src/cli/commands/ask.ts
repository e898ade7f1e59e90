// whyred ask "<question>"
import { jsonText } from '../../answer/json.ts';
import { Conversation } from '../../assistant/conversation.ts';
import type { ModelConfig } from '../../assistant/config.ts';
import { assistantDocument } from '../../assistant/schema.ts';
import { assistantText } from '../../assistant/text.ts';
import type { Past } from '../../history/past.ts';
import type { Sources } from '../../sources/ports.ts';
import { writeAnswer } from '../answering.ts';
import { assistantOver, modelOf } from '../assistant.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, progressOn, widthOf, type Io } from '../io.ts';
import { openSources } from '../options.ts';
import { openPast } from '../past.ts';

export const ask: Command = {
  name: 'ask',
  usage: 'ask "<question>"',
  summary: 'why is a job failing? A job name, some of its words, a URL or org/repo#123',
  run: async ({ words, values }, io) => {
    const question = words.join(' ').trim();
    if (question === '') throw new UsageError('ask what? Give a job, some of its words, a URL or org/repo#123.');
    const config = modelOf(values, io);
    const sources = openSources(values, io);
    const { past, close } = await openPast(values, io);
    const asJson = values.json === true;
    try {
      return config === null
        ? await writeAnswer(question, sources, io, asJson, past)
        : await askModel(question, sources, config, io, asJson, past);
    } finally {
      await close();
    }
  },
};

async function askModel(
  question: string,
  sources: Sources,
  config: ModelConfig,
  io: Io,
  asJson: boolean,
  past?: Past,
): Promise<number> {
  const progress = progressOn(io);
  const assistant = await assistantOver(sources, config, io, { past });
  try {
    const asking = { signal: io.signal, progress: progress.say };
    const answer = await assistant.ask(question, new Conversation(), asking);
    progress.end();
    io.stdout.write(
      asJson ? jsonText(assistantDocument(answer)) : assistantText(answer, { paint: paintFor(io), width: widthOf(io) }),
    );
    return answer.first.isError ? EXIT.notFound : EXIT.answered;
  } finally {
    progress.end();
    await assistant.close();
    await sources.close();
  }
}
