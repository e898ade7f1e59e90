// All rules, the strongest first.
import { BUILD_RULES } from './build.ts';
import { KUBERNETES_RULES } from './kubernetes.ts';
import { LANGUAGE_RULES } from './languages.ts';
import type { Rule } from './rule.ts';
import { SYSTEM_RULES } from './system.ts';
import { TEST_RULES } from './tests.ts';

export const RULES: readonly Rule[] = [
  ...KUBERNETES_RULES,
  ...TEST_RULES,
  ...LANGUAGE_RULES,
  ...BUILD_RULES,
  ...SYSTEM_RULES,
].sort((a, b) => b.weight - a.weight);
