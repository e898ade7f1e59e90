// What a tool is: a definition and a handler in one value, which MCP, function calling and the documents are made from.
import type { z } from 'zod';
import { BadArguments, problemsOf } from './arguments.ts';
import type { Past } from '../history/past.ts';
import type { Sources } from '../sources/ports.ts';
import { cutText } from './cut.ts';
import { safeDeep } from './safe.ts';

/** What a handler may use. All of it ends with the call. */
export interface ToolContext {
  /** Sources of this call alone: they stop when it is cancelled. */
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Says in a few words of ours what begins now. */
  readonly progress: (doing: string) => void;
  /** What is kept of earlier runs, where something is. */
  readonly past?: Past | undefined;
  /** Keeps data for a client's page that shows the result; no model reads it. */
  readonly forPage?: (data: Readonly<Record<string, unknown>>) => void;
}

/** Something a client can read on: a resource of this server. */
export interface Link {
  readonly uri: string;
  readonly name: string;
  readonly mimeType: string;
}

export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  /** `verb_noun`; the file is named alike. */
  readonly name: string;
  readonly title: string;
  /** What it answers, when to use it, in at most 1,000 characters. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /** @throws ToolError, NotClear, SourceError, SourcesUnreachable */
  readonly run: (input: z.output<Input>, context: ToolContext) => Promise<z.output<Output>>;
  /** The output as short text for a model; what it repeats from outside is already safe. */
  readonly present: (output: z.output<Output>) => string;
  readonly links?: (output: z.output<Output>) => readonly Link[];
}

/** The outcome of a call. */
export interface Called {
  readonly output: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly links: readonly Link[];
  /** For a client's page; null for none. */
  readonly page: Readonly<Record<string, unknown>> | null;
}

/** A tool whose types have been seen to. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  /**
   * Checks the arguments, runs the tool, and gives its output without secrets and steering characters.
   * @throws BadArguments, and what the handler throws
   */
  call(args: unknown, context: ToolContext): Promise<Called>;
}

/** Makes a tool of its definition. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, title, description, input, output, run, present, links } = definition;
  return {
    name,
    title,
    description,
    input,
    output,
    call: async (args, context) => {
      const parsed = input.safeParse(args ?? {});
      if (!parsed.success) throw new BadArguments(name, problemsOf(parsed.error, input));
      let page: Called['page'] = null;
      const forPage = (data: NonNullable<Called['page']>): void => {
        page = safeDeep(data);
      };
      // What goes out is checked against what was promised: a mistake there is ours and is found by the tests.
      const made = output.parse(safeDeep(await run(parsed.data, { ...context, forPage })));
      return { output: made, text: cutText(present(made)), links: links?.(made) ?? [], page };
    },
  };
}
