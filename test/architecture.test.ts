import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = globSync('{src,tools,evals,bin,test}/**/*.{ts,js}', { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** The way of the data: a folder imports from those before it and from itself. */
const LAYERS = [
  'src/ci',
  'src/grids',
  'src/logs',
  'src/sources',
  'src/store',
  'src/ops',
  'src/history',
  'src/diagnose',
  'src/answer',
  'src/digest',
  'src/sync',
  'src/tables',
  'src/prompts',
  'src/tooling',
  'tools',
  'src/mcp',
  'src/assistant',
  'src/slack',
  'src/cli',
];
/** Folders of the core: values in, values out. */
const PURE = ['src/ci', 'src/grids', 'src/logs', 'src/history', 'src/answer', 'src/tables'];
/** What each package is for, and the only places that may import it. */
const PACKAGES: Record<string, readonly string[]> = {
  undici: ['src/sources', 'evals/slack'],
  'p-limit': [
    'src/sources',
    'src/digest',
    'src/sync',
    'src/tooling',
    'src/mcp',
    'src/slack',
    'src/cli',
    'evals',
    'test',
  ],
  saxes: ['src/logs'],
  re2js: ['src/logs'],
  '@resvg/resvg-js': ['src/answer'],
  'dejavu-fonts-ttf': ['src/answer'],
  zod: ['src', 'tools', 'evals', 'test'],
  yaml: ['src/prompts', 'src/slack', 'src/sources/known', 'evals', 'test'],
  'hyparquet-writer': ['src/tables'],
  '@duckdb/node-api': ['evals', 'test'],
  '@modelcontextprotocol/sdk': ['src/mcp', 'src/assistant', 'evals', 'test'],
  openai: ['src/assistant'],
  '@slack/bolt': ['src/slack', 'evals', 'test'],
  cockatiel: ['src/assistant', 'src/store'],
  croner: ['src/slack'],
  pg: ['src/store/postgres', 'evals/postgres'],
  'pg-boss': ['src/store/postgres'],
  express: ['src/mcp/http'],
  'express-rate-limit': ['src/mcp/http'],
  ws: ['evals/slack'],
  'prom-client': ['src/ops', 'src/mcp', 'src/assistant', 'src/slack', 'src/cli', 'test'],
  '@opentelemetry/api': ['src/ops', 'test'],
  '@opentelemetry/context-async-hooks': ['src/ops/export-spans.ts'],
  '@opentelemetry/core': ['src/ops/export-spans.ts'],
  '@opentelemetry/exporter-trace-otlp-proto': ['src/ops/export-spans.ts'],
  '@opentelemetry/resources': ['src/ops/export-spans.ts'],
  '@opentelemetry/sdk-trace': ['src/ops/export-spans.ts', 'test'],
  '@opentelemetry/semantic-conventions': ['test'],
  'kubernetes-models': ['test/deploy'],
  '@kubernetes-models/prometheus-operator': ['test/deploy'],
  '@prometheus-io/lezer-promql': ['test/deploy'],
  '@lezer/common': ['test/deploy'],
  'dockerfile-ast': ['evals/image'],
  '@balena/dockerignore': ['evals/image'],
  vitest: ['test', 'evals'],
  'fast-check': ['evals', 'test'],
  'axe-core': ['test'],
  recheck: ['test'],
  '@eslint-community/regexpp': ['test'],
  typescript: ['test'],
  prettier: ['evals', 'test'],
};
/** Node's own modules that touch nothing outside the process. */
const PURE_BUILT_IN = new Set(['node:buffer', 'node:crypto', 'node:url', 'node:util']);

const importsOf = (file: string): string[] =>
  Array.from(
    readFileSync(join(root, file), 'utf8').matchAll(
      /^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport(?:\.meta\.resolve)?\(\s*['"`]([^'"`]+)['"`]/gms,
    ),
    (found) => found[1] ?? found[2] ?? found[3] ?? '',
  );
const layerOf = (file: string): number => LAYERS.findIndex((layer) => file.startsWith(`${layer}/`));

describe('the architecture', () => {
  it('sees the source', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(importsOf('src/cli/main.ts')).toContain('node:util');
  });

  it('has every source file in a layer, and imports that point one way', () => {
    for (const file of files.filter((name) => /^(?:src|tools)\//.test(name))) {
      expect(layerOf(file), `${file} is in no layer`).toBeGreaterThanOrEqual(0);
      for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
        const target = relative(root, normalize(join(root, dirname(file), specifier))).replaceAll('\\', '/');
        expect(layerOf(target), `${file} imports ${target}`).toBeLessThanOrEqual(layerOf(file));
        expect(layerOf(target), `${file} imports ${target}`).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('keeps clock, network, chance and environment out of the core', () => {
    for (const file of files.filter((name) => PURE.some((layer) => name.startsWith(`${layer}/`)))) {
      for (const specifier of importsOf(file).filter((name) => name.startsWith('node:')))
        expect(PURE_BUILT_IN, `${file} imports ${specifier}`).toContain(specifier);
      expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(
        /\bDate\.now\(|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(|\bsetTimeout\(/,
      );
    }
  });

  it('reads the environment in the command line only, and writes to the console nowhere', () => {
    for (const file of files.filter((name) => name.startsWith('src/'))) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(text, file).not.toMatch(/\bconsole\.\w+\(/);
      expect(text, file).not.toMatch(/\bprocess\.(?:env|argv|exit)/);
    }
  });

  it('shows nothing from the command line that has not gone through redaction', () => {
    for (const file of files.filter((name) => name.startsWith('src/cli/'))) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(text, `${file} writes JSON past jsonText`).not.toMatch(/JSON\.stringify\([^)]{0,200}null, 2/);
      expect(text, `${file} shows text past safeText`).not.toMatch(/\bcleanText\b/);
    }
  });

  it('imports each package only where it belongs, and has none it does not import', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const imported = new Set<string>();
    for (const file of files)
      for (const specifier of importsOf(file).filter((name) => !/^(?:\.|node:)/.test(name))) {
        const name = specifier.startsWith('@')
          ? specifier.split('/').slice(0, 2).join('/')
          : (specifier.split('/')[0] ?? '');
        imported.add(name);
        expect(
          PACKAGES[name]?.some((place) => file.startsWith(place)),
          `${file} imports ${name}`,
        ).toBe(true);
      }
    expect(Object.keys(manifest.dependencies).filter((name) => !imported.has(name))).toEqual([]);
  });

  it('has no file over 400 lines', () => {
    for (const file of files)
      expect(readFileSync(join(root, file), 'utf8').split('\n').length, file).toBeLessThanOrEqual(400);
  });
});
