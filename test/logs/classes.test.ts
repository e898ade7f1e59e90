import { describe, expect, it } from 'vitest';
import { classOf, LOG_CLASSES } from '../../src/logs/classes.ts';

describe('a class of log lines', () => {
  it.each(LOG_CLASSES.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const)))(
    '%s is that of %s',
    (name, example) => {
      expect(classOf(example)?.name).toBe(name);
    },
  );

  it.each(['ok', 'level=info msg="Waiting up to 30m0s for bootstrapping"', 'PASS: TestQuota'])(
    'is none for %s',
    (line) => {
      expect(classOf(line)).toBeNull();
    },
  );
});
