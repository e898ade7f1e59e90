import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceConfigError } from '../../src/cli/exit.ts';
import { withSecretFiles } from '../../src/cli/secret-files.ts';

let folder = '';
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whyred-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    withSecretFiles(env);
    return [];
  } catch (error) {
    return error instanceof ServiceConfigError ? error.mistakes : ['another error'];
  }
}

describe('secrets by file', () => {
  it('are read without the newline that editors end a file with', () => {
    const env = withSecretFiles({
      SLACK_BOT_TOKEN_FILE: file('bot', 'xoxb-1\n'),
      WHYRED_MCP_TOKENS_FILE: file('tokens', 'a: one\nb: two\n'),
      HOME: '/root',
    });

    expect(env).toMatchObject({ SLACK_BOT_TOKEN: 'xoxb-1', WHYRED_MCP_TOKENS: 'a: one\nb: two', HOME: '/root' });
  });

  it('leave what is given as it is, and an empty name is none', () => {
    const env = { DATABASE_URL: 'postgres://x', OPENAI_API_KEY_FILE: '' };
    expect(withSecretFiles(env)).toEqual(env);
  });

  it('are told what is wrong with them all at once, and never what is in them', () => {
    const mistakes = mistakesOf({
      DATABASE_URL: 'postgres://canary',
      DATABASE_URL_FILE: file('database', 'postgres://canary'),
      OPENAI_API_KEY_FILE: join(folder, 'nowhere'),
      SLACK_APP_TOKEN_FILE: file('empty', ' \n'),
      SLACK_BOT_TOKEN_FILE: folder,
    });

    expect(mistakes).toEqual([
      'DATABASE_URL and DATABASE_URL_FILE are two ways: give one',
      'the file that OPENAI_API_KEY_FILE names cannot be read',
      'the file that SLACK_APP_TOKEN_FILE names is empty',
      'the file that SLACK_BOT_TOKEN_FILE names cannot be read',
    ]);
  });
});
