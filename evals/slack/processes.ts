// Processes of the bot, one always loaded ahead of its start: a start takes moments, and a kill costs little.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Role, Start } from './bot-process.ts';

export interface BotProcess {
  /** 0 for one that only works. */
  readonly port: number;
  /** Where Slack's events go. */
  readonly url: string;
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export class Processes {
  /** How far the clocks of processes that start are ahead of the machine's. */
  aheadMs = 0;
  readonly #start: Omit<Start, 'role' | 'aheadMs'>;
  #spare: ChildProcess;

  constructor(start: Omit<Start, 'role' | 'aheadMs'>) {
    this.#start = start;
    this.#spare = load();
  }

  /** Starts the process that is loaded, and loads the next one. */
  async next(role: Role = 'both'): Promise<BotProcess> {
    const child = this.#spare;
    this.#spare = load();
    child.send({ ...this.#start, role, aheadMs: this.aheadMs });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return {
      port,
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
