// What a command is: a name, a line of help, and what it does.
import type { Io } from './io.ts';
import type { SharedValues } from './options.ts';

export interface Call {
  /** Arguments that are no options. */
  readonly words: readonly string[];
  readonly values: SharedValues & {
    readonly serve?: boolean | undefined;
    readonly port?: string | undefined;
    readonly ops?: string | undefined;
    readonly seed?: string | undefined;
    readonly file?: string | undefined;
    readonly png?: string | undefined;
    readonly svg?: string | undefined;
    readonly rows?: string | undefined;
    readonly format?: string | undefined;
    readonly out?: string | undefined;
    readonly since?: string | undefined;
    readonly budget?: string | undefined;
    readonly baseline?: readonly string[] | undefined;
    readonly context?: string | undefined;
    readonly max?: string | undefined;
    readonly 'ignore-case'?: boolean | undefined;
    readonly cursor?: string | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly tail?: string | undefined;
    readonly around?: string | undefined;
    readonly http?: boolean | undefined;
    readonly 'no-model'?: boolean | undefined;
    readonly store?: string | undefined;
    readonly replace?: boolean | undefined;
    readonly keep?: string | undefined;
    readonly host?: string | undefined;
    readonly until?: string | undefined;
    readonly limit?: string | undefined;
    readonly tokens?: string | undefined;
    readonly rate?: string | undefined;
    readonly 'allow-host'?: readonly string[] | undefined;
    readonly 'allow-origin'?: readonly string[] | undefined;
  };
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** The exit code. @throws UsageError, ConfigError, SourceError */
  run(call: Call, io: Io): Promise<number>;
}
