import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planted, type Plant } from '../../evals/assistant/plant.ts';
import { investigate } from '../../src/diagnose/investigate.ts';
import type { Investigation } from '../../src/diagnose/investigation.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld, type ServedWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { createSources } from '../../src/sources/sources.ts';

const TROUBLE = 'error: Failed to acquire resource, current capacity: 0 free, 70 leased';

describe('a trouble at the head of a log', () => {
  const world = createWorld({ seed: 1 });
  const scenario = world.scenarios.find(({ id }) => id === 'install-bootstrap');
  const clock = (): number => world.now;
  let plant: Plant = {};
  let server: ServedWorld;
  beforeAll(async () => {
    server = await serveWorld(planted(world, () => plant));
  });
  afterAll(() => server.close());

  const ask = async (next: Plant): Promise<Investigation> => {
    plant = next;
    const sources = createSources({ config: parseConfig({}, server.url), cache: memoryCache(), clock });
    const answer = await investigate(scenario?.question ?? '', { sources, clock });
    await sources.close();
    return answer;
  };

  it('that the log went on from for long is not the cause', async () => {
    const { verdict, failures } = await ask({
      object: (name, text) => (name.endsWith('ipi-install-install/build-log.txt') ? `${TROUBLE}\n${text}` : text),
    });

    expect(verdict).toMatchObject({ locus: 'cluster install', recurrence: 'regression' });
    expect(failures[0]?.message).not.toContain('acquire');
  });

  it('is the cause where the log ends with it', async () => {
    const { verdict } = await ask({
      object: (name, text) => (name.endsWith('ipi-install-install/build-log.txt') ? `${TROUBLE}\n` : text),
    });

    expect(verdict?.locus).toBe('ci infrastructure');
  });
});
