import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownTool, wireTool } from '../../src/mcp/wire.ts';
import { TOOLS } from '../../tools/index.ts';

const FOLDER = join(import.meta.dirname, '../../tools');
/** What a model is shown, by the rule of thumb of four characters a token. */
const tokens = (value: unknown): number => JSON.stringify(value).length / 4;

describe('the tools', () => {
  it('are at most fifteen, one file each, named alike', () => {
    const files = readdirSync(FOLDER).filter((file) => file !== 'index.ts');

    expect(TOOLS.length).toBeLessThanOrEqual(15);
    expect(files.sort()).toEqual(TOOLS.map(({ name }) => `${name.replaceAll('_', '-')}.ts`).sort());
    for (const { name, description } of TOOLS) {
      expect(name).toMatch(/^[a-z]+(?:_[a-z]+){0,3}$/);
      expect(description.length).toBeLessThanOrEqual(1_000);
    }
  });

  it('cost a model at most 4,000 tokens, 350 each, and 9,000 with what they return', () => {
    const seen = TOOLS.map((tool) => tokens(shownTool(tool)));

    for (const [i, cost] of seen.entries()) expect(cost, TOOLS[i]?.name).toBeLessThanOrEqual(350);
    expect(seen.reduce((sum, cost) => sum + cost, 0)).toBeLessThanOrEqual(4_000);
    expect(TOOLS.reduce((sum, tool) => sum + tokens(wireTool(tool)), 0)).toBeLessThanOrEqual(9_000);
  });

  it('are read-only by all four annotations, and titled', () => {
    for (const tool of TOOLS)
      expect(wireTool(tool).annotations).toEqual({
        title: tool.title,
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: true,
      });
  });

  it('call the same thing by the same name, of the same kind', () => {
    const kinds = new Map<string, string>();
    for (const tool of TOOLS) {
      const { properties = {} } = wireTool(tool).inputSchema;
      for (const [name, schema] of Object.entries(properties as Record<string, { type?: string }>)) {
        const kind = schema.type ?? '';
        expect(kinds.get(name) ?? kind, `${tool.name} ${name}`).toBe(kind);
        kinds.set(name, kind);
      }
    }
  });

  it.each(TOOLS.map((tool) => [tool.name, tool] as const))(
    '%s is what its snapshot says (I-12)',
    async (name, tool) => {
      await expect(`${JSON.stringify(wireTool(tool), null, 2)}\n`).toMatchFileSnapshot(`../__toolsnaps__/${name}.json`);
    },
  );
});
