// One test that a line must pass before any rule is tried on it: it has a literal that some rule needs.
import { RULES } from './rules/all.ts';

const OTHERS = ['[31', ';31', '[91', 'the command "', 'process completed with', 'job failed', 'wrapped', 'script returned', 'marked build', 'exited with', 'travis_fold:start', 'travis_time:start', '##[group]run', 'section_start:', '[pipeline]'];

const escaped = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/^\n/, '^').replace(/\n$/, '$');

export const LITERALS: readonly string[] = [...new Set([...RULES.flatMap(({ needs }) => needs), ...OTHERS])];
export const PREFILTER = new RegExp(LITERALS.map(escaped).join('|'), 'i');
