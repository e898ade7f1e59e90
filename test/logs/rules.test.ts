import { describe, expect, it } from 'vitest';
import { LOG_CLASSES } from '../../src/logs/classes.ts';
import { PREFILTER, suspect } from '../../src/logs/prefilter.ts';
import { withoutPrefix } from '../../src/logs/prefix.ts';
import { ROUTINE } from '../../src/logs/routine.ts';
import { AGAINST } from '../../src/logs/rules/against.ts';
import { RULES } from '../../src/logs/rules/all.ts';
import type { Rule } from '../../src/logs/rules/rule.ts';
import { EXITS, STARTS } from '../../src/logs/rules/exits.ts';
import { scoreLine } from '../../src/logs/score.ts';

const PATTERNS = [...RULES, ...AGAINST, ...EXITS, ...STARTS, ...ROUTINE, ...LOG_CLASSES].map(({ pattern }) => pattern);

describe('a rule', () => {
  it.each(RULES.map((rule) => [`${rule.tool}: ${rule.name}`, rule] as const))('%s knows its example', (_, rule) => {
    const line = Buffer.from(`${rule.example}\n`);
    let rules: readonly Rule[] = [];
    PREFILTER.scan(line, 0, line.length, 1, (_line, _start, end, found) => ({ rules } = suspect(line, end, found)));

    expect(rule.pattern.test(withoutPrefix(rule.example))).toBe(true);
    expect(rules).toContain(rule);
    expect(scoreLine(rule.example, rule.example)?.own).toBeGreaterThan(0);
  });

  it.each(AGAINST.map((rule) => [rule.name, rule] as const))('against a line, %s, knows its example', (_, rule) => {
    expect(rule.pattern.test(rule.example)).toBe(true);
  });

  it.each([...EXITS, ...STARTS].map((rule) => [rule.runner, rule] as const))(
    'for a word of %s knows its example',
    (_, rule) => {
      const line = Buffer.from(`${rule.example}\n`);
      let mayBeRunner = false;
      PREFILTER.scan(line, 0, line.length, 1, (_line, _start, end, found) => {
        ({ mayBeRunner } = suspect(line, end, found));
      });
      expect(rule.pattern.test(rule.example)).toBe(true);
      expect(mayBeRunner).toBe(true);
    },
  );

  it.each(ROUTINE.flatMap(({ name, pattern, examples }) => examples.map((line) => [name, pattern, line] as const)))(
    'for routine, %s, knows its examples',
    (_, pattern, line) => {
      expect(pattern.test(line)).toBe(true);
    },
  );

  it('takes no line, however hostile, more than a moment', () => {
    const parts = ['a', ' ', '0', '/', ':', '"', '.', '-', '[', 'a ', 'a:1:', 'error ', 'http://', "'", '=', '> ', '_'];
    const hostile = parts.flatMap((part) => {
      const body = part.repeat(Math.floor(4_096 / part.length));
      return [body, `error: ${body}`, `The command "${body}`, `${body}!`];
    });
    for (const pattern of PATTERNS)
      for (const line of hostile) {
        const began = performance.now();
        pattern.test(line);
        expect(performance.now() - began, `${pattern.source.slice(0, 80)} on ${line.slice(0, 20)}`).toBeLessThan(100);
      }
  });
});
