// npm run docs: writes what is made from the registry of tools into the README and the bundle's manifest.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { readPrompts } from '../src/prompts/files.ts';
import { VERSION } from '../src/cli/version.ts';
import { TOOLS } from '../tools/index.ts';
import { bundleManifest, withToolTable } from './docs/projections.ts';

const root = join(import.meta.dirname, '..');

async function rewrite(file: string, change: (content: string) => string): Promise<void> {
  const path = join(root, file);
  const config = (await prettier.resolveConfig(path)) ?? {};
  const content = await prettier.format(change(readFileSync(path, 'utf8')), { ...config, filepath: path });
  writeFileSync(path, content);
}

await rewrite('README.md', (content) => withToolTable(content, TOOLS));
await rewrite('deploy/mcpb/manifest.json', () => JSON.stringify(bundleManifest(TOOLS, readPrompts(), VERSION)));
console.log('README.md and deploy/mcpb/manifest.json are as the tools say');
