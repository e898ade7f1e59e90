// The assistant as commands open it: with the model of the environment, or none.
import pLimit from 'p-limit';
import type { Registry } from 'prom-client';
import { BadModelConfig, modelFrom, type ModelConfig } from '../assistant/config.ts';
import { openAssistant, type Assistant } from '../assistant/open.ts';
import type { Past } from '../history/past.ts';
import type { ReportTurn } from '../assistant/observed.ts';
import { createMetrics } from '../mcp/metrics.ts';
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
  report?: ReportTurn,
): ModelConfig | null {
  if (values['no-model'] === true) return null;
  try {
    return modelFrom(env, report);
  } catch (error) {
    if (error instanceof BadModelConfig) throw new UsageError(error.message);
    throw error;
  }
}

/** @param registry where the calls of its tools are counted */
export function assistantOver(
  sources: Sources,
  config: ModelConfig | null,
  { clock }: Io,
  { past, registry }: { readonly past?: Past | undefined; readonly registry?: Registry } = {},
): Promise<Assistant> {
  const limit = pLimit(WORKING);
  const running = (): { working: number; waiting: number } => ({
    working: limit.activeCount,
    waiting: limit.pendingCount,
  });
  const report = registry ? createMetrics(running, registry).report : (): void => undefined;
  const mcp = {
    tools: TOOLS,
    sources,
    clock,
    past,
    limit,
    report,
    version: VERSION,
    prompts: readPrompts(),
  };
  return openAssistant({ mcp, config });
}
