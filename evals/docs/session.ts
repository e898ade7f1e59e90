// What a document's blocks run in: the demo world behind its server, a folder of their own, DuckDB, the command line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { openDuck } from '../export/duckdb.ts';

export interface Session {
  /** Commands of whyred, one a line. @throws Error when one does not answer */
  sh(commands: string): Promise<void>;
  /** Prints the answer to a query as a table. */
  sql(query: string): Promise<void>;
  close(): Promise<void>;
}

/** Changes the working folder of this process to one that `close` takes away, and names the CI in the environment. */
export async function openSession(): Promise<Session> {
  const world = createWorld({ seed: 1 });
  const server = await serveWorld(world);
  const duck = await openDuck();
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'whyred-document-'));
  process.chdir(folder);
  process.env['WHYRED_CI_URL'] = server.url;
  const io = {
    stdout: { write: (text: string) => process.stdout.write(text) },
    stderr: { write: () => true },
    env: { WHYRED_CI_URL: server.url, WHYRED_CACHE_DIR: join(folder, 'cache'), COLUMNS: '100' },
    clock: () => world.now,
    signal: new AbortController().signal,
  };
  return {
    sh: async (commands) => {
      for (const line of commands.replaceAll('\\\n', ' ').split('\n')) {
        const [npx, whyred, ...args] = line.split(/\s+/);
        if (npx !== 'npx' || whyred !== 'whyred') throw new Error(`no command of whyred: ${line}`);
        const code = await main(args, io);
        if (code !== 0) throw new Error(`${line} ended with ${code}`);
      }
    },
    sql: async (query) => {
      const { names, rows } = await duck.query(query);
      console.log(textTable([names, ...rows.map((row) => row.map(shown))]));
    },
    close: async () => {
      duck.close();
      await server.close();
      process.chdir(home);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function shown(value: unknown): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 16).replace('T', ' ');
  return typeof value === 'string' ? value : `${value as number | bigint}`;
}

/** Columns one beside the other, a line below their names. */
function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string => row.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  ');
  const [head = [], ...others] = rows;
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...others.map(line)].join('\n');
}
