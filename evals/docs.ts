// npm run docs: writes what is made from code: from the registry of tools into the README and the bundle's manifest, the
// data dictionary from the tables, and what the examples of docs/data.md print.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { readPrompts } from '../src/prompts/files.ts';
import { VERSION } from '../src/cli/version.ts';
import { TABLES } from '../src/tables/all.ts';
import { TOOLS } from '../tools/index.ts';
import { dictionary } from './docs/dictionary.ts';
import { runDocument } from './docs/literate.ts';
import { bundleManifest, withToolTable } from './docs/projections.ts';

const root = join(import.meta.dirname, '..');

async function rewrite(file: string, change: (content: string, path: string) => string): Promise<void> {
  const path = join(root, file);
  const config = (await prettier.resolveConfig(path)) ?? {};
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileSync(path, await prettier.format(change(before, path), { ...config, filepath: path }));
  console.log(`${file} is as the code says`);
}

await rewrite('README.md', (content) => withToolTable(content, TOOLS));
await rewrite('deploy/mcpb/manifest.json', () => JSON.stringify(bundleManifest(TOOLS, readPrompts(), VERSION)));
await rewrite('docs/data-dictionary.md', () => dictionary(TABLES));
await rewrite('docs/data.md', (content, path) => runDocument(path, content));
