// The options all commands share, and what is made of them and of the environment.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { diskCache, memoryCache } from '../sources/cache.ts';
import { ConfigError, parseConfig, type Config } from '../sources/config.ts';
import type { Sources } from '../sources/ports.ts';
import { parseKnownList } from '../sources/known/list.ts';
import { createSources, type SourcesOptions } from '../sources/sources.ts';
import type { Io } from './io.ts';

export const SHARED_OPTIONS = {
  'ci-url': { type: 'string' },
  config: { type: 'string' },
  'cache-dir': { type: 'string' },
  'no-cache': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface SharedValues {
  'ci-url'?: string | undefined;
  config?: string | undefined;
  'cache-dir'?: string | undefined;
  'no-cache'?: boolean | undefined;
  json?: boolean | undefined;
}

/** @throws ConfigError with all mistakes of the file, the flags and the environment */
export function configOf(values: SharedValues, { env }: Io): Config {
  const file = values.config ?? env['WHYRED_CONFIG'];
  return parseConfig(file === undefined ? {} : readJsonFile(file), values['ci-url'] ?? env['WHYRED_CI_URL']);
}

function readJsonFile(path: string): unknown {
  const text = readText(path, 'the config file');
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError([`the config file ${path} is not JSON`]);
  }
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError([`${what} ${path} cannot be read`]);
  }
}

export function openSources(values: SharedValues, io: Io): Sources {
  const config = configOf(values, io);
  const cache = values['no-cache'] === true ? memoryCache() : diskCache(cacheDirOf(values, io), config.cacheMaxBytes);
  return createSources({ config, cache, clock: io.clock, signal: io.signal, ...knownOf(config, values, io) });
}

/** What known issues need beside the configuration: the list kept by hand, and a token for GitHub. */
function knownOf(
  { knownIssues }: Config,
  values: SharedValues,
  { env }: Io,
): Pick<SourcesOptions, 'githubToken' | 'knownList'> {
  const list = env['WHYRED_KNOWN_ISSUES'] ?? knownIssues.list;
  const isMirrored = (values['ci-url'] ?? env['WHYRED_CI_URL']) !== undefined;
  const file = env['WHYRED_GITHUB_TOKEN_FILE'];
  const token = env['WHYRED_GITHUB_TOKEN'] ?? (file === undefined ? '' : readText(file, 'the file of a token'));
  return {
    // A mirror is not who the token was given for.
    githubToken: token.trim() === '' || isMirrored ? null : token.trim(),
    knownList: list === null ? [] : parseKnownList(readText(list, 'the list of known issues')),
  };
}

/** Sources of a service: told to stop, it first ends what is under way, so they last until they are closed. */
export const openLastingSources = (values: SharedValues, io: Io): Sources =>
  openSources(values, { ...io, signal: new AbortController().signal });

function cacheDirOf(values: SharedValues, { env }: Io): string {
  const base = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return values['cache-dir'] ?? env['WHYRED_CACHE_DIR'] ?? join(base, 'whyred');
}
