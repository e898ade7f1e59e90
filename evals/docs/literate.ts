// A document whose code runs: blocks of TypeScript, SQL and whyred commands from top to bottom, and what they print.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

const RUN = new Set(['ts', 'sql', 'sh']);
const OUTPUT = 'text';
const MARK = '\u0001';
const TIMEOUT = 60_000;

interface Block {
  readonly language: string;
  readonly code: string;
  /** Lines of the fences: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * The document with what its blocks print, in the `text` block behind each that prints. All TypeScript is one module,
 * as if it stood in the document's folder.
 * @throws Error with the words of the block that failed
 */
export function runDocument(path: string, markdown: string): string {
  const lines = markdown.split('\n');
  const blocks = blocksOf(lines);
  const runs = blocks.filter(({ language }) => RUN.has(language));
  const outputs = outputsOf(path, runs);
  const next = (block: Block): Block | undefined => blocks.find(({ from }) => from >= block.to);
  const result: string[] = [];
  let at = 0;
  for (const [i, block] of runs.entries()) {
    result.push(...lines.slice(at, block.to));
    at = block.to;
    const after = next(block);
    const isShown = after?.language === OUTPUT && lines.slice(block.to, after.from).every((line) => line === '');
    if (isShown) at = after.to;
    const output = outputs[i] ?? '';
    if (output !== '') result.push('', `\`\`\`${OUTPUT}`, ...output.split('\n'), '```');
  }
  return [...result, ...lines.slice(at)].join('\n');
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const language = /^```(\w+)$/.exec(lines[i] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', i + 1);
    blocks.push({ language, code: lines.slice(i + 1, end).join('\n'), from: i, to: end + 1 });
    i = end;
  }
  return blocks;
}

/** What each block prints, trailing space aside. */
function outputsOf(path: string, blocks: readonly Block[]): string[] {
  const parts = blocks.map(({ language, code }) =>
    language === 'ts' ? code : `await session.${language}(${JSON.stringify(code)});`,
  );
  const source = [
    `import { openSession } from ${JSON.stringify(new URL('session.ts', import.meta.url).href)};`,
    'const session = await openSession();',
    ...parts.map((part) => `console.log(${JSON.stringify(MARK)});\n${part}`),
    'await session.close();',
  ].join('\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript'], {
    cwd: dirname(path),
    input: source,
    encoding: 'utf8',
    timeout: TIMEOUT,
    env: { ...process.env, NO_COLOR: '1', NODE_NO_WARNINGS: '1', TZ: 'UTC' },
  });
  const outputs = stdout.split(`${MARK}\n`).slice(1);
  if (status !== 0)
    throw new Error(`after block ${outputs.length} of ${path}:\n${parts[outputs.length - 1] ?? ''}\n${stderr}`);
  return outputs.map((output) => output.replace(/[ \t]+$/gm, '').trimEnd());
}
