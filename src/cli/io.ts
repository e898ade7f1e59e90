// What a command may touch of its process, so that tests can stand in for it.
import type { Readable, Writable } from 'node:stream';
import { coloured, plain, type Paint } from '../answer/paint.ts';

export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Io {
  /** For the MCP server alone, which speaks a protocol over them. */
  readonly pipes?: { readonly input: Readable; readonly output: Writable };
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

/** Colour on a terminal that did not ask for none (https://no-color.org). */
export const paintFor = ({ stdout, env }: Io): Paint => {
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return stdout.isTTY === true && !refused ? coloured : plain;
};

/** Columns to write for: of the terminal, or what `COLUMNS` says where the output is no terminal. */
export function widthOf({ stdout, env }: Io): number {
  const said = Number(env['COLUMNS']);
  const columns = stdout.columns ?? (Number.isInteger(said) && said > 0 ? said : 110);
  return Math.min(Math.max(columns, 60), 140);
}

/** Progress on stderr: one line that is written over on a terminal, lines of their own elsewhere. */
export function progressOn({ stderr }: Io): { say: (doing: string) => void; end: () => void } {
  const isTerminal = stderr.isTTY === true;
  return {
    say: (doing) => stderr.write(isTerminal ? `\r\u001b[2K${doing} …` : `whyred: ${doing}\n`),
    end: () => (isTerminal ? stderr.write('\r\u001b[2K') : undefined),
  };
}
