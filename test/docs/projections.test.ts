import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { bundleManifest, withToolTable } from '../../evals/docs/projections.ts';
import { VERSION } from '../../src/cli/version.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { TOOLS } from '../../tools/index.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const json = (file: string): Record<string, unknown> => JSON.parse(read(file)) as Record<string, unknown>;

describe('what is made from the registry (npm run docs)', () => {
  it('is the table in the README', async () => {
    const path = join(root, 'README.md');
    const config = (await prettier.resolveConfig(path)) ?? {};

    expect(read('README.md')).toBe(
      await prettier.format(withToolTable(read('README.md'), TOOLS), { ...config, filepath: path }),
    );
  });

  it('is the manifest of the bundle', () => {
    expect(json('deploy/mcpb/manifest.json')).toEqual(bundleManifest(TOOLS, readPrompts(), VERSION));
  });
});

describe('the version and the name', () => {
  it('are the same everywhere', () => {
    const { version, mcpName } = json('package.json');
    const server = json('server.json') as { name: string; version: string; packages: { version: string }[] };

    expect([VERSION, server.version, ...server.packages.map((one) => one.version)]).toEqual([
      version,
      version,
      version,
    ]);
    expect(server.name).toBe(mcpName);
  });
});
