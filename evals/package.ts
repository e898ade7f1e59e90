// npm run package: packs what would be published, installs it in a clean folder, answers a question and lists the tools
// with it; then makes the bundle for Claude Desktop of the same files and has its own tool check it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const MCPB = '@anthropic-ai/mcpb@2.1.2';
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'whyred-package-'));

const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

async function toolsOf(whyred: string): Promise<number> {
  const client = new Client({ name: 'package', version: '0' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [whyred, 'mcp', '--no-cache'] }));
  const { tools } = await client.listTools();
  const prompts = await client.listPrompts();
  const { contents } = await client.readResource({ uri: 'ui://whyred/grid' });
  await client.close();
  console.log(`  ${prompts.prompts.length} prompts, ${contents.length} page`);
  return tools.length;
}

try {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root)) as {
    filename: string;
    size: number;
    entryCount: number;
  }[];
  if (!packed) throw new Error('npm pack made nothing');
  console.log(`${packed.filename}: ${packed.entryCount} files, ${Math.round(packed.size / 1024)} kB`);

  const installed = join(folder, 'installed');
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{"private":true}');
  run('npm', ['install', '--no-audit', '--no-fund', join(folder, packed.filename)], installed);
  const whyred = join(installed, 'node_modules/whyred/bin/whyred.js');
  const answer = run(process.execPath, [whyred, 'demo', 'Why is e2e-aws-ovn-fips failing?'], installed);
  console.log(`answers from the package: ${answer.split('\n')[0] ?? ''}`);
  console.log(`tools from the package: ${await toolsOf(whyred)}`);

  const bundle = join(folder, 'bundle');
  cpSync(join(installed, 'node_modules/whyred'), bundle, { recursive: true });
  cpSync(join(installed, 'node_modules'), join(bundle, 'node_modules'), {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules/whyred') && !path.endsWith('node_modules/.bin'),
  });
  cpSync(join(root, 'deploy/mcpb/manifest.json'), join(bundle, 'manifest.json'));
  run('npx', ['--yes', MCPB, 'validate', join(bundle, 'manifest.json')], folder);
  run('npx', ['--yes', MCPB, 'pack', bundle, join(folder, 'whyred.mcpb')], folder);
  console.log(
    `whyred.mcpb: ${Math.round(statSync(join(folder, 'whyred.mcpb')).size / 1024)} kB, its manifest is valid`,
  );
  const { server } = JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8')) as {
    server: { entry_point: string };
  };
  console.log(`tools from the bundle: ${await toolsOf(join(bundle, server.entry_point))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
