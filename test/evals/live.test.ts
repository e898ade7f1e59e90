import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveFigures } from '../../evals/assistant/live.ts';
import { competent, hallucinating } from '../../evals/models/characters.ts';
import { serveModel, type ModelServer } from '../../evals/models/server.ts';
import { modelFrom } from '../../src/assistant/config.ts';

describe('the eval of a live model', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await serveModel(competent);
  });
  afterAll(() => server.close());

  const measure = async (): Promise<Record<string, number>> => {
    const env = { WHYRED_MODEL: 'scripted', OPENAI_BASE_URL: server.url, WHYRED_MODEL_PRICES: '1,2' };
    const config = modelFrom(env);
    if (!config) throw new Error('no model');
    const figures = await liveFigures(config, { seeds: [1], times: 1, progress: () => undefined });
    return Object.fromEntries(figures.map(({ id, value }) => [id, value]));
  };

  it('tells what a competent one is worth', async () => {
    server.play(competent);

    const figures = await measure();

    expect(figures).toMatchObject({ 'live-worded': 1, 'live-precision': 1, 'live-one-turn': 1, 'live-effects': 0 });
    expect(figures['live-facts']).toBeGreaterThan(0.8);
    expect(figures['live-recall']).toBeGreaterThan(0.9);
    expect(figures['live-cents']).toBeGreaterThan(0);
  });

  it('and that of one that makes things up nothing is kept', async () => {
    server.play(hallucinating);

    expect(await measure()).toMatchObject({ 'live-worded': 0, 'live-effects': 0 });
  });
});
