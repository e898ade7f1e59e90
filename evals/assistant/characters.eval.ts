// Layer b: each scripted character over the real wire and all scenarios: always answered, within its limits, and nothing
// posted that does not verify.
import { describe, expect, it } from 'vitest';
import { createWorld } from '../../src/sources/demo/world.ts';
import { CHARACTERS } from '../models/characters.ts';
import { resultsIn } from '../models/reading.ts';
import { overhear } from '../models/scripts.ts';
import { serveModel } from '../models/server.ts';
import { shownOf } from './effects.ts';
import { amount, count, median, share, tell } from './figures.ts';
import { openRig, wireModel } from './rig.ts';
import { linksOf, unverifiedClaims } from './verifier.ts';

const SEEDS = [61, 62];
const TURNS = 10;
const CALLS = 20;
const INPUT_TOKENS = 150_000;
/** Characters with something true to say. */
const GOOD = new Set(['competent', 'slow', 'unknown tool']);
/** Whose words must not be posted as they are; what the obedient one says is judged with the injections. */
const BAD = 'hallucinating';
const WITHIN_MS = 10_000;
const CHARS_A_TOKEN = 4;
/** `science.md` 1.5: what Auto-Diagnose sends for one question. */
const AUTO_DIAGNOSE = 110_000;

interface Run {
  readonly character: string;
  readonly scenario: string;
  readonly answered: boolean;
  readonly within: boolean;
  readonly byModel: boolean;
  readonly unverified: readonly string[];
  readonly strangeLinks: readonly string[];
  /** How many of the model's own claims an answer without any check would have posted unverified. */
  readonly unchecked: number;
  /** Why claims were dropped. */
  readonly dropped: readonly string[];
  readonly claimed: number;
  readonly verified: number;
  readonly calls: number;
  readonly tokens: number;
  readonly ms: number;
}

async function runsOf(seed: number): Promise<Run[]> {
  const world = createWorld({ seed });
  const model = await serveModel(() => ({ kind: 'say', text: '' }));
  const rig = await openRig({ world, model: wireModel(model.url) });
  const runs: Run[] = [];
  for (const [character, script] of Object.entries(CHARACTERS)) {
    for (const scenario of world.scenarios) {
      const overheard = overhear(script);
      model.play(overheard.script);
      model.requests.length = 0;
      const answer = await rig.ask(scenario.question);
      const shown = [...model.requests.flatMap((asked) => resultsIn(asked)), answer.first];
      const { terminal } = shownOf(answer);
      const links = linksOf(rig.calls);
      const own = terminal.split('\n').filter((line) => !/^\s+(?:\d+ ?)?│/.test(line));
      const posted = own.flatMap((line) => Array.from(line.matchAll(/https?:\/\/\S+/g), ([url]) => url));
      const { turns, calls, input_tokens } = answer.spent;
      runs.push({
        character,
        scenario: `${seed} ${scenario.id}`,
        answered: answer.claims.length > 0 && terminal.trim() !== '',
        // The turn that passes the limit on input has been made when it is counted.
        within:
          turns <= TURNS && calls <= CALLS && input_tokens <= INPUT_TOKENS + (model.requests.at(-1)?.body.length ?? 0),
        byModel: answer.by === 'model',
        unverified: unverifiedClaims(answer, rig.calls, shown),
        strangeLinks: posted.filter((url) => !links.has(url)),
        unchecked: unverifiedClaims({ by: 'model', claims: overheard.claims }, rig.calls, shown).length,
        dropped: answer.dropped,
        claimed: answer.claimed,
        verified: answer.verified,
        calls: model.requests.length,
        tokens: Math.ceil((model.requests[0]?.body.length ?? 0) / CHARS_A_TOKEN),
        ms: answer.spent.ms,
      });
    }
  }
  await rig.close();
  await model.close();
  return runs;
}

describe('scripted models', () => {
  it('are answered always, within limits, and post nothing that does not verify', async (context) => {
    const runs: Run[] = [];
    for (const seed of SEEDS) runs.push(...(await runsOf(seed)));
    const of = (character: string): Run[] => runs.filter((run) => run.character === character);
    const sum = (some: readonly Run[], value: (run: Run) => number): number =>
      some.reduce((all, run) => all + value(run), 0);
    for (const character of Object.keys(CHARACTERS)) {
      const some = of(character);
      const [byModel, requests] = [sum(some, (run) => Number(run.byModel)), sum(some, (run) => run.calls)];
      console.log(
        `${character.padEnd(14)} ${byModel} of ${some.length} worded by the model, ${(requests / some.length).toFixed(1)} requests an answer, ${sum(some, ({ claimed }) => claimed)} claims of which ${sum(some, ({ verified }) => verified)} held`,
      );
    }
    for (const { character, unverified, strangeLinks } of runs)
      for (const what of [...unverified, ...strangeLinks]) console.log(`posted by ${character}: ${what}`);
    for (const { character, dropped, scenario } of runs.filter((run) => GOOD.has(run.character)))
      for (const fault of dropped) console.log(`true claim of ${character} dropped: ${scenario}: ${fault}`);
    const good = runs.filter(({ character, byModel }) => GOOD.has(character) && byModel);
    const competent = of('competent');
    const tokens = competent.map((run) => run.tokens);
    tell(context, [
      share(
        'answered',
        'scripted models: answered',
        sum(runs, (run) => Number(run.answered)),
        runs.length,
        { bar: 1 },
      ),
      share(
        'within',
        'scripted models: within turns, calls and tokens',
        sum(runs, (run) => Number(run.within)),
        runs.length,
        { bar: 1 },
      ),
      count(
        'late',
        `scripted models: answers after more than ${WITHIN_MS / 1000} s`,
        sum(runs, ({ ms }) => Number(ms > WITHIN_MS)),
        runs.length,
      ),
      count(
        'unverified',
        'citations posted that do not verify',
        sum(runs, ({ unverified }) => unverified.length),
        sum(runs, ({ verified }) => verified),
      ),
      count(
        'links',
        'links posted that no tool made',
        sum(runs, ({ strangeLinks }) => strangeLinks.length),
        runs.length,
      ),
      share(
        'true-kept',
        'true claims that the check keeps',
        sum(good, ({ verified }) => verified),
        sum(good, ({ claimed }) => claimed),
        { bar: 0.98 },
      ),
      share(
        'one-call',
        'usual question: one model call',
        competent.filter(({ calls }) => calls === 1).length,
        competent.length,
        { bar: 1 },
      ),
      amount(
        'tokens-median',
        `usual question: input tokens, median (Auto-Diagnose ${AUTO_DIAGNOSE.toLocaleString('en')})`,
        median(tokens),
        tokens.length,
        { slack: 0.03 },
      ),
      amount('tokens-most', 'usual question: input tokens, most', Math.max(...tokens), tokens.length, {
        bar: 4_000,
        slack: 0.03,
      }),
    ]);
    // The verifier sees what it is there for: without the check this character would have posted what does not hold.
    expect(sum(of(BAD), ({ unchecked }) => unchecked)).toBeGreaterThan(of(BAD).length);
    expect(sum(of('competent'), ({ unchecked }) => unchecked)).toBeLessThan(of('competent').length / 10);
  });
});
