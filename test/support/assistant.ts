// The assistant over the demo world, with a model server that does what a test says.
import type { Assistant } from '../../src/assistant/open.ts';
import { openAssistant } from '../../src/assistant/open.ts';
import { modelFrom } from '../../src/assistant/config.ts';
import { serveModel, type ModelServer, type Script } from '../../evals/models/server.ts';
import { mcpOptions } from './mcp.ts';

export interface AssistantFixture {
  readonly assistant: Assistant;
  readonly model: ModelServer;
  close(): Promise<void>;
}

/** @param env more settings of the model */
export async function startAssistant(
  ciUrl: string,
  now: () => number,
  script: Script,
  env: Record<string, string> = {},
): Promise<AssistantFixture> {
  const model = await serveModel(script);
  const mcp = mcpOptions(ciUrl, now);
  const config = modelFrom({ WHYRED_MODEL: 'scripted', OPENAI_BASE_URL: model.url, ...env });
  const assistant = await openAssistant({ mcp, config });
  return {
    assistant,
    model,
    close: async () => {
      await assistant.close();
      await mcp.sources.close();
      await model.close();
    },
  };
}
