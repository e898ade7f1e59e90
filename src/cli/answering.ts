// Runs an investigation for a command and writes its answer: as text, or as JSON of the documented schema.
import { jsonText } from '../answer/json.ts';
import { answerText } from '../answer/text.ts';
import { verify } from '../answer/verify.ts';
import { investigate } from '../diagnose/investigate.ts';
import type { Past } from '../history/past.ts';
import type { Sources } from '../sources/ports.ts';
import { EXIT } from './exit.ts';
import { paintFor, progressOn, widthOf, type Io } from './io.ts';

/** Answers `question`; the exit code says whether a job was found. The sources are closed at the end. */
export async function writeAnswer(
  question: string,
  sources: Sources,
  io: Io,
  json: boolean,
  past?: Past,
): Promise<number> {
  const progress = progressOn(io);
  const began = performance.now();
  try {
    const checked = verify(await investigate(question, { sources, clock: io.clock, past, progress: progress.say }));
    const cost = { ...sources.usage(), ms: Math.round(performance.now() - began) };
    progress.end();
    const text = json
      ? jsonText({ ...checked.investigation, cost })
      : answerText(checked, cost, { paint: paintFor(io), width: widthOf(io), now: io.clock() });
    io.stdout.write(text);
    return checked.investigation.verdict ? EXIT.answered : EXIT.notFound;
  } finally {
    progress.end();
    await sources.close();
  }
}
