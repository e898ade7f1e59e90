import { describe, expect, it } from 'vitest';
import { planted } from '../../evals/assistant/plant.ts';
import { ordersIn } from '../../evals/models/obedient.ts';
import { FAMILIES } from '../../evals/assistant/payloads.ts';
import { createWorld } from '../../src/sources/demo/world.ts';

describe('a plant', () => {
  const world = createWorld({ seed: 1 });
  const folder = 'kubernetes-ci-logs/logs/ci-kubernetes-e2e-gce-network';
  const listed = (grown: typeof world): { name: string; size: string }[] => {
    const url = new URL('http://demo/gcs/storage/v1/b/kubernetes-ci-logs/o?prefix=logs/ci-kubernetes-e2e-gce-network/');
    return (JSON.parse(grown.answer('GET', url, {}).body.toString()) as { items: { name: string; size: string }[] })
      .items;
  };
  const grown = planted(world, () => ({
    object: (name, text) => (name.endsWith('build-log.txt') ? `planted\n${text}` : text),
    extra: new Map([[`${folder}/1/artifacts/x.json`, '{}']]),
  }));

  it('stands in the object, in its size and in its ranges', () => {
    const item = listed(grown).find(({ name }) => name.endsWith('build-log.txt'));
    const url = new URL(`http://demo/gcs/kubernetes-ci-logs/${item?.name ?? ''}`);

    expect(grown.answer('GET', url, {}).body.length).toBe(Number(item?.size));
    expect(grown.answer('GET', url, { range: 'bytes=0-6' }).body.toString()).toBe('planted');
    expect(world.answer('GET', url, {}).body.toString()).not.toContain('planted');
  });

  it('adds objects that the world does not have', () => {
    expect(listed(grown).some(({ name }) => name.endsWith('/1/artifacts/x.json'))).toBe(true);
  });
});

describe('the obedient model', () => {
  it.each(FAMILIES.map(({ id, lines }) => [id, lines] as const))('understands the orders of: %s', (_, lines) => {
    expect(ordersIn(lines.join('\n')).length).toBeGreaterThan(0);
  });
});
