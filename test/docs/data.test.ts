import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { dictionary } from '../../evals/docs/dictionary.ts';
import { runDocument } from '../../evals/docs/literate.ts';
import { TABLES } from '../../src/tables/all.ts';

const docs = join(import.meta.dirname, '../../docs');
const LIMIT = { timeout: 120_000 };

const formatted = async (path: string, content: string): Promise<string> =>
  prettier.format(content, { ...(await prettier.resolveConfig(path)), filepath: path });

describe('what is made from the tables (npm run docs)', () => {
  it('is the data dictionary', async () => {
    const path = join(docs, 'data-dictionary.md');

    expect(readFileSync(path, 'utf8')).toBe(await formatted(path, dictionary(TABLES)));
  });
});

describe('docs/data.md', () => {
  it('runs from top to bottom and prints what it shows', LIMIT, async () => {
    const path = join(docs, 'data.md');
    const content = readFileSync(path, 'utf8');

    expect(content.match(/^```(?:ts|sql|sh)$/gm)?.length).toBeGreaterThan(12);
    expect(await formatted(path, runDocument(path, content))).toBe(content);
  });
});

describe('a document that runs', () => {
  const path = join(docs, 'x.md');
  const block = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

  it('shows what each block prints in place of what was shown, and nothing where nothing is printed', LIMIT, () => {
    const source = `# A\n\n${block('ts', 'const a: number = 1;')}\n${block('text', 'old')}\nB\n\n${block('sql', 'select 1 as one')}\n${block('text', 'old')}\n${block('ts', 'console.log(a);')}\n${block('console', '$ rm')}`;

    expect(runDocument(path, source)).toBe(
      `# A\n\n${block('ts', 'const a: number = 1;')}\nB\n\n${block('sql', 'select 1 as one')}\n${block('text', 'one\n---\n1')}\n${block('ts', 'console.log(a);')}\n${block('text', '1')}\n${block('console', '$ rm')}`,
    );
  });

  it('fails with the block that failed', LIMIT, () => {
    expect(() => runDocument(path, block('ts', 'console.log(1);') + block('sql', 'select nothing'))).toThrow(
      /after block 2[^]*select nothing/,
    );
    expect(() => runDocument(path, block('sh', 'rm -rf x'))).toThrow('no command of whyred');
    expect(() => runDocument(path, block('sh', 'npx whyred export nothing'))).toThrow('ended with 2');
  });
});
