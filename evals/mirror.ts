// Recorded data for the evals: where it is, and a mirror that serves it. Absent data means a printed skip.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder with recorded data beside the project, or the one WHYRED_SHARED names; null when there is none. */
export function recordedData(): string | null {
  const shared = process.env['WHYRED_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));
  return existsSync(join(shared, 'data')) && existsSync(join(shared, 'bin/ci-mirror.mjs')) ? shared : null;
}

export interface Mirror {
  readonly url: string;
  /** Requests and bytes since the last reset, as the mirror counted them. */
  stats(): Promise<{ requests: number; bytes: number; peak: number }>;
  reset(): Promise<void>;
  fault(fault: { rate?: number; status?: number; latency?: number }): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the mirror over the recorded data on a free port of loopback. */
export async function startMirror(shared: string): Promise<Mirror> {
  const args = [join(shared, 'bin/ci-mirror.mjs'), '--data', join(shared, 'data'), '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0];
  if (url === undefined) throw new Error('the mirror did not say where it listens');
  const post = async (path: string, body: object): Promise<void> => {
    await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  };
  return {
    url,
    stats: async () =>
      (await (await fetch(`${url}/__stats`)).json()) as { requests: number; bytes: number; peak: number },
    reset: () => post('/__reset', {}),
    fault: (fault) => post('/__fault', fault),
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
