// A prompt: text with named places, and what stands in its front matter. Parsing and filling in are pure.
import { parse } from 'yaml';
import { z } from 'zod';

const FrontMatter = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  version: z.int().min(1),
  title: z.string(),
  description: z.string(),
  /** True for what whyred itself tells a model: no prompt that a client could choose. */
  internal: z.boolean().default(false),
  arguments: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z]{1,20}$/),
        description: z.string(),
        required: z.boolean().default(true),
      }),
    )
    .default([]),
});

export interface Prompt extends z.output<typeof FrontMatter> {
  readonly text: string;
}

const PLACE = /\{\{([a-z]{1,20})\}\}/g;

/**
 * Reads a prompt file: YAML between two lines of `---`, then the text.
 * @throws Error that names the file and what is wrong: an unknown or unused place, a missing field
 */
export function parsePrompt(file: string, content: string): Prompt {
  const [, head, text] = /^---\n([^]*?)\n---\n([^]*)$/.exec(content) ?? [];
  if (head === undefined || text === undefined) throw new Error(`${file} has no front matter`);
  const parsed = FrontMatter.safeParse(parse(head));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const names = parsed.data.arguments.map(({ name }) => name);
  const used = Array.from(text.matchAll(PLACE), ([, name = '']) => name);
  const unknown = used.filter((name) => !names.includes(name));
  const unused = names.filter((name) => !used.includes(name));
  if (unknown.length + unused.length > 0)
    throw new Error(`${file}: places and arguments differ: ${[...unknown, ...unused].join(', ')}`);
  return { ...parsed.data, text: text.trim() };
}

/** Arguments a prompt needs and was not given. */
export const missingIn = (prompt: Prompt, values: Readonly<Record<string, string>>): string[] =>
  prompt.arguments.filter(({ name, required }) => required && (values[name] ?? '') === '').map(({ name }) => name);

/** The text with its places filled in; a value is put in as it is, once, and never read for places itself. */
export const renderPrompt = ({ text }: Prompt, values: Readonly<Record<string, string>>): string =>
  text.replace(PLACE, (_, name: string) => values[name] ?? '');
