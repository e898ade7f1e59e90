// npm run test:mentions: the views over hostile text of logs, models, names and people, 200,000 times: no live mention, no
// link off the list, nothing that Slack would refuse. `-- --runs 1000` for fewer, `-- --seed 1` for the same ones again.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { breachesIn, type Breach } from './check-views.ts';
import { hostileAnswer } from './hostile.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200000' }, seed: { type: 'string' } } });
const runs = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const began = Date.now();
const breaches: Breach[] = [];
let done = 0;
fc.assert(
  fc.property(hostileAnswer, (answer) => {
    breaches.push(...breachesIn(answer));
    done += 1;
    if (done % 20_000 === 0) console.log(`${done} runs, ${Math.round((Date.now() - began) / 1000)} s`);
  }),
  { numRuns: runs, seed },
);
const count = (kind: Breach['kind']): number => breaches.filter((breach) => breach.kind === kind).length;
console.log(
  `${runs} runs (seed ${seed}): ${count('mention')} live mentions, ${count('link')} links off the list, ${count('refused')} refused by Slack’s limits`,
);
for (const { view, kind, what } of breaches.slice(0, 12)) console.log(`${kind} in ${view}: ${what.slice(0, 300)}`);
process.exitCode = breaches.length === 0 ? 0 : 1;
