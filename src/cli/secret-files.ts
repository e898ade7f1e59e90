// Secrets that come as files, as Kubernetes and systemd hand them over: `SLACK_BOT_TOKEN_FILE` in place of `SLACK_BOT_TOKEN`.
import { readFileSync } from 'node:fs';
import { ServiceConfigError } from './exit.ts';
import type { Io } from './io.ts';

/** The settings that may come so. */
export const SECRETS = [
  'DATABASE_URL',
  'OPENAI_API_KEY',
  'SLACK_APP_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'WHYRED_MCP_TOKENS',
] as const;

/** The environment with what its `…_FILE` variables name read in. @throws ServiceConfigError with every mistake there is */
export function withSecretFiles(env: Io['env']): Io['env'] {
  const named = SECRETS.filter((name) => (env[`${name}_FILE`] ?? '') !== '');
  const read = named.map((name): { name: string; value: string } | { mistake: string } => {
    if ((env[name] ?? '') !== '') return { mistake: `${name} and ${name}_FILE are two ways: give one` };
    try {
      const value = readFileSync(env[`${name}_FILE`] ?? '', 'utf8').trim();
      return value === '' ? { mistake: `the file that ${name}_FILE names is empty` } : { name, value };
    } catch {
      return { mistake: `the file that ${name}_FILE names cannot be read` };
    }
  });
  const mistakes = read.flatMap((one) => ('mistake' in one ? one.mistake : []));
  if (mistakes.length > 0) throw new ServiceConfigError('secrets cannot be read', mistakes);
  return { ...env, ...Object.fromEntries(read.flatMap((one) => ('name' in one ? [[one.name, one.value]] : []))) };
}
