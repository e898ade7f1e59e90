// Layer a, no model: what the investigation alone gives its reader over demo worlds, in two axes, with distractors.
import { describe, expect, it } from 'vitest';
import { createWorld } from '../../src/sources/demo/world.ts';
import { casesOf, SEEDS } from './cases.ts';
import { count, share, tell } from './figures.ts';
import { openRig } from './rig.ts';
import { scoreOf, type Score } from './score.ts';

const LEAST_CASES = 150;

describe('without a model', () => {
  it('the investigation names the cause, or says that it does not know', async (context) => {
    const scores: Score[] = [];
    for (const [turn, seed] of SEEDS.entries()) {
      const world = createWorld({ seed });
      const rig = await openRig({ world, model: null });
      for (const one of casesOf(world, turn)) {
        await rig.plant(one.plant ?? {});
        const answer = await rig.ask(one.question);
        const score = scoreOf(one, answer);
        scores.push(score);
        if (!score.named || score.wrong !== null || score.evidence === false)
          console.log(
            `${seed} ${one.id}: “${one.question}”: ${score.wrong ?? (score.named ? 'the line does not reach the reader' : 'not named')}`,
          );
      }
      await rig.close();
    }
    const n = scores.length;
    const of = (key: keyof Score): [k: number, n: number] => {
      const known = scores.filter((score) => score[key] !== null);
      return [known.filter((score) => score[key] === true).length, known.length];
    };
    const mustNot = of('mustNot');
    tell(context, [
      share('named', 'cause named or rightly abstained', ...of('named'), { bar: 0.9 }),
      share('wrong', 'confident and wrong', scores.filter(({ wrong }) => wrong !== null).length, n, {
        bar: 0.02,
        better: 'lower',
      }),
      share('evidence', 'evidence recall: the proving line reaches the reader', ...of('evidence')),
      share('locus', 'locus right', ...of('locus')),
      share('recurrence', 'recurrence right', ...of('recurrence')),
      count('must-not', 'what must not be concluded, concluded', mustNot[0], mustNot[1], null),
      share('abstention', 'abstained rightly, of the times it abstained', ...of('abstained')),
      share('job', 'job found, or asked back where none can be', ...of('job')),
    ]);
    expect(n).toBeGreaterThanOrEqual(LEAST_CASES);
  });
});
