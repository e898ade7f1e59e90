// The prompts that whyred ships, from the folder `prompts` beside the source.
import { readdirSync, readFileSync } from 'node:fs';
import { parsePrompt, type Prompt } from './prompt.ts';

const FOLDER = new URL('../../prompts/', import.meta.url);

/** All prompts, by id. @throws Error for a file that is no prompt */
export function readPrompts(): ReadonlyMap<string, Prompt> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
  return new Map(
    files.sort().map((file) => {
      const prompt = parsePrompt(file, readFileSync(new URL(file, FOLDER), 'utf8'));
      if (`${prompt.id}.md` !== file) throw new Error(`${file} has the id of another file: ${prompt.id}`);
      return [prompt.id, prompt];
    }),
  );
}
