// `whyred slack` and `whyred mcp --http` as an operator starts them, over the demo world and the Slack stand-in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { competent } from '../../evals/models/characters.ts';
import { serveModel } from '../../evals/models/server.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { main } from '../../src/cli/main.ts';
import { HURRIED } from './bot.ts';
import type { Demo } from './demo.ts';

export interface Service {
  /** What it wrote on standard error. */
  readonly log: () => string;
  /** Where the operator's door is. */
  readonly ops: string;
  /** The text at a path of that door. */
  readonly ask: (path: string) => Promise<{ status: number; text: string }>;
  /** As SIGTERM does; resolves with the exit code. */
  readonly stop: () => Promise<number>;
}

const PATIENCE = { timeout: 10_000 };

/** Runs a command until it is stopped, with the operator's door at any free port. */
export async function startService(args: readonly string[], env: Record<string, string>): Promise<Service> {
  let log = '';
  const end = new AbortController();
  const done = main([...args, '--ops', '0', '--port', '0'], {
    stdout: { write: () => undefined },
    stderr: { write: (text) => (log += text) },
    env,
    clock: Date.now,
    signal: end.signal,
  });
  const door = (): string => /\/metrics at (http:\/\/[\d.:]+)/.exec(log)?.[1] ?? '';
  await vi.waitFor(() => expect(door(), log).not.toBe(''), PATIENCE);
  const ask = async (path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${door()}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  await vi.waitFor(async () => expect((await ask('/readyz')).status, log).toBe(200), PATIENCE);
  return {
    log: () => log,
    ops: door(),
    ask,
    stop: () => {
      end.abort();
      return done;
    },
  };
}

export interface SlackService extends Service {
  readonly slack: Slack;
  readonly close: () => Promise<void>;
}

/** The bot with a model that is competent, over Socket Mode; its tokens come as files. */
export async function startSlackService(demo: Demo, more: Record<string, string> = {}): Promise<SlackService> {
  const slack = await Slack.start(HURRIED);
  const model = await serveModel(competent);
  const folder = mkdtempSync(join(tmpdir(), 'whyred-service-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `${text}\n`);
    return join(folder, name);
  };
  const service = await startService(['slack', '--no-cache'], {
    WHYRED_STORE: join(folder, 'store.sqlite'),
    WHYRED_CI_URL: demo.server.url,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN_FILE: file('bot', slack.world.tokens.bot),
    SLACK_APP_TOKEN_FILE: file('app', slack.world.tokens.app),
    WHYRED_MODEL: 'scripted',
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY_FILE: file('key', 'a-key-of-no-use'),
    ...more,
  });
  slack.overSocket();
  return {
    ...service,
    slack,
    close: async () => {
      await service.stop();
      await slack.close();
      await model.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
