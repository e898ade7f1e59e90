// No secret in a prompt: canaries in the environment, in the configuration, in other conversations and in logs, over ten
// thousand scripted answers, many at a time.
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../src/assistant/conversation.ts';
import { Random } from '../../src/sources/demo/random.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { CHARACTERS } from '../models/characters.ts';
import { inProcess } from '../models/in-process.ts';
import type { Script } from '../models/server.ts';
import { make } from '../redaction/make.ts';
import { watchEgress } from './egress.ts';
import { count, tell } from './figures.ts';
import { openRig } from './rig.ts';

const ANSWERS = 10_000;
/** Answers of one conversation. */
const THREAD = 4;
const AT_ONCE = 200;
const SEED = 71;
const THREAD_CANARY = /canarythread(\d+)/g;
const FOLLOW_UPS = ['since when?', 'is it the same in 4.21?', 'what should I do next?'];

/** What logs leak, as logs write it. */
const LEAKS: readonly [text: string, shape: string][] = [
  ['error: AWS_SECRET_ACCESS_KEY=§ was rejected', '<base64 40>'],
  ['fatal: could not read from https://x-access-token:§@github.com/example-org/widget', 'ghp_<alnum 36>'],
  ['Error: request failed: Authorization: Bearer §', '<alnum 40>'],
  ['login failed: password=§', '<alnum 16>'],
];

describe('prompts', () => {
  it('hold no secret', async (context) => {
    const random = new Random('leaks', SEED);
    const leaks = LEAKS.map(([text, shape]) => {
      const secret = make(shape, random);
      return { secret, line: text.replace('§', () => secret) };
    });
    process.env['WHYRED_CANARY_TOKEN'] = 'canary-environment-5e1f';
    process.env['OPENAI_API_KEY'] = 'canary-api-key-a77c';
    const secrets = [
      'canary-environment-5e1f',
      'canary-api-key-a77c',
      'canary-config-91b2',
      ...leaks.map(({ secret }) => secret),
    ];

    const world = createWorld({ seed: SEED });
    const egress = watchEgress();
    const found = new Map<string, number>();
    let requests = 0;
    let bled = 0;
    let redacted = 0;
    let marked = 0;
    const scripts = Object.values(CHARACTERS);
    // Each question another character: every conversation meets several of them.
    const script: Script = (asked) => {
      const thread = Number(/canarythread(\d+)/.exec(asked.body)?.[1] ?? 0);
      const questions = asked.messages.filter(({ role }) => role === 'user').length;
      return (scripts[(thread + questions) % scripts.length] as Script)(asked);
    };
    const sent = (body: string): void => {
      requests += 1;
      for (const secret of secrets) if (body.includes(secret)) found.set(secret, (found.get(secret) ?? 0) + 1);
      const threads = new Set(Array.from(body.matchAll(THREAD_CANARY), ([, thread]) => thread));
      if (threads.size > 1) bled += 1;
      if (threads.size > 0) marked += 1;
      if (body.includes('[redacted: ')) redacted += 1;
    };
    const rig = await openRig({
      world,
      model: inProcess(script, sent),
      others: { sippy: 'http://127.0.0.1:9/mcp?token=canary-config-91b2' },
      remember: true,
      // As many as there are threads with parallel calls: none is turned away for load.
      callsAtOnce: 4 * AT_ONCE,
    });
    // Beside what is quoted: in the very line of each cause, wherever it stands.
    const causes = world.scenarios.flatMap(({ truth: { cause } }) => cause?.line ?? []);
    await rig.plant({
      object: (_, text) => leaky(text, causes, leaks),
      page: (_, text) => leaky(text, causes, leaks),
    });
    const limit = pLimit(AT_ONCE);
    let answers = 0;
    let investigated = 0;
    const converse = async (thread: number): Promise<void> => {
      const conversation = new Conversation();
      const scenario = world.scenarios[thread % world.scenarios.length];
      for (let i = 0; i < THREAD; i += 1) {
        const question =
          i === 0 ? `Why is ${scenario?.job ?? ''} red?` : (FOLLOW_UPS[(thread + i) % FOLLOW_UPS.length] ?? '');
        // The canary is for the model alone: the tools would take it for a word of the job's name.
        const { first } = await rig.ask(`${question} canarythread${thread}`, conversation);
        if (!first.isError) investigated += 1;
        answers += 1;
      }
    };
    await Promise.all(Array.from({ length: ANSWERS / THREAD }, (_, thread) => limit(() => converse(thread))));
    await rig.close();
    egress.stop();
    const lines = egress.requests.filter((request) => secrets.some((secret) => request.includes(secret)));

    for (const [secret, times] of found) console.log(`sent ${times} times: ${secret.slice(0, 12)}…`);
    tell(context, [
      count(
        'prompt-secrets',
        'answers with a secret of environment, configuration or logs in a request',
        found.size === 0 ? lines.length : Math.max(...found.values()),
        answers,
      ),
      count('prompt-bleed', 'requests that hold words of another conversation', bled, requests),
    ]);
    expect(answers).toBe(ANSWERS);
    expect(requests).toBeGreaterThan(ANSWERS);
    // The measure sees what it looks for: each request has its own mark, and leaks were there to be taken out.
    expect(marked).toBe(requests);
    expect(redacted).toBeGreaterThan(ANSWERS / 2);
    expect(investigated).toBeGreaterThan(ANSWERS * 0.8);
  });
});

/** Another leak behind each cause. */
const leaky = (text: string, causes: readonly string[], leaks: readonly { readonly line: string }[]): string =>
  causes.reduce(
    (read, cause, i) => read.replaceAll(cause, () => `${cause} ${leaks[i % leaks.length]?.line ?? ''}`),
    text,
  );
