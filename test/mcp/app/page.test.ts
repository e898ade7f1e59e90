import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { gridPage } from '../../../src/mcp/app/page.ts';

const FOLDER = join(import.meta.dirname, '../../../src/mcp/app/client');
const page = gridPage();
const script = /<script>\n([^]*)<\/script>/.exec(page)?.[1] ?? '';

describe('the page of the grid', () => {
  it('is one small document with its style and script in it', () => {
    expect(page).toMatch(/^<!doctype html>/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page).toContain('--fail:');
    expect(Buffer.byteLength(page)).toBeLessThan(35_000);
  });

  it('refers to nothing outside itself', () => {
    expect(page).not.toMatch(/\b(?:src|href|action|poster|data)="/);
    expect(page).not.toMatch(/@import|@font-face|url\(|https?:\/\/|<link|<base|<iframe|<img|<object|<form/);
  });

  it('has every part of the script, and no import is left', () => {
    expect(() => new Script(script)).not.toThrow();
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.js'))) {
      const names = Array.from(
        readFileSync(join(FOLDER, file), 'utf8').matchAll(/^(?:export )?(?:async )?function (\w+)/gm),
        ([, name]) => name,
      );
      for (const name of names) expect(script, file).toMatch(new RegExp(`function ${name}\\(`));
    }
    expect(script).not.toMatch(/^(?:import|export)\b/m);
  });

  it('puts text in as text, makes no code of it, and asks nobody but the client', () => {
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|createContextualFragment|DOMParser/);
    expect(script).not.toMatch(/\beval\b|new Function|setTimeout\(\s*['"`]|setAttribute\(\s*['"`](?:on|style|srcdoc)/);
    expect(script).not.toMatch(
      /\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|localStorage|document\.cookie/,
    );
  });
});
