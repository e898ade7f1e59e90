// Every regular expression of the source: literals by the parser, made ones by watching them being made.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface Found {
  /** `src/…:line`. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILES = globSync('src/**/*.ts', { cwd: ROOT }).sort();

/** The literals of all source files. */
export function literals(): Found[] {
  return FILES.flatMap((file) => {
    const parsed = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest);
    const found: Found[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const text = node.getText(parsed);
        const end = text.lastIndexOf('/');
        const { line } = parsed.getLineAndCharacterOfPosition(node.getStart(parsed));
        found.push({ place: `${file}:${line + 1}`, source: text.slice(1, end), flags: text.slice(end + 1) });
      }
      ts.forEachChild(node, visit);
    };
    visit(parsed);
    return found;
  });
}

/** Those that modules make of constants and of data while they are loaded. */
export async function made(): Promise<Found[]> {
  const found: Found[] = [];
  const Plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Plain, {
    construct(target, args: [string | RegExp, string?]) {
      const regex = new target(...args);
      // The caller alone: packages make their own while our files load them.
      const caller = new Error().stack?.replaceAll('\\', '/').split('\n')[2] ?? '';
      const place = /\bsrc\/[\w/-]+\.ts:\d+/.exec(caller)?.[0];
      if (place !== undefined) found.push({ place, source: regex.source, flags: regex.flags });
      return regex;
    },
  });
  try {
    for (const file of FILES) await import(join(ROOT, file));
  } finally {
    globalThis.RegExp = Plain;
  }
  return found;
}
