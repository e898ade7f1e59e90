// Processes of the bot, one always loaded ahead of its start: a start takes moments, and a kill costs little.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Start } from './bot-process.ts';

export interface BotProcess {
  /** Where Slack's events go. */
  readonly url: string;
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export class Processes {
  readonly #start: Start;
  #spare: ChildProcess;

  constructor(start: Start) {
    this.#start = start;
    this.#spare = load();
  }

  /** Starts the process that is loaded, and loads the next one. */
  async next(): Promise<BotProcess> {
    const child = this.#spare;
    this.#spare = load();
    child.send(this.#start);
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return {
      url: `http://127.0.0.1:${port}/slack/events`,
      kill: (signal = 'SIGKILL') => end(child, signal),
    };
  }

  close(): Promise<void> {
    return end(this.#spare, 'SIGKILL');
  }
}

const load = (): ChildProcess =>
  fork(join(import.meta.dirname, 'bot-process.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
