import { describe, expect, it } from 'vitest';
import { inTurn } from '../../src/slack/in-turn.ts';

describe('work in turn', () => {
  it('is done one after another under a name, failures too, and beside that of other names', async () => {
    const turn = inTurn();
    const log: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const first = turn('a', async () => {
      log.push('a1 begins');
      await gate.promise;
      log.push('a1 ends');
      throw new Error('no');
    });
    const second = turn('a', () => Promise.resolve(log.push('a2')));
    await turn('b', () => Promise.resolve(log.push('b')));
    gate.resolve(undefined);

    await expect(first).rejects.toThrow('no');
    await second;

    expect(log).toEqual(['a1 begins', 'b', 'a1 ends', 'a2']);
  });
});
