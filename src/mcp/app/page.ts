// The page that shows a grid inside clients (MCP Apps): one document, its style and script within it.
import { readFileSync } from 'node:fs';

const FOLDER = new URL('./client/', import.meta.url);
/** In the order in which they stand in the one script: each after those it uses. */
const SCRIPTS = ['host', 'data', 'words', 'dom', 'map', 'hint', 'moves', 'look', 'main'] as const;

let made: string | null = null;

/** The document. It needs nothing from elsewhere. */
export function gridPage(): string {
  made ??= read('page.html')
    .replace('<style></style>', () => `<style>${style()}</style>`)
    .replace('<script></script>', () => `<script>\n${script()}</script>`);
  return made;
}

/** A file without its indentation: no text in it goes over lines. */
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8').replace(/^ +/gm, '');

const style = (): string =>
  (read('page.css') + read('map.css'))
    .replace(/^\/\*[^*\n]*\*\/\n/gm, '')
    .replace(/([{};,])\n/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(' {', '{');

/** The modules as one strict script with a scope of its own. Their imports name each other only. */
const script = (): string =>
  `(() => {\n'use strict';\n${SCRIPTS.map((name) => bare(read(`${name}.js`))).join('')}})();\n`;

/** A module's code: its imports and exports, and the comments on lines of their own, stay here. */
function bare(module: string): string {
  const lines: string[] = [];
  let end: string | null = null;
  for (const line of module.split('\n')) {
    end ??= line.startsWith('/**') ? '*/' : line.startsWith('import ') ? ';' : null;
    if (end !== null) {
      if (line.endsWith(end)) end = null;
    } else if (line !== '' && !line.startsWith('//')) lines.push(`${line.replace(/^export /, '')}\n`);
  }
  return lines.join('');
}
