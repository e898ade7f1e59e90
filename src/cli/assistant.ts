// The assistant as commands open it: with the model of the environment, or none.
import pLimit from 'p-limit';
import { BadModelConfig, modelFrom, type ModelConfig } from '../assistant/config.ts';
import { openAssistant, type Assistant } from '../assistant/open.ts';
import type { Past } from '../history/past.ts';
import { readPrompts } from '../prompts/files.ts';
import type { Sources } from '../sources/ports.ts';
import { TOOLS } from '../../tools/index.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import type { SharedValues } from './options.ts';
import { VERSION } from './version.ts';

const WORKING = 4;

/** The configured model; null without one, or with `--no-model`. @throws UsageError */
export function modelOf(
  values: SharedValues & { readonly 'no-model'?: boolean | undefined },
  { env }: Io,
): ModelConfig | null {
  if (values['no-model'] === true) return null;
  try {
    return modelFrom(env);
  } catch (error) {
    if (error instanceof BadModelConfig) throw new UsageError(error.message);
    throw error;
  }
}

export function assistantOver(
  sources: Sources,
  config: ModelConfig | null,
  { clock }: Io,
  past?: Past,
): Promise<Assistant> {
  const limit = pLimit(WORKING);
  const mcp = {
    tools: TOOLS,
    sources,
    clock,
    past,
    limit,
    report: () => undefined,
    version: VERSION,
    prompts: readPrompts(),
  };
  return openAssistant({ mcp, config });
}
