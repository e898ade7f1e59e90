// The registry of tools as a table for people and as the manifest of a bundle for Claude Desktop.
import type { Prompt } from '../../src/prompts/prompt.ts';
import { renderPrompt } from '../../src/prompts/prompt.ts';
import type { Tool } from '../../src/tooling/tool.ts';

const BEGIN = '<!-- tools: made by npm run docs -->';
const END = '<!-- end of tools -->';

/** The table of the tools: name, and what it answers. */
export const toolTable = (tools: readonly Tool[]): string =>
  [
    '| tool | what it answers |',
    '| --- | --- |',
    ...tools.map(({ name, description }) => `| \`${name}\` | ${description.replaceAll('|', '\\|')} |`),
  ].join('\n');

/** The text with the table between its marks. @throws Error when the marks are missing */
export function withToolTable(content: string, tools: readonly Tool[]): string {
  const [begin, end] = [content.indexOf(BEGIN), content.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('the README has no marks for the table of tools');
  return `${content.slice(0, begin + BEGIN.length)}\n\n${toolTable(tools)}\n\n${content.slice(end)}`;
}

/** The manifest of an MCP bundle (`.mcpb`), schema 0.3. */
export function bundleManifest(tools: readonly Tool[], prompts: ReadonlyMap<string, Prompt>, version: string): object {
  return {
    manifest_version: '0.3',
    name: 'whyred',
    display_name: 'whyred: why is it red?',
    version,
    description: 'Why a CI job of Kubernetes or OpenShift is red, with proof for every claim.',
    author: { name: 'The whyred authors' },
    license: 'Apache-2.0',
    keywords: ['ci', 'kubernetes', 'openshift', 'prow', 'testgrid'],
    server: {
      type: 'node',
      entry_point: 'bin/whyred.js',
      mcp_config: { command: 'node', args: ['${__dirname}/bin/whyred.js', 'mcp'], env: {} },
    },
    tools: tools.map(({ name, description }) => ({ name, description })),
    prompts: [...prompts.values()]
      .filter(({ internal }) => !internal)
      .map((prompt) => ({
        name: prompt.id,
        description: prompt.description,
        arguments: prompt.arguments.map(({ name }) => name),
        text: renderPrompt(
          prompt,
          Object.fromEntries(prompt.arguments.map(({ name }) => [name, `\${arguments.${name}}`])),
        ),
      })),
    compatibility: { runtimes: { node: '>=22.18' } },
  };
}
