// The real assistant over a demo world, with everything that goes in and out of it recorded.
import pLimit from 'p-limit';
import { limitsFor, type Limits, type Prices } from '../../src/assistant/budget.ts';
import { chatCompletions } from '../../src/assistant/chat-completions.ts';
import { Conversation } from '../../src/assistant/conversation.ts';
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import type { Model } from '../../src/assistant/model.ts';
import { openAssistant } from '../../src/assistant/open.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import type { DemoWorld } from '../../src/sources/demo/world.ts';
import type { Sources } from '../../src/sources/ports.ts';
import { createSources } from '../../src/sources/sources.ts';
import type { Called, Tool } from '../../src/tooling/tool.ts';
import { TOOLS } from '../../tools/index.ts';
import { planted, type Plant } from './plant.ts';

/** A call that a tool really got. */
export interface RecordedCall {
  readonly tool: string;
  readonly args: unknown;
  /** Null for one that failed. */
  readonly called: Called | null;
}

export interface Rig {
  readonly url: string;
  readonly world: DemoWorld;
  /** Of the question that is being answered; emptied by each one. */
  readonly calls: RecordedCall[];
  /** What is planted from now on; what was fetched before is forgotten. */
  plant(plant: Plant): Promise<void>;
  ask(question: string, conversation?: Conversation): Promise<AssistantAnswer>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly world: DemoWorld;
  /** Null: the rules answer. */
  readonly model: Model | null;
  /** Those of a usual model, and no prices, by default. */
  readonly limits?: Limits;
  readonly prices?: Prices | null;
  /** Other MCP servers by the prefix of their tools. */
  readonly others?: Readonly<Record<string, string>>;
  /** Identical calls of a tool are answered once: for volumes in which only the talk is of interest. */
  readonly remember?: boolean;
  /** Calls of tools that work at once; the others wait. */
  readonly callsAtOnce?: number;
}

const CONTEXT = 128_000;
const AT_ONCE = 8;

/** A model behind a scripted server, over the real wire; without a breaker, so that each case is really asked. */
export const wireModel = (baseUrl: string, apiKey = ''): Model =>
  chatCompletions({ model: 'scripted', apiKey, baseUrl });

export async function openRig(options: RigOptions): Promise<Rig> {
  const { world, model, others, remember = false, callsAtOnce = AT_ONCE } = options;
  let plant: Plant = {};
  const server = await serveWorld(planted(world, () => plant));
  const clock = (): number => world.now;
  const open = (): Sources => createSources({ config: parseConfig({}, server.url), cache: memoryCache(), clock });
  let sources = open();
  const calls: RecordedCall[] = [];
  const mcp = {
    tools: TOOLS.map((tool) => recorded(tool, calls, remember)),
    get sources() {
      return sources;
    },
    clock,
    limit: pLimit(callsAtOnce),
    report: () => undefined,
    version: '0',
    prompts: readPrompts(),
  };
  const { limits = limitsFor(CONTEXT), prices = null } = options;
  const config = model && { model, limits, prices };
  const assistant = await openAssistant({ mcp, config, ...(others ? { others } : {}) });
  return {
    url: server.url,
    world,
    calls,
    plant: async (next) => {
      const old = sources;
      plant = next;
      sources = open();
      await old.close();
    },
    ask: (question, conversation = new Conversation()) => {
      calls.length = 0;
      const asking = { signal: new AbortController().signal, progress: () => undefined };
      return assistant.ask(question, conversation, asking);
    },
    close: async () => {
      await assistant.close();
      await sources.close();
      await server.close();
    },
  };
}

function recorded(tool: Tool, calls: RecordedCall[], remember: boolean): Tool {
  const known = new Map<string, Promise<Called>>();
  return {
    ...tool,
    call: async (args, context) => {
      // What a conversation is marked with does not make another call of it.
      const key = JSON.stringify(args).replace(/ ?canarythread\d+/, '');
      const calling = (remember ? known.get(key) : undefined) ?? tool.call(remember ? JSON.parse(key) : args, context);
      if (remember) known.set(key, calling);
      try {
        const called = await calling;
        calls.push({ tool: tool.name, args, called });
        return called;
      } catch (error) {
        calls.push({ tool: tool.name, args, called: null });
        throw error;
      }
    },
  };
}
