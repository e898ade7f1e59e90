// A demo world whose logs, JUnit files, grids and pod events leak secrets made for the occasion.
import { make } from '../../evals/redaction/make.ts';
import { Random } from '../../src/sources/demo/random.ts';
import { createWorld, type DemoWorld } from '../../src/sources/demo/world.ts';

export interface LeakyWorld {
  readonly world: DemoWorld;
  readonly secrets: readonly string[];
}

/** Words of the world's own failures, and what is leaked in their place. */
const LEAKS: readonly [string, (random: Random) => { text: string; secrets: string[] }][] = [
  ['got 2 after 10m0s', (random) => token('got ghp', 'ghp_<alnum 36>', random)],
  ['expected updateRevision', (random) => token('expected password=§ updateRevision', '<alnum 16>', random)],
  ['node is unreachable', (random) => token('node is unreachable (token: §)', 'sha256~<word 43>', random)],
  ['AddressLimitExceeded', (random) => token('Authorization: Bearer § AddressLimitExceeded', '<alnum 40>', random)],
];

function token(text: string, shape: string, random: Random): { text: string; secrets: string[] } {
  const secret = make(shape, random);
  return { text: text.includes('§') ? text.replace('§', () => secret) : `${text}${secret}`, secrets: [secret] };
}

/** The demo world with {@link LEAKS} in every answer it gives. */
export function createLeakyWorld(seed: number): LeakyWorld {
  const plain = createWorld({ seed });
  const leaks = LEAKS.map(([words, leak]) => ({ words, ...leak(new Random(seed, words)) }));
  return {
    secrets: leaks.flatMap(({ secrets }) => secrets),
    world: {
      ...plain,
      answer: (method, url, headers) => {
        const answered = plain.answer(method, url, headers);
        let body = answered.body.toString();
        for (const { words, text } of leaks) body = body.replaceAll(words, () => text);
        return { ...answered, body: Buffer.from(body) };
      },
    },
  };
}
